<?xml version="1.0" encoding="UTF-8"?>
<!-- The smallest child theme: the default theme with another footer. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:import href="renown:default/site.xsl"/>

	<xsl:template match="page" mode="footer">
		<footer class="child"><xsl:value-of select="site/@name"/>: <ui:text>Archive</ui:text></footer>
	</xsl:template>

</xsl:stylesheet>
