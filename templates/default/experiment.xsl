<?xml version="1.0" encoding="UTF-8"?>
<!-- The form that starts an A/B test of a post. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'experiment']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-edit/@href}"><ui:text>Back to the post</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><ui:text>Show readers different titles, summaries or covers and find out which does best. Each reader always sees the same variant.</ui:text></p>
		</header>
		<xsl:apply-templates select="form"/>
		<xsl:if test="experiments/experiment">
			<h2 class="label"><ui:text>Previous A/B tests</ui:text></h2>
			<ul class="rows">
				<xsl:for-each select="experiments/experiment">
					<li class="row"><span class="entry-text"><a href="{@href}"><xsl:value-of select="."/></a></span></li>
				</xsl:for-each>
			</ul>
		</xsl:if>
	</xsl:template>

	<!-- One group of fields for each variant. Variants C and D are closed until they are used. -->
	<xsl:template match="form[@name = 'experiment']">
		<form class="form experiment" method="post" action="{@action}">
			<xsl:if test="@problem">
				<p class="problem" role="alert"><xsl:value-of select="@problem"/></p>
			</xsl:if>
			<xsl:apply-templates select="merged"/>
			<fieldset class="variant">
				<legend><ui:text>A: current post</ui:text></legend>
				<p class="variant-title"><xsl:value-of select="../current/title"/></p>
				<xsl:if test="../current/summary != ''">
					<p class="help"><xsl:value-of select="../current/summary"/></p>
				</xsl:if>
				<xsl:apply-templates select="field[starts-with(@name, 'a_')]"/>
			</fieldset>
			<fieldset class="variant">
				<legend><ui:text>B: leave a field empty to keep it unchanged</ui:text></legend>
				<xsl:apply-templates select="field[starts-with(@name, 'b_')]"/>
			</fieldset>
			<xsl:apply-templates select="." mode="collapsed"><xsl:with-param name="letter" select="'C'"/><xsl:with-param name="fields" select="field[starts-with(@name, 'c_')]"/></xsl:apply-templates>
			<xsl:apply-templates select="." mode="collapsed"><xsl:with-param name="letter" select="'D'"/><xsl:with-param name="fields" select="field[starts-with(@name, 'd_')]"/></xsl:apply-templates>
			<fieldset class="variant">
				<legend><ui:text>Goal and end date</ui:text></legend>
				<xsl:apply-templates select="field[@name = 'goal' or @name = 'worth' or @name = 'ends' or @name = 'ends_fold']"/>
			</fieldset>
			<xsl:apply-templates select="field[@type = 'hidden']"/>
			<input type="hidden" name="proof" value="{proof/@value}"/>
			<p class="buttons"><button type="submit" class="main"><xsl:value-of select="@button"/></button></p>
		</form>
	</xsl:template>

	<xsl:template match="form" mode="collapsed">
		<xsl:param name="letter"/>
		<xsl:param name="fields"/>
		<details>
			<xsl:if test="$fields[@problem] or $fields[@type != 'select']/@value != '' or $fields[@type = 'select']/@value != '0'">
				<xsl:attribute name="open">open</xsl:attribute>
			</xsl:if>
			<summary><ui:text>Add variant:</ui:text><xsl:text> </xsl:text><xsl:value-of select="$letter"/></summary>
			<fieldset class="variant">
				<legend><xsl:value-of select="$letter"/></legend>
				<xsl:apply-templates select="$fields"/>
			</fieldset>
		</details>
	</xsl:template>

</xsl:stylesheet>
