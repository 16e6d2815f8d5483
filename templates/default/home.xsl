<?xml version="1.0" encoding="UTF-8"?>
<!-- The home page: logo, name, tagline, portrait, the featured post, then recent posts. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'home']" mode="content">
		<section class="hero h-card">
			<div class="title">
				<xsl:apply-templates select="site" mode="logo"/>
				<h1>
					<a class="u-url u-uid" href="{site/@href}">
						<xsl:if test="not(site/@author != '') or site/@author = site/@name">
							<xsl:attribute name="class">u-url u-uid p-name</xsl:attribute>
						</xsl:if>
						<xsl:value-of select="site/@name"/>
					</a>
				</h1>
				<xsl:if test="site/@tagline != ''">
					<p class="tagline p-note"><xsl:value-of select="site/@tagline"/></p>
				</xsl:if>
			</div>
			<xsl:apply-templates select="portrait"/>
			<div class="intro prose">
				<xsl:copy-of select="intro/node()"/>
				<xsl:if test="site/@author != '' and site/@author != site/@name">
					<p class="signature p-name"><xsl:value-of select="site/@author"/></p>
				</xsl:if>
			</div>
		</section>
		<xsl:if test="featured/post">
			<section class="band" aria-labelledby="featured">
				<h2 class="label" id="featured"><ui:text>Featured</ui:text></h2>
				<xsl:apply-templates select="featured/post" mode="lead"/>
			</section>
		</xsl:if>
		<section class="band h-feed" aria-labelledby="recent">
			<h2 class="label p-name" id="recent"><ui:text>Recent posts</ui:text></h2>
			<xsl:choose>
				<xsl:when test="recent/post">
					<ol class="rows"><xsl:apply-templates select="recent/post" mode="row"/></ol>
					<xsl:if test="more/@href">
						<p class="actions"><a href="{more/@href}"><ui:text>All posts</ui:text><span aria-hidden="true"> →</span></a></p>
					</xsl:if>
				</xsl:when>
				<xsl:otherwise>
					<p class="empty"><ui:text>No posts yet. Subscribe below to get the first one.</ui:text></p>
				</xsl:otherwise>
			</xsl:choose>
		</section>
		<div class="offers">
			<xsl:if test="members/node()">
				<section class="band members" aria-labelledby="members">
					<h2 class="label" id="members"><ui:text>For members</ui:text></h2>
					<div class="prose"><xsl:copy-of select="members/node()"/></div>
				</section>
			</xsl:if>
			<xsl:apply-templates select="subscribe"/>
		</div>
	</xsl:template>

	<xsl:template match="portrait">
		<p class="portrait">
			<img class="u-photo" src="{@src}" alt="{@alt}" decoding="async">
				<xsl:copy-of select="@width | @height"/>
			</img>
		</p>
	</xsl:template>

	<xsl:template match="subscribe">
		<section class="band subscribe" aria-labelledby="subscribe">
			<h2 class="label" id="subscribe"><ui:text>Subscribe</ui:text></h2>
			<div class="prose">
				<p><ui:text>Get new posts in full in any feed reader. No account needed.</ui:text></p>
				<p class="actions">
					<xsl:if test="@rss"><a href="{@rss}" type="application/rss+xml">RSS</a></xsl:if>
					<xsl:if test="@rss and @atom"><xsl:text> </xsl:text></xsl:if>
					<xsl:if test="@atom"><a href="{@atom}" type="application/atom+xml">Atom</a></xsl:if>
				</p>
			</div>
		</section>
	</xsl:template>

</xsl:stylesheet>
