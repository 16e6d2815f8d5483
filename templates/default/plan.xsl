<?xml version="1.0" encoding="UTF-8"?>
<!-- When to publish: the queue, eight weeks as a calendar, the plan. -->
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

	<!-- The title of a slot or a post, with the way to write in it. -->
	<xsl:template match="entry" mode="title">
		<xsl:choose>
			<xsl:when test="@href">
				<a href="{@href}">
					<xsl:if test="@lang and @lang != $lang"><xsl:attribute name="lang"><xsl:value-of select="@lang"/></xsl:attribute></xsl:if>
					<xsl:value-of select="@title"/>
					<xsl:if test="@free"><xsl:text>: </xsl:text><ui:text>write a post</ui:text></xsl:if>
				</a>
			</xsl:when>
			<xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template match="page[@name = 'queue']" mode="content">
		<xsl:apply-templates select="." mode="schedule-header"/>
		<xsl:choose>
			<xsl:when test="entries/entry">
				<ol class="queue">
					<xsl:for-each select="entries/entry">
						<li>
							<xsl:if test="@free"><xsl:attribute name="class">free</xsl:attribute></xsl:if>
							<p class="entry-time">
								<time datetime="{@time}"><xsl:value-of select="@time-text"/></time>
								<xsl:if test="not(@slot)"><xsl:text> · </xsl:text><ui:text>custom time</ui:text></xsl:if>
							</p>
							<p class="entry-title"><xsl:apply-templates select="." mode="title"/></p>
							<xsl:apply-templates select="form"/>
						</li>
					</xsl:for-each>
				</ol>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>No posts are scheduled, and there is no publishing schedule yet. Choose your publishing days under “Publishing schedule”.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="form"/>
	</xsl:template>

	<!-- Whose post a button moves is said to those who do not see it beside the button. -->
	<xsl:template match="entry/form">
		<xsl:variable name="title" select="../@title"/>
		<form class="form move" method="post" action="{@action}">
			<input type="hidden" name="from" value="{field[@name = 'from']/@value}"/>
			<input type="hidden" name="proof" value="{proof/@value}"/>
			<p class="buttons">
				<xsl:for-each select="button">
					<button type="submit" name="do" value="{@value}" aria-label="{.}: {$title}"><xsl:value-of select="."/></button>
				</xsl:for-each>
			</p>
		</form>
	</xsl:template>

	<!-- A table that a phone shows as a list of the days that hold something. -->
	<xsl:template match="page[@name = 'calendar']" mode="content">
		<xsl:apply-templates select="." mode="schedule-header"/>
		<xsl:if test="not(weeks/week/day/entry)">
			<p class="empty"><ui:text>Nothing is scheduled for these eight weeks.</ui:text></p>
		</xsl:if>
		<table class="weeks">
			<xsl:if test="not(weeks/week/day/entry)"><xsl:attribute name="class">weeks no-entries</xsl:attribute></xsl:if>
			<thead>
				<tr>
					<th scope="col"><ui:text>Week of</ui:text></th>
					<xsl:for-each select="day-names/day">
						<th scope="col"><abbr title="{@name}"><xsl:value-of select="."/></abbr></th>
					</xsl:for-each>
				</tr>
			</thead>
			<tbody>
				<xsl:for-each select="weeks/week">
					<tr>
						<th scope="row"><xsl:value-of select="@name"/></th>
						<xsl:for-each select="day">
							<td>
								<xsl:attribute name="class">
									<xsl:if test="@past">past </xsl:if>
									<xsl:if test="@today">today </xsl:if>
									<xsl:if test="not(entry)">no-entry</xsl:if>
								</xsl:attribute>
								<time datetime="{@date}">
									<span class="number"><xsl:value-of select="@number"/></span>
									<span class="name"><xsl:value-of select="@name"/></span>
								</time>
								<xsl:for-each select="entry">
									<p>
										<xsl:if test="@free"><xsl:attribute name="class">free</xsl:attribute></xsl:if>
										<span class="clock"><xsl:value-of select="@clock"/></span>
										<xsl:text> </xsl:text>
										<xsl:apply-templates select="." mode="title"/>
									</p>
								</xsl:for-each>
							</td>
						</xsl:for-each>
					</tr>
				</xsl:for-each>
			</tbody>
		</table>
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

	<!-- Days are boxes to be ticked, in a row. -->
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

	<!-- A bar for each week: its height is the number of slots, what is filled were used. The same stands in the table. -->
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
				<a href="{@href}"><ui:text>Download the next eight weeks</ui:text></a>
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
