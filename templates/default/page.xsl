<?xml version="1.0" encoding="UTF-8"?>
<!-- A standalone page, such as "About". -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns="http://www.w3.org/1999/xhtml">

	<xsl:template match="page[@name = 'page']" mode="content">
		<article class="post">
			<header class="heading">
				<h1><xsl:value-of select="post/title"/></h1>
			</header>
			<div class="text">
				<xsl:apply-templates select="post/contents"/>
				<div class="prose"><xsl:copy-of select="post/body/node()"/></div>
			</div>
			<xsl:apply-templates select="post/paywall"/>
		</article>
	</xsl:template>

</xsl:stylesheet>
