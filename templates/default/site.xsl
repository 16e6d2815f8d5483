<?xml version="1.0" encoding="UTF-8"?>
<!--
  The default theme: the frame of every page. The page document that these
  sheets read is described in docs/THEMES.

  A child theme imports this sheet as "renown:default/site.xsl" and writes again
  only the templates that it wants different. Good places to start:
    mode="content"   what stands in <main>, one template per page name
    mode="head-more" empty here: further <link> and <meta>
    mode="entry", "row", "lead"   a post in a list, in a quiet list, as the featured one
    mode="seal"      the mark of the site

  Interface words are <ui:text>; they are translated before the sheets are compiled.
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
	<xsl:include href="parts/footer.xsl"/>
	<xsl:include href="parts/marks.xsl"/>
	<xsl:include href="parts/entry.xsl"/>
	<xsl:include href="parts/pager.xsl"/>
	<xsl:include href="parts/search-form.xsl"/>
	<xsl:include href="parts/comments.xsl"/>
	<xsl:include href="parts/form.xsl"/>
	<xsl:include href="account.xsl"/>
	<xsl:include href="safety.xsl"/>
	<xsl:include href="mail.xsl"/>
	<xsl:include href="write.xsl"/>
	<xsl:include href="versions.xsl"/>
	<xsl:include href="trial.xsl"/>
	<xsl:include href="plan.xsl"/>
	<xsl:include href="library.xsl"/>
	<xsl:include href="settings.xsl"/>
	<xsl:include href="house.xsl"/>
	<xsl:include href="import.xsl"/>
	<xsl:include href="front.xsl"/>
	<xsl:include href="list.xsl"/>
	<xsl:include href="post.xsl"/>
	<xsl:include href="page.xsl"/>
	<xsl:include href="tags.xsl"/>
	<xsl:include href="archive.xsl"/>
	<xsl:include href="search.xsl"/>
	<xsl:include href="error.xsl"/>

	<!-- The language of the interface; what is in another one says so itself. -->
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

	<!-- Entries of lists are made once for all readers, from a document without a reader. -->
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

	<!-- A page that this theme does not know still says what it is. -->
	<xsl:template match="page" mode="content">
		<h1><xsl:value-of select="@title"/></h1>
	</xsl:template>

</xsl:stylesheet>
