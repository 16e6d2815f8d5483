<?xml version="1.0" encoding="UTF-8"?>
<!-- The sender's own comment: its state, editing and deleting it. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'comment-own']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="lead"/></p>
		</header>
		<xsl:apply-templates select="own"/>
		<p class="actions">
			<xsl:if test="thread"><a href="{thread/@href}"><ui:text>See it in the discussion</ui:text></a><xsl:text> </xsl:text></xsl:if>
			<a href="{on/@href}"><xsl:value-of select="on/@title"/></a>
		</p>
		<xsl:if test="form">
			<section class="own-edit">
				<h2 class="label"><ui:text>Edit or delete</ui:text></h2>
				<p class="meta"><xsl:value-of select="note"/></p>
				<xsl:apply-templates select="form"/>
			</section>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
