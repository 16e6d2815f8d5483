<?xml version="1.0" encoding="UTF-8"?>
<!-- The navigation for signed-in users, on each of their pages, and the message after a form was saved. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<!-- Two rows: the main entries and, below, the pages of the current area. -->
	<xsl:template match="page/navigation">
		<nav class="navigation">
			<xsl:attribute name="aria-label"><ui:text>User menu</ui:text></xsl:attribute>
			<ul><xsl:apply-templates select="item"/></ul>
			<xsl:if test="navigation">
				<ul><xsl:apply-templates select="navigation/item"/></ul>
			</xsl:if>
		</nav>
		<!-- Visible when the address ends in #saved, as after a form was accepted. -->
		<p class="saved-message" id="saved" hidden="hidden" tabindex="-1"><ui:text>Saved.</ui:text></p>
	</xsl:template>

	<xsl:template match="navigation/item">
		<li>
			<a href="{@href}">
				<xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
				<xsl:value-of select="."/>
			</a>
		</li>
	</xsl:template>

</xsl:stylesheet>
