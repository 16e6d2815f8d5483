<?xml version="1.0" encoding="UTF-8"?>
<!-- Voting on a post or a comment. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'comment-vote']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><a href="{on/@href}"><xsl:value-of select="on/@title"/></a></p>
		</header>
		<xsl:apply-templates select="own"/>
		<p><xsl:value-of select="lead"/></p>
		<xsl:if test="to-sign-in"><p class="actions"><a href="{to-sign-in/@href}"><ui:text>Sign in</ui:text></a></p></xsl:if>
		<xsl:apply-templates select="form"/>
	</xsl:template>

</xsl:stylesheet>
