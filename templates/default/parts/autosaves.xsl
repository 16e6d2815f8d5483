<?xml version="1.0" encoding="UTF-8"?>
<!-- Autosaved texts, shown above the list of posts and above the editor. Each can be opened or discarded. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page" mode="autosaves">
		<xsl:if test="autosave">
			<section class="autosaves" aria-labelledby="autosaves-title">
				<h2 class="label" id="autosaves-title"><ui:text>Unsaved drafts</ui:text></h2>
				<ul class="rows">
					<xsl:for-each select="autosave">
						<li class="row">
							<span class="entry-text">
								<a href="{@href}"><xsl:if test="@lang and @lang != /page/@lang"><xsl:attribute name="lang"><xsl:value-of select="@lang"/></xsl:attribute></xsl:if><xsl:value-of select="@title"/></a>
							</span>
							<span class="meta">
								<xsl:if test="@post-title"><span><ui:text>changes to:</ui:text><xsl:text> </xsl:text><xsl:value-of select="@post-title"/></span><xsl:text> </xsl:text></xsl:if>
								<xsl:if test="@lang-text"><span lang="{@lang}"><xsl:value-of select="@lang-text"/></span><xsl:text> </xsl:text></xsl:if>
								<time datetime="{@time}"><xsl:value-of select="@time-text"/></time>
							</span>
							<xsl:apply-templates select="form"/>
						</li>
					</xsl:for-each>
				</ul>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- A page can have several of these buttons, so each names its text. -->
	<xsl:template match="form[@name = 'discard']">
		<form class="form discard" method="post" action="{@action}">
			<xsl:apply-templates select="field"/>
			<input type="hidden" name="proof" value="{proof/@value}"/>
			<button type="submit">
				<xsl:attribute name="aria-label"><xsl:value-of select="concat(@button, ': ', ../@title)"/></xsl:attribute>
				<xsl:value-of select="@button"/>
			</button>
		</form>
	</xsl:template>

</xsl:stylesheet>
