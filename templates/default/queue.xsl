<?xml version="1.0" encoding="UTF-8"?>
<!-- Scheduled posts in order, each with buttons to move it. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<!-- The title of a free slot or a post, linked to the editor. -->
	<xsl:template match="entry" mode="title">
		<xsl:choose>
			<xsl:when test="@href">
				<a href="{@href}">
					<xsl:if test="@lang and @lang != $lang"><xsl:attribute name="lang"><xsl:value-of select="@lang"/></xsl:attribute></xsl:if>
					<xsl:value-of select="@title"/>
					<xsl:if test="@free"><xsl:text>: </xsl:text><ui:text>write a post</ui:text></xsl:if>
				</a>
			</xsl:when>
			<xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template match="page[@name = 'queue']" mode="content">
		<xsl:apply-templates select="." mode="schedule-header"/>
		<xsl:choose>
			<xsl:when test="entries/entry">
				<ol class="queue">
					<xsl:for-each select="entries/entry">
						<li>
							<xsl:if test="@free"><xsl:attribute name="class">free</xsl:attribute></xsl:if>
							<p class="entry-time">
								<time datetime="{@time}"><xsl:value-of select="@time-text"/></time>
								<xsl:if test="not(@slot)"><xsl:text> · </xsl:text><ui:text>custom time</ui:text></xsl:if>
							</p>
							<p class="entry-title"><xsl:apply-templates select="." mode="title"/></p>
							<xsl:apply-templates select="form"/>
						</li>
					</xsl:for-each>
				</ol>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>No posts are scheduled, and there is no publishing schedule yet. Choose your publishing days under “Publishing schedule”.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="form"/>
	</xsl:template>

	<!-- The label for screen readers names the post that the button moves. -->
	<xsl:template match="entry/form">
		<xsl:variable name="title" select="../@title"/>
		<form class="form move" method="post" action="{@action}">
			<input type="hidden" name="from" value="{field[@name = 'from']/@value}"/>
			<input type="hidden" name="proof" value="{proof/@value}"/>
			<p class="buttons">
				<xsl:for-each select="button">
					<button type="submit" name="do" value="{@value}" aria-label="{.}: {$title}"><xsl:value-of select="."/></button>
				</xsl:for-each>
			</p>
		</form>
	</xsl:template>

</xsl:stylesheet>
