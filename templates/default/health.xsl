<?xml version="1.0" encoding="UTF-8"?>
<!-- Site health: results of the checks, last backup, disk usage. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'health']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
		</header>
		<section>
			<h2 class="label"><ui:text>Current status</ui:text></h2>
			<dl class="facts">
				<xsl:for-each select="check-results/check-result">
					<div>
						<dt><xsl:value-of select="@check"/></dt>
						<dd>
							<xsl:if test="@warning"><xsl:attribute name="class">warning</xsl:attribute></xsl:if>
							<xsl:value-of select="."/>
						</dd>
					</div>
				</xsl:for-each>
				<div>
					<dt><ui:text>Last backup</ui:text></dt>
					<dd><a href="{last-backup/@href}"><xsl:value-of select="last-backup"/></a></dd>
				</div>
			</dl>
		</section>
		<section>
			<h2 class="label"><ui:text>Database and files</ui:text></h2>
			<p class="note">
				<ui:text>Last checked:</ui:text>
				<xsl:text> </xsl:text>
				<xsl:value-of select="integrity-check/@ago"/>
			</p>
			<xsl:choose>
				<xsl:when test="integrity-check/check-result">
					<ul class="check-problems">
						<xsl:for-each select="integrity-check/check-result">
							<li><xsl:value-of select="@check"/><xsl:text>: </xsl:text><xsl:value-of select="."/></li>
						</xsl:for-each>
					</ul>
				</xsl:when>
				<xsl:when test="integrity-check/@time">
					<p class="note"><ui:text>No problems found.</ui:text></p>
				</xsl:when>
			</xsl:choose>
			<xsl:choose>
				<xsl:when test="integrity-check/@requested">
					<p class="note"><ui:text>Check requested. It's running in the background.</ui:text></p>
				</xsl:when>
				<xsl:otherwise>
					<xsl:apply-templates select="form"/>
				</xsl:otherwise>
			</xsl:choose>
		</section>
		<section>
			<h2 class="label"><ui:text>Storage</ui:text></h2>
			<xsl:apply-templates select="sizes" mode="bar"/>
			<dl class="facts">
				<xsl:for-each select="sizes/size">
					<div>
						<dt>
							<svg class="legend-key" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" aria-hidden="true" focusable="false"><rect class="part-{position()}" width="8" height="8"/></svg>
							<xsl:value-of select="@label"/>
						</dt>
						<dd><xsl:value-of select="@text"/></dd>
					</div>
				</xsl:for-each>
				<xsl:if test="sizes/@free">
					<div>
						<dt><ui:text>Free disk space</ui:text></dt>
						<dd><xsl:value-of select="sizes/@free"/></dd>
					</div>
				</xsl:if>
			</dl>
		</section>
	</xsl:template>

	<!-- One bar with a part for each kind of file. The numbers are given below. -->
	<xsl:template match="sizes" mode="bar">
		<svg class="storage-bar" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
			<xsl:for-each select="size[@share > 0]">
				<rect x="{sum(preceding-sibling::size/@share)}" y="0" width="{@share}" height="4" class="part-{count(preceding-sibling::size) + 1}"/>
			</xsl:for-each>
		</svg>
	</xsl:template>

</xsl:stylesheet>
