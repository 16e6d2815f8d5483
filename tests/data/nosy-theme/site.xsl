<?xml version="1.0" encoding="UTF-8"?>
<!-- A theme that tries to put the reader and the page into a list entry. Entries are rendered once for all readers, so it gets neither. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns="http://www.w3.org/1999/xhtml">

	<xsl:import href="renown:default/site.xsl"/>

	<xsl:template match="post" mode="entry">
		<p class="nosy">[<xsl:value-of select="/page/viewer/@name"/>|<xsl:value-of select="/page/@path"/>] <xsl:value-of select="title"/></p>
	</xsl:template>

</xsl:stylesheet>
