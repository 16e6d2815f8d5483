<?xml version="1.0" encoding="UTF-8"?>
<!-- Cover, audio and video of a post. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'post-media']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-edit/@href}"><ui:text>Back to the post</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="actions"><a href="{media-library/@href}"><ui:text>Media</ui:text></a></p>
		</header>
		<xsl:apply-templates select="fetch"/>
		<xsl:apply-templates select="worker-stopped"/>
		<xsl:apply-templates select="form"/>
	</xsl:template>

	<!-- The download of a recording from another site: running, or failed with the reason. -->
	<xsl:template match="fetch">
		<div class="fetch">
			<xsl:choose>
				<xsl:when test="@state = 'failed'"><p class="problem"><ui:text>The audio or video file couldn't be downloaded.</ui:text><xsl:text> </xsl:text><xsl:value-of select="@problem"/></p></xsl:when>
				<xsl:otherwise>
					<p role="status"><ui:text>The audio or video file is being downloaded in the background. Check again in a minute. To stop the download, clear the URL below and save.</ui:text></p>
					<xsl:if test="@problem"><p class="problem"><xsl:value-of select="@problem"/><xsl:text> </xsl:text><ui:text>We'll try again.</ui:text></p></xsl:if>
				</xsl:otherwise>
			</xsl:choose>
			<p class="meta"><span><xsl:value-of select="."/></span><xsl:if test="@detail"><xsl:text> </xsl:text><span lang="en"><xsl:value-of select="@detail"/></span></xsl:if></p>
		</div>
	</xsl:template>

</xsl:stylesheet>
