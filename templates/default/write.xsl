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
			<xsl:if test="queue">
				<p class="onward"><a href="{queue/@href}"><ui:text>What waits, and when</ui:text></a></p>
			</xsl:if>
			<xsl:if test="library">
				<p class="onward"><a href="{library/@href}"><ui:text>Your files</ui:text></a></p>
			</xsl:if>
		</header>
		<xsl:apply-templates select="states"/>
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
			<xsl:if test="attach">
				<p class="onward"><a href="{attach/@href}"><ui:text>Cover and recording</ui:text></a></p>
			</xsl:if>
			<xsl:if test="versions">
				<p class="onward">
					<a href="{versions/@href}"><ui:text>Earlier versions</ui:text></a>
					<xsl:if test="trial"><xsl:text> </xsl:text><a href="{trial/@href}"><ui:text>Try other titles</ui:text></a></xsl:if>
				</p>
			</xsl:if>
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

	<xsl:template match="page[@name = 'versions']" mode="content">
		<header class="opening">
			<p class="onward"><a href="{write/@href}"><ui:text>Back to the post</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<xsl:if test="version">
				<p class="standfirst"><xsl:apply-templates select="version" mode="line"/></p>
			</xsl:if>
		</header>
		<xsl:if test="versions">
			<ul class="rows">
				<xsl:for-each select="versions/version">
					<li class="row">
						<span class="words"><a href="{@href}"><xsl:apply-templates select="." mode="line"/></a></span>
						<span class="meta">
							<span><xsl:value-of select="@title"/></span>
							<xsl:if test="@current"><xsl:text> </xsl:text><span><ui:text>As it is now</ui:text></span></xsl:if>
						</span>
					</li>
				</xsl:for-each>
			</ul>
		</xsl:if>
		<xsl:if test="version">
			<pre class="version" tabindex="0"><xsl:value-of select="version/text"/></pre>
			<xsl:apply-templates select="form"/>
			<p class="onward"><a href="{all/@href}"><ui:text>All versions</ui:text></a></p>
		</xsl:if>
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
