<?xml version="1.0" encoding="UTF-8"?>
<!-- The results of an A/B test. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'experiment-result']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-edit/@href}"><ui:text>Back to the post</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="experiment/@state-text"/></p>
			<xsl:if test="all"><p class="actions"><a href="{all/@href}"><ui:text>New A/B test</ui:text></a></p></xsl:if>
		</header>
		<div class="experiment-result">
			<xsl:for-each select="verdict">
				<p class="verdict {@kind}"><xsl:value-of select="."/></p>
			</xsl:for-each>
			<xsl:apply-templates select="experiment" mode="bars"/>
			<xsl:if test="experiment/variant/@readers"><xsl:apply-templates select="experiment" mode="figures"/></xsl:if>
			<h2 class="label"><ui:text>Reader groups</ui:text></h2>
			<p class="help"><ui:text>Readers are divided into twenty groups of equal size, by network and browser. Each test assigns the groups in its own random order.</ui:text></p>
			<ol class="buckets">
				<xsl:for-each select="experiment/bucket"><li class="is-{@letter}"><xsl:value-of select="@letter"/></li></xsl:for-each>
			</ol>
			<xsl:if test="form">
				<h2 class="label"><ui:text>End test</ui:text></h2>
				<xsl:apply-templates select="form"/>
			</xsl:if>
		</div>
	</xsl:template>

	<!-- A bar for the confidence interval of the rate, with a mark at the rate. The figures are also given as text. -->
	<xsl:template match="experiment" mode="bars">
		<h2 class="label"><xsl:value-of select="@goal-text"/></h2>
		<ul class="variants">
			<xsl:for-each select="variant">
				<li>
					<p class="variant-line"><strong><xsl:value-of select="@letter"/></strong><xsl:text> </xsl:text><span><xsl:value-of select="@share-text"/></span>
						<xsl:if test="@winner"><xsl:text> </xsl:text><span><ui:text>Winner</ui:text></span></xsl:if>
						<xsl:if test="@rate-text"><xsl:text> </xsl:text><span class="rate"><xsl:value-of select="@rate-text"/></span></xsl:if>
					</p>
					<xsl:if test="@readers">
						<svg viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
							<rect class="scale-line" x="0" y="7" width="1000" height="2"/>
							<rect class="interval" x="{@low}" y="4" width="{@high - @low}" height="8"/>
							<rect class="estimate" x="{@rate - 2}" y="0" width="4" height="16"/>
						</svg>
						<p class="scale"><span>0 %</span><span><xsl:value-of select="../@scale-text"/></span></p>
					</xsl:if>
					<xsl:if test="title"><p class="variant-title"><xsl:value-of select="title"/></p></xsl:if>
					<xsl:if test="summary"><p class="help"><xsl:value-of select="summary"/></p></xsl:if>
					<xsl:if test="cover"><img src="{cover/@src}" alt="{cover/@alt}" loading="lazy"/></xsl:if>
				</li>
			</xsl:for-each>
		</ul>
	</xsl:template>

	<xsl:template match="experiment" mode="figures">
		<div class="table" tabindex="0" role="region">
			<xsl:attribute name="aria-label"><ui:text>Results</ui:text></xsl:attribute>
			<table>
				<thead>
					<tr>
						<th scope="col"><ui:text>Variant</ui:text></th>
						<th scope="col"><ui:text>Readers</ui:text></th>
						<th scope="col"><ui:text>Conversions</ui:text></th>
						<th scope="col"><ui:text>Conversion rate</ui:text></th>
						<th scope="col"><ui:text>95% confidence interval</ui:text></th>
					</tr>
				</thead>
				<tbody>
					<xsl:for-each select="variant">
						<tr>
							<td><xsl:value-of select="@letter"/></td>
							<td><xsl:value-of select="@readers"/></td>
							<td><xsl:value-of select="@conversions"/></td>
							<td><xsl:value-of select="@rate-text"/></td>
							<td><xsl:value-of select="@interval-text"/></td>
						</tr>
					</xsl:for-each>
				</tbody>
			</table>
		</div>
		<p class="help"><ui:text>The interval contains the true rate in 19 out of 20 cases. You can check the results as often as you like and stop whenever you like: frequent checking doesn't produce false differences.</ui:text></p>
	</xsl:template>

</xsl:stylesheet>
