<?xml version="1.0" encoding="UTF-8"?>
<!-- Confirming emails about replies, and stopping them. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns="http://www.w3.org/1999/xhtml">

	<xsl:template match="page[@name = 'comment-mail']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="lead"/></p>
		</header>
		<xsl:apply-templates select="form"/>
	</xsl:template>

</xsl:stylesheet>
