<?xml version="1.0" encoding="UTF-8"?>
<!-- The footer of every page: the menu again, feeds, light or dark colours. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page" mode="footer">
		<footer class="footer">
			<p class="colophon">
				<a href="{site/@href}"><xsl:value-of select="site/@name"/></a>
				<!-- The owner's footer text, or the author's name. -->
				<xsl:choose>
					<xsl:when test="site/@footer != ''">
						<xsl:text> </xsl:text>
						<span><xsl:value-of select="site/@footer"/></span>
					</xsl:when>
					<xsl:when test="site/@author != '' and site/@author != site/@name">
						<xsl:text> </xsl:text>
						<span><xsl:value-of select="site/@author"/></span>
					</xsl:when>
				</xsl:choose>
				<!-- Pages for reading show no name, so that they are the same for all readers with these rights. -->
				<xsl:if test="viewer/@name">
					<xsl:text> </xsl:text>
					<span class="viewer"><ui:text>Signed in as</ui:text><xsl:text> </xsl:text><a href="{viewer/@href}"><xsl:value-of select="viewer/@name"/></a></span>
				</xsl:if>
			</p>
			<nav>
				<xsl:attribute name="aria-label"><ui:text>Footer</ui:text></xsl:attribute>
				<ul>
					<xsl:for-each select="menu/item">
						<li><a href="{@href}"><xsl:value-of select="."/></a></li>
					</xsl:for-each>
					<xsl:for-each select="feeds[1]/feed">
						<li>
							<a href="{@href}" type="{@type}"><xsl:apply-templates select="." mode="name"/></a>
						</li>
					</xsl:for-each>
					<xsl:if test="viewer[not(@name)]">
						<li><a href="{viewer/@href}"><ui:text>Account</ui:text></a></li>
					</xsl:if>
					<xsl:if test="viewer/@post-list">
						<li><a href="{viewer/@post-list}"><ui:text>Manage posts</ui:text></a></li>
					</xsl:if>
					<xsl:if test="viewer/@settings">
						<li><a href="{viewer/@settings}"><ui:text>Dashboard</ui:text></a></li>
					</xsl:if>
					<xsl:if test="sign-in">
						<li><a href="{sign-in/@href}" rel="nofollow"><ui:text>Sign in</ui:text></a></li>
					</xsl:if>
				</ul>
			</nav>
			<!-- Shown by site.js, which also stores the choice. -->
			<div class="scheme" role="group" hidden="hidden">
				<xsl:attribute name="aria-label"><ui:text>Appearance</ui:text></xsl:attribute>
				<button type="button" value="light"><ui:text>Light</ui:text></button>
				<button type="button" value="dark"><ui:text>Dark</ui:text></button>
				<button type="button" value=""><ui:text>Same as system</ui:text></button>
			</div>
		</footer>
	</xsl:template>

	<xsl:template match="feed" mode="name"><xsl:value-of select="@title"/></xsl:template>
	<xsl:template match="feed[@type = 'application/rss+xml']" mode="name">RSS</xsl:template>
	<xsl:template match="feed[@type = 'application/atom+xml']" mode="name">Atom</xsl:template>

</xsl:stylesheet>
