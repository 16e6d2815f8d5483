<?xml version="1.0" encoding="UTF-8"?>
<!-- The sign-in page. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'sign-in']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<xsl:if test="advice">
				<p class="standfirst"><xsl:value-of select="advice"/></p>
				<xsl:if test="sign-in">
					<p class="actions"><a href="{sign-in/@href}" target="_blank" rel="opener"><ui:text>Sign in</ui:text></a></p>
				</xsl:if>
			</xsl:if>
		</header>
		<xsl:apply-templates select="form[@name != 'sign-in-mail']"/>
		<xsl:if test="form[@name = 'sign-in-mail']">
			<section>
				<h2 class="label"><ui:text>Sign in by email instead</ui:text></h2>
				<xsl:apply-templates select="form[@name = 'sign-in-mail']"/>
			</section>
		</xsl:if>
		<xsl:if test="sign-up">
			<p class="actions"><a href="{sign-up/@href}"><ui:text>Sign up</ui:text></a></p>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
