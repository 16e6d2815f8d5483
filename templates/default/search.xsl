<?xml version="1.0" encoding="UTF-8"?>
<!-- The search form and its results. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'search']" mode="content">
		<header class="heading">
			<h1><ui:text>Search</ui:text></h1>
			<xsl:apply-templates select="." mode="search-form"/>
			<xsl:if test="hits/@total-text">
				<p class="total" role="status">
					<xsl:value-of select="hits/@total-text"/>
					<xsl:if test="hits/@note">
						<xsl:text> </xsl:text>
						<span class="note"><xsl:value-of select="hits/@note"/></span>
					</xsl:if>
				</p>
			</xsl:if>
		</header>
		<xsl:if test="help != ''">
			<p class="empty"><xsl:value-of select="help"/></p>
		</xsl:if>
		<xsl:apply-templates select="hits/post" mode="entry"/>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

</xsl:stylesheet>
