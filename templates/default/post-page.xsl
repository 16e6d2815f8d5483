<?xml version="1.0" encoding="UTF-8"?>
<!-- A post on its own page. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'post']" mode="content">
		<xsl:apply-templates select="post" mode="full"/>
	</xsl:template>

	<xsl:template match="post" mode="full">
		<article class="post h-entry">
			<xsl:apply-templates select="." mode="lang"/>
			<header class="heading">
				<h1 class="p-name"><xsl:value-of select="title"/></h1>
				<!-- A generated summary repeats the beginning of the text, so it is not shown. -->
				<xsl:if test="summary != '' and not(@summary-made)">
					<p class="standfirst p-summary"><xsl:value-of select="summary"/></p>
				</xsl:if>
				<xsl:apply-templates select="." mode="by-line"/>
				<xsl:apply-templates select="translations"/>
				<xsl:apply-templates select="../experiment" mode="note"/>
			</header>
			<xsl:if test="cover and not(enclosure/@medium = 'video')">
				<figure class="cover-image">
					<img class="u-featured" src="{cover/@src}" alt="{cover/@alt}" decoding="async">
						<xsl:copy-of select="cover/@width | cover/@height"/>
						<xsl:apply-templates select="cover/@srcset"/>
					</img>
				</figure>
			</xsl:if>
			<xsl:apply-templates select="enclosure"/>
			<div class="text">
				<xsl:apply-templates select="contents"/>
				<div class="prose e-content">
					<!-- A complete text ends with a mark. -->
					<xsl:if test="not(paywall)">
						<xsl:attribute name="class">prose e-content full</xsl:attribute>
					</xsl:if>
					<xsl:copy-of select="body/node()"/>
				</div>
			</div>
			<xsl:apply-templates select="paywall"/>
			<xsl:if test="tag">
				<footer class="tags">
					<span class="caption"><ui:text>Tags</ui:text></span>
					<xsl:text> </xsl:text>
					<xsl:apply-templates select="tag" mode="inline"/>
				</footer>
			</xsl:if>
		</article>
		<xsl:if test="previous or next">
			<nav class="post-nav">
				<xsl:attribute name="aria-label"><ui:text>Previous and next posts</ui:text></xsl:attribute>
				<xsl:apply-templates select="previous"/>
				<xsl:apply-templates select="next"/>
			</nav>
		</xsl:if>
		<xsl:apply-templates select="related"/>
		<xsl:for-each select="vote | ../vote"><p class="vote"><a rel="nofollow" href="{@href}"><xsl:value-of select="."/></a></p></xsl:for-each>
		<xsl:apply-templates select="comments | ../comments"/>
		<xsl:apply-templates select="write | ../write"/>
	</xsl:template>

	<xsl:template match="post" mode="by-line">
		<p class="by-line">
			<xsl:for-each select="author">
				<a class="p-author h-card" rel="author" href="{@href}"><xsl:value-of select="@name"/></a>
			</xsl:for-each>
			<xsl:text> </xsl:text>
			<xsl:apply-templates select="." mode="date"/>
			<xsl:if test="@updated-text">
				<xsl:text> </xsl:text>
				<span><ui:text>Updated</ui:text><xsl:text> </xsl:text><time class="dt-updated" datetime="{@updated}"><xsl:value-of select="@updated-text"/></time></span>
			</xsl:if>
			<xsl:apply-templates select="." mode="kind"/>
			<xsl:if test="@minutes-text">
				<xsl:text> </xsl:text>
				<span><xsl:value-of select="@minutes-text"/></span>
			</xsl:if>
			<xsl:apply-templates select="." mode="access"/>
			<data class="u-url u-uid" value="{/page/@canonical}"/>
		</p>
	</xsl:template>

	<xsl:template match="translations">
		<p class="translations">
			<ui:text>Also in</ui:text>
			<xsl:for-each select="translation">
				<xsl:text> </xsl:text>
				<a rel="alternate" lang="{@lang}" hreflang="{@lang}" href="{@href}" title="{@title}"><xsl:value-of select="@lang-name"/></a>
			</xsl:for-each>
		</p>
	</xsl:template>

	<xsl:template match="contents">
		<nav class="contents" aria-labelledby="contents">
			<h2 class="label" id="contents"><ui:text>Contents</ui:text></h2>
			<ol>
				<xsl:for-each select="heading">
					<li class="level-{@level}"><a href="{@href}"><xsl:value-of select="."/></a></li>
				</xsl:for-each>
			</ol>
		</nav>
	</xsl:template>

	<xsl:template match="enclosure">
		<figure class="player">
			<xsl:choose>
				<xsl:when test="@medium = 'video'">
					<video class="u-video" controls="controls" preload="metadata" playsinline="playsinline" src="{@src}">
						<xsl:if test="../cover">
							<xsl:attribute name="poster"><xsl:value-of select="../cover/@src"/></xsl:attribute>
						</xsl:if>
						<xsl:apply-templates select="transcript"/>
						<a href="{@src}"><ui:text>Download media file</ui:text></a>
					</video>
				</xsl:when>
				<xsl:otherwise>
					<audio class="u-audio" controls="controls" preload="metadata" src="{@src}">
						<xsl:apply-templates select="transcript"/>
						<a href="{@src}"><ui:text>Download media file</ui:text></a>
					</audio>
				</xsl:otherwise>
			</xsl:choose>
			<figcaption class="meta">
				<xsl:if test="@duration-text">
					<span class="dt-duration"><xsl:value-of select="@duration-text"/></span>
					<xsl:text> </xsl:text>
				</xsl:if>
				<a href="{@src}" type="{@type}" download="download"><ui:text>Download media file</ui:text></a>
				<xsl:if test="transcript">
					<xsl:text> </xsl:text>
					<a href="{transcript/@src}" type="text/vtt"><ui:text>Transcript</ui:text></a>
				</xsl:if>
			</figcaption>
		</figure>
		<xsl:apply-templates select="chapters"/>
	</xsl:template>

	<xsl:template match="transcript">
		<track kind="captions" src="{@src}" srclang="{@lang}">
			<xsl:attribute name="label"><ui:text>Transcript</ui:text></xsl:attribute>
		</track>
	</xsl:template>

	<!-- An address with a time (Media Fragments 1.0) opens the recording there. -->
	<xsl:template match="chapters">
		<ol class="rows chapters">
			<xsl:attribute name="aria-label"><ui:text>Chapters</ui:text></xsl:attribute>
			<xsl:for-each select="chapter">
				<li class="row">
					<span class="entry-text"><a href="{../../@src}#t={@seconds}"><xsl:value-of select="."/></a></span>
					<span class="meta"><xsl:value-of select="@time-text"/></span>
				</li>
			</xsl:for-each>
		</ol>
	</xsl:template>

	<!-- Browsers choose the image size before they load the stylesheet, so its width is given here, as in page/post/image.h. -->
	<xsl:template match="@srcset">
		<xsl:copy/>
		<xsl:attribute name="sizes">(min-width: 48rem) 44rem, 100vw</xsl:attribute>
	</xsl:template>

	<!-- Says what is needed to read the rest of the post. -->
	<xsl:template match="paywall">
		<div class="paywall">
			<section class="notice" aria-labelledby="paywall">
				<h2 id="paywall"><xsl:apply-templates select="." mode="lock"/><xsl:value-of select="@title"/></h2>
				<p><xsl:value-of select="@advice"/></p>
			</section>
		</div>
	</xsl:template>

	<xsl:template match="previous">
		<a class="previous" rel="next" href="{@href}"><span class="caption"><ui:text>Previous post</ui:text></span><xsl:text> </xsl:text><span class="name"><xsl:value-of select="@title"/></span></a>
	</xsl:template>

	<xsl:template match="next">
		<a class="next" rel="prev" href="{@href}"><span class="caption"><ui:text>Next post</ui:text></span><xsl:text> </xsl:text><span class="name"><xsl:value-of select="@title"/></span></a>
	</xsl:template>

	<xsl:template match="related">
		<section class="band related" aria-labelledby="related">
			<h2 class="label" id="related"><ui:text>Read next</ui:text></h2>
			<ol class="rows"><xsl:apply-templates select="post" mode="row"/></ol>
		</section>
	</xsl:template>

	<!-- A note for the post's authors. -->
	<xsl:template match="page/experiment[@href]" mode="note">
		<p class="actions"><a href="{@href}"><ui:text>A/B test running: other readers may see a different title, summary or cover</ui:text></a></p>
	</xsl:template>

</xsl:stylesheet>
