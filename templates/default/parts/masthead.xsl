<?xml version="1.0" encoding="UTF-8"?>
<!-- The top of every page: the logo with the name, the menu, the other languages. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page" mode="masthead">
		<header class="masthead">
			<!-- On the home page, a large logo and the name follow below. -->
			<xsl:if test="@name != 'home'">
				<a class="brand" href="{site/@href}" rel="home">
					<xsl:choose>
						<xsl:when test="site/@logo"><img class="logo" src="{site/@logo}" alt="" width="36" height="36"/></xsl:when>
						<xsl:otherwise><xsl:apply-templates select="site" mode="logo"/></xsl:otherwise>
					</xsl:choose>
					<span><xsl:value-of select="site/@name"/></span>
				</a>
			</xsl:if>
			<nav class="menu">
				<xsl:attribute name="aria-label"><ui:text>Main menu</ui:text></xsl:attribute>
				<ul>
					<xsl:for-each select="menu/item">
						<li>
							<a href="{@href}">
								<xsl:if test="@current">
									<xsl:attribute name="aria-current">page</xsl:attribute>
								</xsl:if>
								<xsl:value-of select="."/>
							</a>
						</li>
					</xsl:for-each>
					<xsl:if test="search">
						<li>
							<a href="{search/@href}">
								<xsl:if test="@name = 'search'">
									<xsl:attribute name="aria-current">page</xsl:attribute>
								</xsl:if>
								<ui:text>Search</ui:text>
							</a>
						</li>
					</xsl:if>
				</ul>
			</nav>
			<xsl:if test="languages/language[not(@current)]">
				<nav class="languages">
					<xsl:attribute name="aria-label"><ui:text>Languages</ui:text></xsl:attribute>
					<ul>
						<xsl:apply-templates select="languages/language[not(@current)]" mode="item"/>
					</ul>
				</nav>
			</xsl:if>
		</header>
	</xsl:template>

	<xsl:template match="language" mode="item">
		<li><a href="{@href}" lang="{@code}" hreflang="{@code}" rel="alternate"><xsl:value-of select="@name"/></a></li>
	</xsl:template>

</xsl:stylesheet>
