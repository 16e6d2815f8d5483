<?xml version="1.0" encoding="UTF-8"?>
<!-- A link from an email, and the page where a member flags a comment. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'moderate-link' or @name = 'flag']" mode="content">
		<header class="heading">
			<h1><bdi><xsl:value-of select="heading"/></bdi></h1>
			<xsl:if test="item/post"><p class="standfirst"><a href="{item/post/@href}"><xsl:value-of select="item/post"/></a></p></xsl:if>
		</header>
		<blockquote class="above">
			<p class="meta">
				<xsl:if test="item/@name"><b><bdi><xsl:value-of select="item/@name"/></bdi></b><xsl:text> </xsl:text></xsl:if>
				<time datetime="{item/@created}"><xsl:value-of select="item/@created-text"/></time>
				<xsl:if test="item/@state-text"><xsl:text> </xsl:text><span><xsl:value-of select="item/@state-text"/></span></xsl:if>
			</p>
			<div class="prose"><xsl:copy-of select="item/text/node()"/></div>
		</blockquote>
		<xsl:if test="@name = 'moderate-link' and not(form)"><p class="note"><ui:text>Somebody has already decided about this comment.</ui:text></p></xsl:if>
		<xsl:if test="@name = 'flag' and not(form)"><p class="note"><ui:text>You can't flag your own comment.</ui:text></p></xsl:if>
		<xsl:apply-templates select="form"/>
	</xsl:template>

</xsl:stylesheet>
