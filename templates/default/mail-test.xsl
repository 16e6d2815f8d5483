<?xml version="1.0" encoding="UTF-8"?>
<!-- The email queue and the last test email. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'mail-test']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
		</header>
		<xsl:apply-templates select="worker-stopped"/>
		<xsl:if test="note"><p class="note"><xsl:value-of select="note"/></p></xsl:if>
		<ul class="sizes">
			<xsl:for-each select="sizes/size">
				<li>
					<span><xsl:value-of select="."/></span>
					<meter min="0" max="{@max}" value="{@count}" aria-hidden="true"><xsl:value-of select="@count"/></meter>
					<b><xsl:value-of select="@count"/><xsl:if test="@count = 1000">+</xsl:if></b>
				</li>
			</xsl:for-each>
		</ul>
		<xsl:if test="test">
			<section>
				<h2 class="label"><ui:text>Last test email</ui:text></h2>
				<p role="status">
					<strong><xsl:value-of select="test/@state-text"/></strong>
					<xsl:text> </xsl:text>
					<time class="count" datetime="{test/@created}"><xsl:value-of select="test/@created-text"/></time>
				</p>
				<xsl:if test="test/@problem">
					<p class="problem">
						<xsl:if test="test/@problem-lang"><xsl:attribute name="lang"><xsl:value-of select="test/@problem-lang"/></xsl:attribute></xsl:if>
						<xsl:value-of select="test/@problem"/>
					</p>
				</xsl:if>
				<p class="actions"><a href="{@href}"><ui:text>Refresh</ui:text></a></p>
			</section>
		</xsl:if>
		<xsl:apply-templates select="form"/>
	</xsl:template>

</xsl:stylesheet>
