<?xml version="1.0" encoding="UTF-8"?>
<!-- A theme that tries to write into an entry who reads it and where. Entries are made once for all readers: it gets nothing. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns="http://www.w3.org/1999/xhtml">

	<xsl:import href="renown:default/site.xsl"/>

	<xsl:template match="post" mode="entry">
		<p class="nosy">[<xsl:value-of select="/page/viewer/@name"/>|<xsl:value-of select="/page/@path"/>] <xsl:value-of select="title"/></p>
	</xsl:template>

</xsl:stylesheet>
