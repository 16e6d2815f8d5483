<?xml version="1.0" encoding="UTF-8"?>
<!-- Eight weeks as a calendar. The title of an entry is drawn by queue.xsl. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<!-- A table. On phones it becomes a list of the days that have entries. -->
	<xsl:template match="page[@name = 'calendar']" mode="content">
		<xsl:apply-templates select="." mode="schedule-header"/>
		<xsl:if test="not(weeks/week/day/entry)">
			<p class="empty"><ui:text>Nothing is scheduled for these 8 weeks.</ui:text></p>
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

</xsl:stylesheet>
