<?xml version="1.0" encoding="UTF-8"?>
<!-- Comments as a tree: a reply is inside the comment that it answers. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns="http://www.w3.org/1999/xhtml">

	<xsl:key name="comment" match="comment" use="@id"/>
	<xsl:key name="answers" match="comment" use="@parent"/>

	<xsl:template match="comments">
		<section class="comments" id="comments" aria-labelledby="comments-title">
			<h2 id="comments-title" class="label"><xsl:value-of select="@count-text"/></h2>
			<!-- A reply to a hidden comment is shown at the top level. -->
			<xsl:if test="comment">
				<ol><xsl:apply-templates select="comment[not(@parent) or not(key('comment', @parent))]"/></ol>
			</xsl:if>
			<xsl:if test="@closed-text"><p class="meta"><xsl:value-of select="@closed-text"/></p></xsl:if>
		</section>
	</xsl:template>

	<xsl:template match="comment">
		<li>
			<div class="comment u-comment h-cite" id="{@id}">
				<p class="meta">
					<b class="p-author h-card"><xsl:value-of select="@name"/></b>
					<xsl:text> </xsl:text>
					<a class="u-url" href="#{@id}"><time class="dt-published" datetime="{@published}"><xsl:value-of select="@published-text"/></time></a>
				</p>
				<div class="p-content prose"><xsl:copy-of select="text/node()"/></div>
			</div>
			<xsl:if test="key('answers', @id)">
				<ol><xsl:apply-templates select="key('answers', @id)"/></ol>
			</xsl:if>
		</li>
	</xsl:template>

</xsl:stylesheet>
