<?xml version="1.0" encoding="UTF-8"?>
<!-- Discard changes of a post, restore it from trash, or delete it permanently. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'trash']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-list/@href}"><ui:text>Posts</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="note"/></p>
		</header>
		<xsl:apply-templates select="form"/>
		<p class="actions">
			<xsl:choose>
				<xsl:when test="delete"><a href="{delete/@href}"><ui:text>Delete permanently</ui:text></a></xsl:when>
				<xsl:when test="back"><a href="{back/@href}"><ui:text>Cancel</ui:text></a></xsl:when>
				<xsl:otherwise><a href="{post-edit/@href}"><ui:text>Back to the post</ui:text></a></xsl:otherwise>
			</xsl:choose>
		</p>
	</xsl:template>

</xsl:stylesheet>
