<?xml version="1.0" encoding="UTF-8"?>
<!-- The comments of a post, below it and on pages of their own. A reply is inside the comment that it is nested in. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns:stored="urn:renown:stored"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui stored">

	<xsl:template match="comments">
		<section class="comments" id="comments" aria-labelledby="comments-title">
			<div class="comments-head">
				<h2 id="comments-title" class="label"><xsl:value-of select="@count-text"/></h2>
				<xsl:apply-templates select="views" mode="order"/>
			</div>
			<xsl:if test="comment">
				<ol><xsl:apply-templates select="comment"/></ol>
			</xsl:if>
			<xsl:if test="newer or older">
				<nav class="pager">
					<xsl:attribute name="aria-label"><ui:text>Pagination</ui:text></xsl:attribute>
					<xsl:if test="newer">
						<a class="newer" rel="nofollow" href="{newer/@href}"><span aria-hidden="true">← </span><ui:text>Beginning of the thread</ui:text></a>
					</xsl:if>
					<xsl:if test="older">
						<a class="older" rel="nofollow" href="{older/@href}"><ui:text>More comments</ui:text><span aria-hidden="true"> →</span></a>
					</xsl:if>
				</nav>
			</xsl:if>
			<xsl:if test="@closed-text"><p class="meta"><xsl:value-of select="@closed-text"/></p></xsl:if>
		</section>
	</xsl:template>

	<xsl:template match="views" mode="order">
		<nav class="order">
			<xsl:attribute name="aria-label"><ui:text>Order of comments</ui:text></xsl:attribute>
			<xsl:for-each select="view">
				<a rel="nofollow" href="{@href}">
					<xsl:if test="@current"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
					<xsl:value-of select="."/>
				</a>
			</xsl:for-each>
		</nav>
	</xsl:template>

	<xsl:template match="comment">
		<li>
			<xsl:apply-templates select="reply-to"/>
			<xsl:choose>
				<xsl:when test="rendered"><xsl:copy-of select="rendered/node()"/></xsl:when>
				<xsl:otherwise><xsl:apply-templates select="." mode="frame"/></xsl:otherwise>
			</xsl:choose>
			<xsl:apply-templates select="actions"/>
			<xsl:if test="comment">
				<ol><xsl:apply-templates select="comment"/></ol>
			</xsl:if>
			<xsl:for-each select="more">
				<p class="more"><a rel="nofollow" href="{@href}"><xsl:value-of select="."/></a></p>
			</xsl:for-each>
		</li>
	</xsl:template>

	<xsl:template match="comment/actions">
		<p class="comment-actions">
			<xsl:if test="@reply"><a rel="nofollow" href="{@reply}"><ui:text>Reply</ui:text></a></xsl:if>
			<xsl:choose>
				<xsl:when test="@vote"><a rel="nofollow" href="{@vote}"><xsl:value-of select="@helpful-text"/></a></xsl:when>
				<!-- Readers who cannot vote see only a count. -->
				<xsl:when test="@helpful-text"><span><xsl:value-of select="@helpful-text"/></span></xsl:when>
			</xsl:choose>
			<xsl:if test="@flag"><a rel="nofollow" href="{@flag}"><ui:text>Flag</ui:text></a></xsl:if>
		</p>
	</xsl:template>

	<!-- A comment that is not nested in the one that it replies to. -->
	<xsl:template match="reply-to">
		<p class="reply-to meta">
			<span aria-hidden="true">↳ </span>
			<a class="u-in-reply-to" href="{@href}">
				<xsl:choose>
					<xsl:when test="@name"><ui:text>In reply to</ui:text><xsl:text> </xsl:text><bdi><xsl:value-of select="@name"/></bdi></xsl:when>
					<xsl:otherwise><ui:text>In reply to another comment</ui:text></xsl:otherwise>
				</xsl:choose>
			</a>
		</p>
	</xsl:template>

	<!-- The frame of a comment is made once for all readers, from a document without a reader. -->
	<xsl:template match="comment" mode="part">
		<stored:piece><xsl:apply-templates select="." mode="frame"/></stored:piece>
	</xsl:template>

	<xsl:template match="comment" mode="frame">
		<article class="comment u-comment h-cite" id="{@id}">
			<p class="meta">
				<span class="p-author h-card">
					<xsl:choose>
						<xsl:when test="@link"><a class="u-url" rel="ugc nofollow" href="{@link}"><bdi class="p-name"><xsl:value-of select="@name"/></bdi></a></xsl:when>
						<xsl:otherwise><bdi class="p-name"><xsl:value-of select="@name"/></bdi></xsl:otherwise>
					</xsl:choose>
				</span>
				<xsl:if test="@guest"><xsl:text> </xsl:text><span class="guest"><ui:text>guest</ui:text></span></xsl:if>
				<xsl:if test="@badge"><xsl:text> </xsl:text><span class="badge"><xsl:value-of select="@badge-text"/></span></xsl:if>
				<xsl:text> </xsl:text>
				<a class="u-url" href="{@href}"><time class="dt-published" datetime="{@published}"><xsl:value-of select="@published-text"/></time></a>
				<xsl:if test="@edited">
					<xsl:text> </xsl:text>
					<time class="dt-updated" datetime="{@edited}" title="{@edited-text}"><ui:text>edited</ui:text></time>
				</xsl:if>
			</p>
			<div class="e-content prose">
				<xsl:copy-of select="@lang"/>
				<xsl:copy-of select="text/node()"/>
			</div>
		</article>
	</xsl:template>

	<!-- Only the place of a comment that was deleted or hidden. -->
	<xsl:template match="comment[@gone-text]" mode="frame">
		<div class="comment gone" id="{@id}"><p class="meta"><xsl:value-of select="@gone-text"/></p></div>
	</xsl:template>

</xsl:stylesheet>
