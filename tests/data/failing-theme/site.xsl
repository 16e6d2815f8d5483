<?xml version="1.0" encoding="UTF-8"?>
<!-- A theme that gives up on one page: the one that would show a link which was just made. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns="http://www.w3.org/1999/xhtml">

	<xsl:import href="renown:default/site.xsl"/>

	<xsl:template match="page[@name = 'person' and link]" mode="content" priority="2">
		<xsl:message terminate="yes">not this one</xsl:message>
	</xsl:template>

</xsl:stylesheet>
