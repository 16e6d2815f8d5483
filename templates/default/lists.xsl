<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists of posts: all, or those of a tag, an author or a month. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'list' or @name = 'tag' or @name = 'author' or @name = 'month']" mode="content">
		<div class="h-feed">
			<header class="heading">
				<h1 class="p-name"><xsl:value-of select="heading"/></h1>
				<xsl:if test="lead != ''">
					<p class="standfirst"><xsl:value-of select="lead"/></p>
				</xsl:if>
				<xsl:apply-templates select="author"/>
				<xsl:if test="@name = 'tag'">
					<xsl:apply-templates select="feeds[last()]"/>
				</xsl:if>
			</header>
			<xsl:choose>
				<xsl:when test="posts/*">
					<xsl:copy-of select="posts/entry/node()"/>
					<xsl:apply-templates select="posts/post" mode="entry"/>
				</xsl:when>
				<xsl:otherwise>
					<p class="empty"><ui:text>No posts yet. Published posts will appear here, newest first.</ui:text></p>
				</xsl:otherwise>
			</xsl:choose>
		</div>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

	<xsl:template match="author">
		<div class="h-card">
			<data class="p-name" value="{@name}"/>
			<xsl:if test="bio != ''">
				<p class="standfirst p-note"><xsl:value-of select="bio"/></p>
			</xsl:if>
		</div>
	</xsl:template>

	<!-- A tag has its own feeds, after those of the site. -->
	<xsl:template match="feeds">
		<p class="feeds">
			<span class="caption"><ui:text>Subscribe</ui:text></span>
			<xsl:for-each select="feed">
				<xsl:text> </xsl:text>
				<a href="{@href}" type="{@type}"><xsl:apply-templates select="." mode="name"/></a>
			</xsl:for-each>
		</p>
	</xsl:template>

</xsl:stylesheet>
