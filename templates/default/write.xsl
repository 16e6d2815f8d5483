<?xml version="1.0" encoding="UTF-8"?>
<!-- The desk: what one has written, and one post in a form. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'desk']" mode="content">
		<header class="opening">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="onward"><a href="{new/@href}"><ui:text>Write a post</ui:text></a></p>
		</header>
		<nav class="states">
			<xsl:attribute name="aria-label"><ui:text>Which posts</ui:text></xsl:attribute>
			<ul>
				<xsl:for-each select="states/state">
					<li>
						<a href="{@href}">
							<xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
							<xsl:value-of select="."/>
						</a>
					</li>
				</xsl:for-each>
			</ul>
		</nav>
		<xsl:choose>
			<xsl:when test="posts/post">
				<ul class="rows">
					<xsl:for-each select="posts/post">
						<li class="row">
							<span class="words">
								<xsl:apply-templates select="." mode="own-language"/>
								<a href="{@write}"><xsl:value-of select="title"/></a>
							</span>
							<span class="meta">
								<span><xsl:value-of select="@state-text"/></span>
								<xsl:text> </xsl:text>
								<xsl:apply-templates select="." mode="date"/>
							</span>
						</li>
					</xsl:for-each>
				</ul>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>Nothing here yet.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

	<xsl:template match="page[@name = 'edit']" mode="content">
		<header class="opening">
			<p class="onward"><a href="{desk/@href}"><ui:text>Your desk</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<xsl:if test="state">
				<p class="standfirst">
					<xsl:choose>
						<xsl:when test="state/@href"><a href="{state/@href}"><xsl:value-of select="state"/></a></xsl:when>
						<xsl:otherwise><xsl:value-of select="state"/></xsl:otherwise>
					</xsl:choose>
				</p>
			</xsl:if>
		</header>
		<div class="writing">
			<xsl:apply-templates select="form"/>
			<xsl:if test="theirs">
				<section class="theirs">
					<h2 class="label"><ui:text>What somebody else saved</ui:text></h2>
					<pre tabindex="0"><xsl:value-of select="theirs"/></pre>
				</section>
			</xsl:if>
			<xsl:if test="preview">
				<section class="preview" id="preview">
					<h2 class="label"><ui:text>As it will be read</ui:text></h2>
					<div class="prose"><xsl:copy-of select="preview/node()"/></div>
				</section>
			</xsl:if>
		</div>
	</xsl:template>

</xsl:stylesheet>
