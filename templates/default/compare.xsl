<?xml version="1.0" encoding="UTF-8"?>
<!-- Two versions of a post compared word by word. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'compare']" mode="content">
		<header class="heading">
			<p class="back"><a href="{all/@href}"><ui:text>All versions</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst">
				<xsl:apply-templates select="comparison/from" mode="side"/>
				<xsl:text> → </xsl:text>
				<xsl:apply-templates select="comparison/to" mode="side"/>
			</p>
		</header>
		<xsl:if test="not(comparison/*/@changed)">
			<p class="empty"><ui:text>Title, summary and text are the same in both.</ui:text></p>
		</xsl:if>
		<xsl:if test="comparison/title/@changed">
			<h2 class="label"><ui:text>Title</ui:text></h2>
			<p class="diff"><xsl:apply-templates select="comparison/title/*" mode="part"/></p>
		</xsl:if>
		<xsl:if test="comparison/summary/@changed">
			<h2 class="label"><ui:text>Summary</ui:text></h2>
			<p class="diff"><xsl:apply-templates select="comparison/summary/*" mode="part"/></p>
		</xsl:if>
		<xsl:if test="comparison/text/@changed">
			<h2 class="label"><ui:text>Text</ui:text></h2>
			<div class="diff"><xsl:apply-templates select="comparison/text/*" mode="part"/></div>
		</xsl:if>
	</xsl:template>

	<xsl:template match="from | to" mode="side">
		<a href="{@href}"><xsl:value-of select="@number"/></a>
		<xsl:text> </xsl:text>
		<time datetime="{@time}"><xsl:value-of select="@time-text"/></time>
		<xsl:if test="@by"><xsl:text> </xsl:text><xsl:value-of select="@by"/></xsl:if>
	</xsl:template>

	<xsl:template match="same" mode="part"><xsl:value-of select="."/></xsl:template>
	<xsl:template match="deleted" mode="part"><del><xsl:value-of select="."/></del></xsl:template>
	<xsl:template match="inserted" mode="part"><ins><xsl:value-of select="."/></ins></xsl:template>
	<xsl:template match="gap" mode="part"><span class="gap"> … </span></xsl:template>

</xsl:stylesheet>
