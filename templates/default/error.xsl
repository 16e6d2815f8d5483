<?xml version="1.0" encoding="UTF-8"?>
<!-- The error page: the problem, and what the reader can do. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'error']" mode="content">
		<header class="heading error">
			<p class="status"><xsl:value-of select="error/@status"/></p>
			<h1><xsl:value-of select="error/@title"/></h1>
			<p class="standfirst"><xsl:value-of select="error/@advice"/></p>
			<xsl:if test="error/@href">
				<p class="actions"><a href="{error/@href}"><xsl:value-of select="error/@href"/></a></p>
			</xsl:if>
			<xsl:if test="search/@href and error/@status >= 400">
				<xsl:apply-templates select="." mode="search-form"/>
			</xsl:if>
			<xsl:if test="error/@status >= 400">
				<p class="actions"><a href="{site/@href}"><ui:text>Go to home page</ui:text></a></p>
			</xsl:if>
			<xsl:if test="error/@request">
				<p class="request"><ui:text>If you contact us about this, please include the request ID:</ui:text><xsl:text> </xsl:text><code><xsl:value-of select="error/@request"/></code></p>
			</xsl:if>
		</header>
	</xsl:template>

</xsl:stylesheet>
