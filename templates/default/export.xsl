<?xml version="1.0" encoding="UTF-8"?>
<!-- The export of an author's posts. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'export']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-list/@href}"><ui:text>Posts</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><ui:text>One file with all your posts in Markdown, and the images, audio and video used in them. You can open it in any editor, or import it into this site.</ui:text></p>
		</header>
		<xsl:choose>
			<xsl:when test="job/@state = 'ready'">
				<p><a href="{job/@href}" download="download"><ui:text>Download file</ui:text></a></p>
				<p class="meta">
					<span><xsl:value-of select="job/@time-text"/></span><xsl:text> </xsl:text>
					<span><xsl:value-of select="job/@count-text"/></span><xsl:text> </xsl:text>
					<span><xsl:value-of select="job/@size-text"/></span><xsl:text> </xsl:text>
					<span><ui:text>Available until</ui:text><xsl:text> </xsl:text><xsl:value-of select="job/@until-text"/></span>
				</p>
			</xsl:when>
			<xsl:when test="job/@state = 'waiting'">
				<p role="status"><ui:text>The file is being created. Reload this page in a moment.</ui:text></p>
				<xsl:apply-templates select="worker-stopped"/>
			</xsl:when>
			<xsl:when test="job">
				<p class="problem"><ui:text>The file couldn't be created. The site owner can find the reason in the log.</ui:text></p>
			</xsl:when>
		</xsl:choose>
		<xsl:apply-templates select="form"/>
	</xsl:template>

</xsl:stylesheet>
