<?xml version="1.0" encoding="UTF-8"?>
<!-- The comments of a post on pages of their own: further threads, and one thread with all replies. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'comments' or @name = 'comment-thread']" mode="content">
		<header class="opening">
			<p class="caption"><ui:text>Comments on</ui:text></p>
			<h1><a href="{back/@href}"><xsl:value-of select="back/@title"/></a></h1>
		</header>
		<xsl:if test="@name = 'comment-thread'">
			<p class="meta"><a href="{back/@href}#comments"><ui:text>All comments</ui:text></a></p>
		</xsl:if>
		<xsl:apply-templates select="comments"/>
	</xsl:template>

</xsl:stylesheet>
