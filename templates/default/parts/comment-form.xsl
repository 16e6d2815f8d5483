<?xml version="1.0" encoding="UTF-8"?>
<!-- The form for a comment, below a post and on pages of its own. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="write">
		<section class="write" id="write" aria-labelledby="write-title">
			<h2 id="write-title" class="label"><xsl:value-of select="@title"/></h2>
			<xsl:if test="@refusal-text">
				<p class="meta">
					<xsl:choose>
						<xsl:when test="sign-in"><a href="{sign-in/@href}"><xsl:value-of select="@refusal-text"/></a></xsl:when>
						<xsl:otherwise><xsl:value-of select="@refusal-text"/></xsl:otherwise>
					</xsl:choose>
				</p>
			</xsl:if>
			<xsl:if test="rule">
				<ul class="rules"><xsl:for-each select="rule"><li><a href="{@href}"><xsl:value-of select="."/></a></li></xsl:for-each></ul>
			</xsl:if>
			<xsl:for-each select="note"><p class="meta"><xsl:value-of select="."/></p></xsl:for-each>
			<xsl:apply-templates select="form"/>
		</section>
	</xsl:template>

	<!-- People do not see this field, and screen readers skip it. -->
	<xsl:template match="form[@name = 'comment-new']/field[@name = 'website']">
		<p class="unseen" aria-hidden="true">
			<label for="comment-new-website"><xsl:value-of select="@label"/></label>
			<input id="comment-new-website" name="website" type="text" tabindex="-1" autocomplete="off" maxlength="{@max}" value=""/>
		</p>
	</xsl:template>

	<!-- A comment by itself: the one that is replied to, and the sender's own. -->
	<xsl:template match="parent | own">
		<div class="comment">
			<p class="meta">
				<b><bdi><xsl:value-of select="@name"/></bdi></b>
				<xsl:if test="@guest"><xsl:text> </xsl:text><small><xsl:value-of select="@guest"/></small></xsl:if>
				<xsl:text> </xsl:text>
				<time datetime="{@published}"><xsl:value-of select="@published-text"/></time>
			</p>
			<div class="prose"><xsl:copy-of select="text/node()"/></div>
		</div>
	</xsl:template>

</xsl:stylesheet>
