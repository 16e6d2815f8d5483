<?xml version="1.0" encoding="UTF-8"?>
<!-- The page that asks for the code from an email, and the sign-up page. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'sign-in-mail' or @name = 'sign-up']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="advice"/></p>
		</header>
		<xsl:apply-templates select="form"/>
		<p class="actions">
			<a href="{back/@href}">
				<xsl:choose>
					<xsl:when test="@name = 'sign-up'"><ui:text>Already a member? Sign in</ui:text></xsl:when>
					<xsl:otherwise><ui:text>Didn't get an email? Request another one</ui:text></xsl:otherwise>
				</xsl:choose>
			</a>
		</p>
	</xsl:template>

</xsl:stylesheet>
