<?xml version="1.0" encoding="UTF-8"?>
<!-- Writing a comment: what it replies to, its preview, and the form. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'comment-form']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><a href="{on/@href}"><xsl:value-of select="on/@title"/></a></p>
		</header>
		<xsl:apply-templates select="parent"/>
		<xsl:if test="preview">
			<section class="preview" aria-labelledby="preview-title">
				<h2 id="preview-title" class="label"><ui:text>Preview</ui:text></h2>
				<div class="prose"><xsl:copy-of select="preview/node()"/></div>
				<p class="meta"><ui:text>Nothing is saved yet. Check your comment, then post it.</ui:text></p>
			</section>
		</xsl:if>
		<xsl:apply-templates select="write"/>
	</xsl:template>

</xsl:stylesheet>
