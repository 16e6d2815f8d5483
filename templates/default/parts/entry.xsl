<?xml version="1.0" encoding="UTF-8"?>
<!-- A post in a list: as an entry with its summary, as a row of a compact list, as the featured post. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="post" mode="entry">
		<article class="entry h-entry">
			<div class="entry-text">
				<xsl:if test="@lang != $lang">
					<xsl:attribute name="lang"><xsl:value-of select="@lang"/></xsl:attribute>
				</xsl:if>
				<h2 class="p-name"><a class="u-url" href="{@href}"><xsl:value-of select="title"/></a></h2>
				<xsl:choose>
					<xsl:when test="excerpt">
						<p class="excerpt"><xsl:apply-templates select="excerpt/node()" mode="excerpt"/></p>
					</xsl:when>
					<xsl:when test="summary/text()">
						<p class="p-summary"><xsl:value-of select="summary"/></p>
					</xsl:when>
				</xsl:choose>
			</div>
			<xsl:apply-templates select="." mode="meta"/>
		</article>
	</xsl:template>

	<xsl:template match="text()" mode="excerpt"><xsl:value-of select="."/></xsl:template>
	<xsl:template match="match" mode="excerpt"><mark><xsl:value-of select="."/></mark></xsl:template>

	<xsl:template match="post" mode="row">
		<li class="row h-entry">
			<span class="entry-text">
				<xsl:apply-templates select="." mode="lang"/>
				<a class="u-url p-name" href="{@href}"><xsl:value-of select="title"/></a>
			</span>
			<span class="meta">
				<xsl:apply-templates select="." mode="date"/>
				<xsl:apply-templates select="." mode="kind"/>
				<xsl:apply-templates select="." mode="access"/>
			</span>
		</li>
	</xsl:template>

	<xsl:template match="post" mode="lead">
		<article class="entry lead h-entry">
			<xsl:if test="cover">
				<a class="lead-image" href="{@href}" tabindex="-1" aria-hidden="true">
					<img class="u-featured" src="{cover/@src}" alt="" decoding="async">
						<xsl:copy-of select="cover/@width | cover/@height"/>
						<xsl:apply-templates select="cover/@srcset"/>
					</img>
				</a>
			</xsl:if>
			<div class="entry-text">
				<xsl:apply-templates select="." mode="lang"/>
				<h3 class="p-name"><a class="u-url" href="{@href}"><xsl:value-of select="title"/></a></h3>
				<xsl:if test="summary != ''">
					<p class="p-summary"><xsl:value-of select="summary"/></p>
				</xsl:if>
			</div>
			<xsl:apply-templates select="." mode="meta"/>
		</article>
	</xsl:template>

	<!-- Date, type and tags: in the margin beside an entry, or in one line below it. -->
	<xsl:template match="post" mode="meta">
		<p class="meta">
			<time class="dt-published" datetime="{@published}"><xsl:value-of select="@published-text"/></time>
			<xsl:if test="@kind-text"><xsl:apply-templates select="." mode="kind"/></xsl:if>
			<xsl:if test="@minutes-text">
				<xsl:text> </xsl:text>
				<span><xsl:value-of select="@minutes-text"/></span>
			</xsl:if>
			<xsl:if test="@lang != $lang">
				<xsl:text> </xsl:text>
				<span lang="{@lang}"><xsl:value-of select="@lang-name"/></span>
			</xsl:if>
			<xsl:if test="@access-text"><xsl:apply-templates select="." mode="access"/></xsl:if>
			<xsl:if test="@comments-text">
				<xsl:text> </xsl:text>
				<a class="u-comments" href="{@href}#comments"><xsl:value-of select="@comments-text"/></a>
			</xsl:if>
			<xsl:if test="not(contains(author/@name, $site-author))">
				<xsl:text> </xsl:text>
				<a class="p-author h-card" href="{author/@href}"><xsl:value-of select="author/@name"/></a>
			</xsl:if>
			<xsl:if test="tag">
				<xsl:text> </xsl:text>
				<span class="tags">
					<xsl:for-each select="tag">
						<xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>
						<a class="p-category" rel="tag" href="{@href}"><xsl:value-of select="@name"/></a>
					</xsl:for-each>
				</span>
			</xsl:if>
		</p>
	</xsl:template>

	<xsl:template match="post" mode="date">
		<time class="dt-published" datetime="{@published}"><xsl:value-of select="@published-text"/></time>
	</xsl:template>

	<xsl:template match="post" mode="kind"/>
	<xsl:template match="post[@kind = 'audio' or @kind = 'video']" mode="kind">
		<xsl:text> </xsl:text>
		<span class="kind"><xsl:value-of select="@kind-text"/></span>
	</xsl:template>

	<!-- The access level is named for every restricted post. The lock is shown only to readers without access. -->
	<xsl:template match="post" mode="access"/>
	<xsl:template match="post[@access != 'public']" mode="access">
		<xsl:text> </xsl:text>
		<span class="access">
			<xsl:if test="@locked"><xsl:apply-templates select="." mode="lock"/></xsl:if>
			<xsl:value-of select="@access-text"/>
		</span>
	</xsl:template>

	<xsl:template match="tag" mode="inline">
		<xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>
		<a class="p-category" rel="tag" href="{@href}"><xsl:value-of select="@name"/></a>
	</xsl:template>

	<!-- Title and summary are in the post's language, all other text in the interface language. -->
	<xsl:template match="post" mode="lang">
		<xsl:if test="@lang != $lang">
			<xsl:attribute name="lang"><xsl:value-of select="@lang"/></xsl:attribute>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
