<?xml version="1.0" encoding="UTF-8"?>
<!-- Links to newer and older entries, below a list. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page" mode="pager">
		<xsl:if test="newer/@href or older/@href">
			<nav class="pager">
				<xsl:attribute name="aria-label"><ui:text>Pagination</ui:text></xsl:attribute>
				<xsl:if test="newer/@href">
					<a class="newer" rel="prev" href="{newer/@href}"><span aria-hidden="true">← </span><ui:text>Newer</ui:text></a>
				</xsl:if>
				<xsl:if test="older/@href">
					<a class="older" rel="next" href="{older/@href}"><ui:text>Older</ui:text><span aria-hidden="true"> →</span></a>
				</xsl:if>
			</nav>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
