<?xml version="1.0" encoding="UTF-8"?>
<!--
  The default theme: the frame of every page. The page document that these
  sheets read is described in docs/THEMES.

  A child theme imports this sheet as "renown:default/site.xsl" and writes again
  only the templates that it wants different. Good places to start:
    mode="content"   the contents of <main>, one template per page name
    mode="head-more" empty here: further <link> and <meta>
    mode="entry", "row", "lead"   a post in a list, in a quiet list, as the featured one
    mode="logo"      the logo of the site

  Interface words are <ui:text>; they are translated before the sheets are compiled.
-->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns:stored="urn:renown:stored"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui stored">

	<xsl:output method="xml" encoding="UTF-8" omit-xml-declaration="yes" indent="no"/>

	<!-- All other stylesheets of this folder and of parts/; tools/lists.sh makes that file. -->
	<xsl:include href="pages.xsl"/>

	<!-- The language of the interface; what is in another one says so itself. -->
	<xsl:variable name="lang" select="string(/page/@lang)"/>
	<xsl:variable name="site-author" select="string(/page/site/@author)"/>

	<xsl:template match="/">
		<xsl:choose>
			<xsl:when test="page/@name = 'entries'">
				<stored:pieces><xsl:apply-templates select="page/post | page/comment" mode="part"/></stored:pieces>
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
