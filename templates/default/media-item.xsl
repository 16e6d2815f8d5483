<?xml version="1.0" encoding="UTF-8"?>
<!-- One file of the media library. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'media-item']" mode="content">
		<header class="heading">
			<p class="back"><a href="{media-library/@href}"><ui:text>Media</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="meta">
				<xsl:for-each select="file/@type | file/@bytes-text | file/@pixels-text | file/@duration-text | file/@created-text">
					<span><xsl:value-of select="."/></span>
					<xsl:text> </xsl:text>
				</xsl:for-each>
			</p>
		</header>
		<xsl:for-each select="file">
			<xsl:choose>
				<xsl:when test="@thumb">
					<figure class="media-preview"><a href="{@src}"><img src="{@thumb}" alt="{@alt}" decoding="async"><xsl:if test="@alt = ''"><xsl:attribute name="alt"><xsl:value-of select="@name"/></xsl:attribute></xsl:if><xsl:copy-of select="@width | @height"/></img></a></figure>
				</xsl:when>
				<xsl:when test="starts-with(@type, 'audio/')">
					<figure class="media-preview"><audio controls="controls" preload="metadata" src="{@src}"/></figure>
				</xsl:when>
				<xsl:when test="starts-with(@type, 'video/')">
					<figure class="media-preview"><video controls="controls" preload="metadata" playsinline="playsinline" src="{@src}"/></figure>
				</xsl:when>
				<xsl:otherwise>
					<p class="actions"><a href="{@src}"><ui:text>Open the file</ui:text></a></p>
				</xsl:otherwise>
			</xsl:choose>
			<section class="snippet">
				<h2 class="label"><ui:text>Markdown code</ui:text></h2>
				<pre tabindex="0"><code><xsl:value-of select="@snippet"/></code></pre>
			</section>
		</xsl:for-each>
		<xsl:apply-templates select="form[@name = 'file']"/>
		<xsl:if test="uses">
			<section class="uses">
				<h2 class="label"><ui:text>Used in</ui:text></h2>
				<ul class="rows">
					<xsl:for-each select="uses/use">
						<li class="row">
							<span class="entry-text"><a href="{@href}"><xsl:value-of select="@title"/></a></span>
							<span class="meta"><span><xsl:value-of select="@state-text"/></span></span>
						</li>
					</xsl:for-each>
				</ul>
				<xsl:if test="not(uses/use)"><p><ui:text>Posts by other authors.</ui:text></p></xsl:if>
			</section>
		</xsl:if>
		<xsl:apply-templates select="form[@name != 'file']"/>
		<xsl:if test="uses">
			<p class="help"><ui:text>A file used in a post can be replaced but not deleted.</ui:text></p>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
