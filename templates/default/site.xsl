<?xml version="1.0" encoding="UTF-8"?>
<!--
  The default theme: the layout of every page. docs/THEMES.md describes the
  page document that these stylesheets read.

  A child theme imports this stylesheet as "renown:default/site.xsl" and overrides
  only the templates that it changes. Good places to start:
    mode="content"   the content of <main>, one template for each page name
    mode="head-more" empty here: further <link> and <meta>
    mode="entry", "row", "lead"   a post in a list, in a quiet list, as the featured one
    mode="logo"      the logo of the site

  Interface texts are <ui:text>. They are translated before the stylesheets are compiled.
-->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns:stored="urn:renown:stored"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui stored">

	<xsl:output method="xml" encoding="UTF-8" omit-xml-declaration="yes" indent="no"/>

	<xsl:include href="parts/head.xsl"/>
	<xsl:include href="parts/masthead.xsl"/>
	<xsl:include href="parts/navigation.xsl"/>
	<xsl:include href="parts/footer.xsl"/>
	<xsl:include href="parts/marks.xsl"/>
	<xsl:include href="parts/entry.xsl"/>
	<xsl:include href="parts/pager.xsl"/>
	<xsl:include href="parts/views.xsl"/>
	<xsl:include href="parts/search-form.xsl"/>
	<xsl:include href="parts/comments.xsl"/>
	<xsl:include href="parts/form.xsl"/>
	<xsl:include href="parts/file-choice.xsl"/>
	<xsl:include href="parts/autosaves.xsl"/>
	<xsl:include href="sign-in.xsl"/>
	<xsl:include href="sign-in-mail.xsl"/>
	<xsl:include href="profile.xsl"/>
	<xsl:include href="second-factor.xsl"/>
	<xsl:include href="personal-data.xsl"/>
	<xsl:include href="post-list.xsl"/>
	<xsl:include href="post-edit.xsl"/>
	<xsl:include href="post-media.xsl"/>
	<xsl:include href="versions.xsl"/>
	<xsl:include href="compare.xsl"/>
	<xsl:include href="trash.xsl"/>
	<xsl:include href="export.xsl"/>
	<xsl:include href="import.xsl"/>
	<xsl:include href="media-library.xsl"/>
	<xsl:include href="media-item.xsl"/>
	<xsl:include href="experiment.xsl"/>
	<xsl:include href="experiment-result.xsl"/>
	<xsl:include href="schedule.xsl"/>
	<xsl:include href="queue.xsl"/>
	<xsl:include href="calendar.xsl"/>
	<xsl:include href="dashboard.xsl"/>
	<xsl:include href="health.xsl"/>
	<xsl:include href="backups.xsl"/>
	<xsl:include href="audit.xsl"/>
	<xsl:include href="settings.xsl"/>
	<xsl:include href="people.xsl"/>
	<xsl:include href="invitations.xsl"/>
	<xsl:include href="mail-test.xsl"/>
	<xsl:include href="home.xsl"/>
	<xsl:include href="lists.xsl"/>
	<xsl:include href="tags.xsl"/>
	<xsl:include href="archive.xsl"/>
	<xsl:include href="search.xsl"/>
	<xsl:include href="post-page.xsl"/>
	<xsl:include href="page.xsl"/>
	<xsl:include href="error.xsl"/>

	<!-- The language of the interface. Elements in another language have their own lang attribute. -->
	<xsl:variable name="lang" select="string(/page/@lang)"/>
	<xsl:variable name="site-author" select="string(/page/site/@author)"/>

	<xsl:template match="/">
		<xsl:choose>
			<xsl:when test="page/@name = 'entries'">
				<stored:pieces><xsl:apply-templates select="page/post" mode="part"/></stored:pieces>
			</xsl:when>
			<xsl:otherwise><xsl:apply-templates select="page"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- List entries are rendered once for all readers, from a document without a viewer. -->
	<xsl:template match="post" mode="part">
		<stored:piece><xsl:apply-templates select="." mode="entry"/></stored:piece>
	</xsl:template>

	<xsl:template match="page">
		<html lang="{@lang}">
			<head>
				<meta charset="utf-8"/>
				<xsl:apply-templates select="." mode="head"/>
				<xsl:apply-templates select="." mode="head-more"/>
			</head>
			<body class="page-{@name}">
				<a class="skip" href="#content"><ui:text>Skip to content</ui:text></a>
				<xsl:apply-templates select="." mode="masthead"/>
				<main id="content">
					<xsl:apply-templates select="navigation"/>
					<xsl:apply-templates select="." mode="content"/>
				</main>
				<xsl:apply-templates select="." mode="footer"/>
			</body>
		</html>
	</xsl:template>

	<xsl:template match="page" mode="head-more"/>

	<!-- A page that this theme does not know shows its title. -->
	<xsl:template match="page" mode="content">
		<h1><xsl:value-of select="@title"/></h1>
	</xsl:template>

</xsl:stylesheet>
