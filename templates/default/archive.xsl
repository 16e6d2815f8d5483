<?xml version="1.0" encoding="UTF-8"?>
<!-- The archive: years and their months. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'archive']" mode="content">
		<header class="heading">
			<h1><xsl:apply-templates select="." mode="heading"/></h1>
			<xsl:if test="lead != ''">
				<p class="standfirst"><xsl:value-of select="lead"/></p>
			</xsl:if>
		</header>
		<xsl:apply-templates select="years/year"/>
		<xsl:if test="not(years/year)">
			<p class="empty"><ui:text>No posts yet. Published posts will appear here, newest first.</ui:text></p>
		</xsl:if>
	</xsl:template>

	<xsl:template match="year">
		<section class="year" aria-labelledby="y{@number}">
			<h2 id="y{@number}"><xsl:value-of select="@name"/></h2>
			<ul>
				<xsl:for-each select="month">
					<li><a href="{@href}"><xsl:value-of select="@name"/></a></li>
				</xsl:for-each>
			</ul>
		</section>
	</xsl:template>

</xsl:stylesheet>
