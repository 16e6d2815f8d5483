<?xml version="1.0" encoding="UTF-8"?>
<!-- The media library: upload form, search, all files. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'media-library']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-list/@href}"><ui:text>Posts</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<xsl:if test="free-space">
				<p class="standfirst"><xsl:value-of select="free-space"/></p>
			</xsl:if>
		</header>
		<xsl:apply-templates select="form"/>
		<script src="{@assets}/media-library.js?v={@build}" defer="defer"/>
		<form class="form filter" role="search" method="get" action="{filter/@href}">
			<div class="form-field">
				<label for="find-q"><ui:text>File name or alt text</ui:text></label>
				<input id="find-q" name="q" type="search" maxlength="100" value="{filter/@query}"/>
			</div>
			<p class="buttons"><button type="submit"><ui:text>Search</ui:text></button></p>
		</form>
		<xsl:choose>
			<xsl:when test="files/file">
				<ul class="files">
					<xsl:for-each select="files/file">
						<li>
							<a href="{@href}">
								<xsl:apply-templates select="." mode="thumb"/>
								<span class="name"><xsl:value-of select="@name"/></span>
							</a>
							<span class="meta">
								<span><xsl:value-of select="@bytes-text"/></span>
								<xsl:if test="@thumb and @alt = ''"><xsl:text> </xsl:text><span><ui:text>No alt text yet</ui:text></span></xsl:if>
							</span>
						</li>
					</xsl:for-each>
				</ul>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>No files.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
		<xsl:if test="older">
			<p class="actions"><a rel="next" href="{older/@href}"><ui:text>Older files</ui:text></a></p>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
