<?xml version="1.0" encoding="UTF-8"?>
<!-- The moderation log: for moderators and, if the site shows it, for readers. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="decisions">
		<ol class="audit-log">
			<xsl:for-each select="decision">
				<li>
					<p>
						<b><xsl:value-of select="@done-text"/></b>
						<xsl:if test="@undone"><xsl:text> · </xsl:text><span><ui:text>undone</ui:text></span></xsl:if>
						<xsl:if test="post"><xsl:text> · </xsl:text><a href="{post/@href}"><xsl:value-of select="post"/></a></xsl:if>
					</p>
					<xsl:if test="@rule or note">
						<p class="values">
							<xsl:value-of select="@rule"/>
							<xsl:if test="@rule and note"><xsl:text> · </xsl:text></xsl:if>
							<bdi><xsl:value-of select="note"/></bdi>
						</p>
					</xsl:if>
					<p class="count">
						<time datetime="{@time}"><xsl:value-of select="@clock"/></time>
						<xsl:if test="@user"><xsl:text> · </xsl:text><bdi><xsl:value-of select="@user"/></bdi></xsl:if>
						<xsl:if test="@href and /page/@name != 'moderate-comment'"><xsl:text> · </xsl:text><a href="{@href}"><ui:text>Comment</ui:text></a></xsl:if>
					</p>
					<xsl:apply-templates select="form"/>
				</li>
			</xsl:for-each>
		</ol>
	</xsl:template>

	<xsl:template match="page[@name = 'moderate-log']" mode="content">
		<xsl:apply-templates select="." mode="moderate-header"/>
		<xsl:choose>
			<xsl:when test="decisions/decision"><xsl:apply-templates select="decisions"/></xsl:when>
			<xsl:otherwise><p class="empty"><ui:text>Nothing here yet.</ui:text></p></xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

	<xsl:template match="page[@name = 'moderation']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="lead"/></p>
		</header>
		<xsl:choose>
			<xsl:when test="decisions/decision"><xsl:apply-templates select="decisions"/></xsl:when>
			<xsl:otherwise><p class="empty"><ui:text>Nothing here yet.</ui:text></p></xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

</xsl:stylesheet>
