<?xml version="1.0" encoding="UTF-8"?>
<!-- Tabs: several views of the same list or form. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="views">
		<nav class="views">
			<!-- A page with two of them needs a label for each. -->
			<xsl:attribute name="aria-label">
				<xsl:choose>
					<xsl:when test="preceding-sibling::views"><ui:text>Text language</ui:text></xsl:when>
					<xsl:otherwise><ui:text>Views</ui:text></xsl:otherwise>
				</xsl:choose>
			</xsl:attribute>
			<ul>
				<xsl:for-each select="view">
					<li>
						<a href="{@href}">
							<xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
							<xsl:value-of select="."/>
						</a>
					</li>
				</xsl:for-each>
			</ul>
		</nav>
	</xsl:template>

</xsl:stylesheet>
