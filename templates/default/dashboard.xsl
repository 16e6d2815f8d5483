<?xml version="1.0" encoding="UTF-8"?>
<!-- The dashboard: getting started, the state of the site, recent sign-ins. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'dashboard']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
		</header>
		<xsl:apply-templates select="steps"/>
		<dl class="facts">
			<xsl:for-each select="facts/fact">
				<div>
					<dt><xsl:value-of select="@label"/></dt>
					<dd>
						<xsl:if test="@warning"><xsl:attribute name="class">warning</xsl:attribute></xsl:if>
						<a href="{@href}"><xsl:value-of select="."/></a>
					</dd>
				</div>
			</xsl:for-each>
		</dl>
		<section>
			<h2 class="label"><ui:text>Recent sign-ins</ui:text></h2>
			<dl class="facts">
				<xsl:for-each select="recent-sign-ins/sign-in">
					<div>
						<dt><time datetime="{@time}"><xsl:value-of select="@time-text"/></time></dt>
						<dd><a href="{@href}"><xsl:value-of select="@name"/></a></dd>
					</div>
				</xsl:for-each>
			</dl>
		</section>
	</xsl:template>

	<!-- The getting-started list of a new site. -->
	<xsl:template match="page/steps">
		<section>
			<h2 class="label"><ui:text>Getting started</ui:text></h2>
			<ol class="onboarding-steps">
				<xsl:for-each select="step">
					<li>
						<xsl:if test="@done"><xsl:attribute name="class">done</xsl:attribute></xsl:if>
						<a href="{@href}"><xsl:value-of select="."/></a>
						<xsl:if test="@done"><span class="count"><ui:text>Done</ui:text></span></xsl:if>
					</li>
				</xsl:for-each>
			</ol>
			<xsl:apply-templates select="form"/>
		</section>
	</xsl:template>

</xsl:stylesheet>
