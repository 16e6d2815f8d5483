<?xml version="1.0" encoding="UTF-8"?>
<!-- The publishing schedule: its rules, how many time slots were used, the calendar subscription. Its header also heads the queue and the calendar. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page" mode="schedule-header">
		<header class="heading">
			<p class="back"><a href="{post-list/@href}"><ui:text>Posts</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
		</header>
		<xsl:apply-templates select="views"/>
		<xsl:for-each select="problem">
			<p class="problem" role="alert"><xsl:value-of select="."/></p>
		</xsl:for-each>
	</xsl:template>

	<xsl:template match="page[@name = 'schedule']" mode="content">
		<xsl:apply-templates select="." mode="schedule-header"/>
		<xsl:choose>
			<xsl:when test="rules/rule">
				<ul class="rules">
					<xsl:for-each select="rules/rule">
						<li>
							<p><xsl:value-of select="@name"/></p>
							<details>
								<summary><ui:text>iCalendar rule</ui:text></summary>
								<p><code><xsl:value-of select="@rule"/></code></p>
							</details>
							<xsl:apply-templates select="form"/>
						</li>
					</xsl:for-each>
				</ul>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>No publishing schedule yet.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
		<p class="help"><ui:text>Times are in the site’s time zone:</ui:text><xsl:text> </xsl:text><xsl:value-of select="@zone"/></p>
		<xsl:if test="form">
			<section>
				<h2 class="label"><ui:text>Add publishing days</ui:text></h2>
				<xsl:apply-templates select="form"/>
			</section>
		</xsl:if>
		<xsl:apply-templates select="slot-usage"/>
		<xsl:apply-templates select="calendar"/>
	</xsl:template>

	<!-- Checkboxes for the days, in one row. -->
	<xsl:template match="form[@name = 'rule']">
		<form class="form rule" method="post" action="{@action}">
			<xsl:if test="@problem">
				<p class="problem" role="alert"><xsl:value-of select="@problem"/></p>
			</xsl:if>
			<fieldset class="days">
				<legend><ui:text>Days</ui:text></legend>
				<xsl:for-each select="field[count(choice) = 1]">
					<label>
						<input type="checkbox" name="{@name}" value="{choice/@value}">
							<xsl:if test="choice/@chosen"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
						</input>
						<xsl:text> </xsl:text>
						<xsl:value-of select="@label"/>
					</label>
				</xsl:for-each>
			</fieldset>
			<xsl:apply-templates select="field[count(choice) != 1]"/>
			<input type="hidden" name="proof" value="{proof/@value}"/>
			<p class="buttons"><button type="submit"><xsl:value-of select="@button"/></button></p>
		</form>
	</xsl:template>

	<!-- One bar for each week: the height is the number of time slots, the dark part the used ones. A table has the same numbers. -->
	<xsl:template match="slot-usage">
		<xsl:variable name="most">
			<xsl:for-each select="week">
				<xsl:sort select="@slots" data-type="number" order="descending"/>
				<xsl:if test="position() = 1"><xsl:value-of select="@slots"/></xsl:if>
			</xsl:for-each>
		</xsl:variable>
		<section class="slot-usage">
			<h2 class="label"><ui:text>Time slot usage</ui:text></h2>
			<p><xsl:value-of select="@text"/></p>
			<svg viewBox="0 0 360 72" role="img" aria-label="{@text}">
				<xsl:for-each select="week">
					<xsl:variable name="x" select="(position() - 1) * 30 + 2"/>
					<rect class="slots" x="{$x}" width="22" y="{70 - 68 * @slots div $most}" height="{68 * @slots div $most}"/>
					<rect class="used" x="{$x}" width="22" y="{70 - 68 * @used div $most}" height="{68 * @used div $most}"/>
				</xsl:for-each>
				<path class="base" d="M0 70.5H360"/>
			</svg>
			<details>
				<summary><ui:text>View as table</ui:text></summary>
				<table>
					<thead>
						<tr>
							<th scope="col"><ui:text>Week of</ui:text></th>
							<th scope="col"><ui:text>Time slots</ui:text></th>
							<th scope="col"><ui:text>Used</ui:text></th>
						</tr>
					</thead>
					<tbody>
						<xsl:for-each select="week">
							<tr>
								<th scope="row"><xsl:value-of select="@name"/></th>
								<td><xsl:value-of select="@slots"/></td>
								<td><xsl:value-of select="@used"/></td>
							</tr>
						</xsl:for-each>
					</tbody>
				</table>
			</details>
		</section>
	</xsl:template>

	<xsl:template match="page[@name = 'schedule']/calendar">
		<section class="subscribe">
			<h2 class="label"><ui:text>Calendar subscription</ui:text></h2>
			<p>
				<a href="{@href}"><ui:text>Download the next 8 weeks</ui:text></a>
			</p>
			<p class="help"><ui:text>To subscribe in a calendar app, you need a private address. Anyone who has it sees what you see.</ui:text></p>
			<xsl:if test="@address">
				<section class="link">
					<h3 class="label"><ui:text>Private calendar address for your calendar app (shown only once)</ui:text></h3>
					<pre tabindex="0"><xsl:value-of select="@address"/></pre>
				</section>
			</xsl:if>
			<xsl:if test="@since and not(@address)">
				<p class="help"><ui:text>Private address created</ui:text><xsl:text> </xsl:text><xsl:value-of select="@since"/></p>
			</xsl:if>
			<xsl:apply-templates select="form"/>
		</section>
	</xsl:template>

</xsl:stylesheet>
