<?xml version="1.0" encoding="UTF-8"?>
<!-- All tags with the number of their posts, in columns. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'tags']" mode="content">
		<header class="heading">
			<h1><xsl:apply-templates select="." mode="heading"/></h1>
			<xsl:if test="lead != ''">
				<p class="standfirst"><xsl:value-of select="lead"/></p>
			</xsl:if>
		</header>
		<xsl:choose>
			<xsl:when test="tags/tag">
				<ul class="index">
					<xsl:for-each select="tags/tag">
						<li class="size-{@size}">
							<a rel="tag" href="{@href}"><xsl:value-of select="@name"/></a>
							<xsl:text> </xsl:text>
							<span class="count"><xsl:value-of select="@posts"/></span>
						</li>
					</xsl:for-each>
				</ul>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>No tags yet.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- Without a heading, the title of the document is used. -->
	<xsl:template match="page" mode="heading">
		<xsl:choose>
			<xsl:when test="heading != ''"><xsl:value-of select="heading"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

</xsl:stylesheet>
