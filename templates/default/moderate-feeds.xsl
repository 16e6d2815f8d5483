<?xml version="1.0" encoding="UTF-8"?>
<!-- Private feeds of moderators. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'moderate-feeds']" mode="content">
		<xsl:apply-templates select="." mode="moderate-header"/>
		<p class="note"><ui:text>Subscribe to the moderation queue in a feed reader. Everyone who knows an address can read the queue, so create one for each reader and revoke those that you no longer use.</ui:text></p>
		<xsl:if test="link">
			<section class="link">
				<h2 class="label"><ui:text>New address (shown only once)</ui:text></h2>
				<pre tabindex="0"><xsl:value-of select="link"/></pre>
			</section>
		</xsl:if>
		<xsl:if test="addresses/address">
			<ul class="devices">
				<xsl:for-each select="addresses/address">
					<li>
						<span><bdi><xsl:value-of select="@name"/></bdi><xsl:text> </xsl:text><time class="count" datetime="{@created}"><xsl:value-of select="@created-text"/></time></span>
						<xsl:apply-templates select="form"/>
					</li>
				</xsl:for-each>
			</ul>
		</xsl:if>
		<xsl:apply-templates select="form"/>
	</xsl:template>

</xsl:stylesheet>
