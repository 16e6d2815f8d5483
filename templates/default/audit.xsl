<?xml version="1.0" encoding="UTF-8"?>
<!-- The audit log. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'audit']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><ui:text>Who changed what, and when. Entries can't be edited and are kept for two years.</ui:text></p>
		</header>
		<xsl:apply-templates select="views"/>
		<xsl:if test="user-filter">
			<p class="note">
				<ui:text>Changes by:</ui:text>
				<xsl:text> </xsl:text>
				<xsl:value-of select="user-filter"/>
				<xsl:text> · </xsl:text>
				<a href="{user-filter/@href}"><ui:text>Show everyone</ui:text></a>
			</p>
		</xsl:if>
		<xsl:choose>
			<xsl:when test="events/event">
				<ol class="audit-log">
					<xsl:apply-templates select="events/event"/>
				</ol>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>Nothing here yet.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

	<xsl:template match="events/event">
		<li>
			<p>
				<b><xsl:value-of select="@event-text"/></b>
				<xsl:if test="@subject">
					<xsl:text> · </xsl:text>
					<xsl:value-of select="@subject"/>
				</xsl:if>
			</p>
			<xsl:if test="before or after">
				<p class="values">
					<xsl:choose>
						<xsl:when test="before"><del><xsl:value-of select="before"/></del></xsl:when>
						<xsl:otherwise><span class="count"><ui:text>empty</ui:text></span></xsl:otherwise>
					</xsl:choose>
					<xsl:text> → </xsl:text>
					<xsl:choose>
						<xsl:when test="after"><ins><xsl:value-of select="after"/></ins></xsl:when>
						<xsl:otherwise><span class="count"><ui:text>empty</ui:text></span></xsl:otherwise>
					</xsl:choose>
				</p>
			</xsl:if>
			<p class="count">
				<time datetime="{@time}"><xsl:value-of select="@clock"/></time>
				<xsl:text> · </xsl:text>
				<a href="{@user-href}"><xsl:value-of select="@user"/></a>
			</p>
		</li>
	</xsl:template>

</xsl:stylesheet>
