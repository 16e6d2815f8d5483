<?xml version="1.0" encoding="UTF-8"?>
<!-- The head of every page: title, stylesheets, scripts, feeds, OpenGraph, JSON-LD. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns="http://www.w3.org/1999/xhtml">

	<xsl:template match="page" mode="head">
		<meta name="viewport" content="width=device-width, initial-scale=1"/>
		<title>
			<xsl:choose>
				<xsl:when test="@title != ''">
					<xsl:value-of select="@title"/>
					<xsl:text> · </xsl:text>
					<xsl:value-of select="site/@name"/>
				</xsl:when>
				<xsl:otherwise>
					<xsl:value-of select="site/@name"/>
					<xsl:if test="site/@tagline != ''">
						<xsl:text> · </xsl:text>
						<xsl:value-of select="site/@tagline"/>
					</xsl:if>
				</xsl:otherwise>
			</xsl:choose>
		</title>
		<xsl:if test="@description != ''">
			<meta name="description" content="{@description}"/>
		</xsl:if>
		<xsl:if test="@robots != ''">
			<meta name="robots" content="{@robots}"/>
		</xsl:if>
		<meta name="color-scheme" content="light dark"/>
		<meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)"/>
		<meta name="theme-color" content="#171614" media="(prefers-color-scheme: dark)"/>
		<link rel="stylesheet" href="{@assets}/style.css?v={@build}"/>
		<!-- Of the pages for readers, only posts have a form: that for a comment. -->
		<xsl:if test="form or navigation or write or post/write">
			<link rel="stylesheet" href="{@assets}/form.css?v={@build}"/>
		</xsl:if>
		<xsl:if test="comments or post/comments or post/write or post/vote or starts-with(@name, 'comment-')">
			<link rel="stylesheet" href="{@assets}/comments.css?v={@build}"/>
		</xsl:if>
		<xsl:if test="@name = 'queue' or @name = 'calendar' or @name = 'schedule'">
			<link rel="stylesheet" href="{@assets}/schedule.css?v={@build}"/>
		</xsl:if>
		<xsl:if test="post-list or media-library or post-edit or files or @name = 'post-list'">
			<link rel="stylesheet" href="{@assets}/post.css?v={@build}"/>
		</xsl:if>
		<xsl:if test="@name = 'experiment' or @name = 'experiment-result'">
			<link rel="stylesheet" href="{@assets}/experiment.css?v={@build}"/>
		</xsl:if>
		<xsl:if test="starts-with(@name, 'moderat') or @name = 'flag'">
			<link rel="stylesheet" href="{@assets}/moderate.css?v={@build}"/>
		</xsl:if>
		<xsl:if test="navigation or @name = 'moderation'">
			<link rel="stylesheet" href="{@assets}/signed-in.css?v={@build}"/>
		</xsl:if>
		<!-- The owner's colours. A preview of other colours comes later, so it wins. The build is part of the address, because browsers keep these for a year. -->
		<xsl:for-each select="site/@colours | preview-colours/@href">
			<link rel="stylesheet" href="{.}?v={/page/@build}"/>
		</xsl:for-each>
		<script src="{@assets}/site.js?v={@build}"/>
		<xsl:if test="@name = 'post-edit'">
			<script src="{@assets}/post-edit.js?v={@build}" defer="defer"/>
		</xsl:if>
		<xsl:if test="@name = 'moderate'">
			<script src="{@assets}/moderate.js?v={@build}" defer="defer"/>
		</xsl:if>
		<link rel="icon" type="image/svg+xml" href="{@assets}/logo.svg?v={@build}"/>
		<xsl:if test="@canonical != ''">
			<link rel="canonical" href="{@canonical}"/>
		</xsl:if>
		<xsl:for-each select="languages/language[@url]">
			<link rel="alternate" hreflang="{@code}" href="{@url}"/>
		</xsl:for-each>
		<xsl:for-each select="feeds/feed">
			<link rel="alternate" type="{@type}" title="{@title}" href="{@href}"/>
		</xsl:for-each>
		<xsl:for-each select="newer[@href] | post/next">
			<link rel="prev" href="{@href}"/>
		</xsl:for-each>
		<xsl:for-each select="older[@href] | post/previous">
			<link rel="next" href="{@href}"/>
		</xsl:for-each>
		<xsl:for-each select="open-graph/property">
			<meta property="{@name}" content="{@content}"/>
		</xsl:for-each>
		<xsl:for-each select="json-ld">
			<script type="application/ld+json"><xsl:value-of select="."/></script>
		</xsl:for-each>
	</xsl:template>

</xsl:stylesheet>
