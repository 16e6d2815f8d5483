<?xml version="1.0" encoding="UTF-8"?>
<!-- The version history of a post, and one version. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'versions']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-edit/@href}"><ui:text>Back to the post</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<xsl:if test="version">
				<p class="standfirst"><xsl:apply-templates select="version" mode="line"/></p>
			</xsl:if>
		</header>
		<xsl:apply-templates select="versions"/>
		<xsl:if test="version">
			<pre class="version" tabindex="0"><xsl:value-of select="version/text"/></pre>
			<xsl:apply-templates select="form"/>
			<p class="actions"><a href="{all/@href}"><ui:text>All versions</ui:text></a></p>
		</xsl:if>
	</xsl:template>

	<xsl:template match="versions">
		<xsl:if test="@compare">
			<form class="form filter" method="get" action="{@compare}">
				<div class="form-field">
					<label for="compare-from"><ui:text>Compare</ui:text></label>
					<select id="compare-from" name="from"><xsl:apply-templates select="version" mode="option"><xsl:with-param name="chosen" select="2"/></xsl:apply-templates></select>
				</div>
				<div class="form-field">
					<label for="compare-to"><ui:text>with</ui:text></label>
					<select id="compare-to" name="to"><xsl:apply-templates select="version" mode="option"><xsl:with-param name="chosen" select="1"/></xsl:apply-templates></select>
				</div>
				<p class="buttons"><button type="submit"><ui:text>Show changes</ui:text></button></p>
			</form>
		</xsl:if>
		<ul class="rows">
			<xsl:for-each select="version">
				<li class="row">
					<span class="entry-text"><a href="{@href}"><xsl:apply-templates select="." mode="line"/></a></span>
					<span class="meta">
						<span><xsl:value-of select="@title"/></span>
						<xsl:if test="@current"><xsl:text> </xsl:text><span><ui:text>Current version</ui:text></span></xsl:if>
					</span>
				</li>
			</xsl:for-each>
		</ul>
	</xsl:template>

	<xsl:template match="version" mode="option">
		<xsl:param name="chosen"/>
		<option value="{@number}">
			<xsl:if test="position() = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
			<xsl:value-of select="concat(@number, ' · ', @time-text, ' · ', @reason-text)"/>
		</option>
	</xsl:template>

	<xsl:template match="version" mode="line">
		<xsl:value-of select="@reason-text"/>
		<xsl:text> </xsl:text>
		<time datetime="{@time}"><xsl:value-of select="@time-text"/></time>
		<xsl:if test="@by">
			<xsl:text> </xsl:text>
			<xsl:value-of select="@by"/>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
