<?xml version="1.0" encoding="UTF-8"?>
<!-- The owner's house: at a glance, health, backups, the audit trail. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<!-- The way between the pages of those who are signed in: rooms, and below them the parts of the one that this page is in. -->
	<xsl:template match="page/rooms">
		<nav class="navigation">
			<xsl:attribute name="aria-label"><ui:text>User menu</ui:text></xsl:attribute>
			<ul><xsl:apply-templates select="room"/></ul>
			<xsl:if test="rooms">
				<ul><xsl:apply-templates select="rooms/room"/></ul>
			</xsl:if>
		</nav>
		<!-- Seen when the address ends in #saved, as after a form that was taken. -->
		<p class="saved-message" id="saved" hidden="hidden" tabindex="-1"><ui:text>Saved.</ui:text></p>
	</xsl:template>

	<xsl:template match="room">
		<li>
			<a href="{@href}">
				<xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
				<xsl:value-of select="."/>
			</a>
		</li>
	</xsl:template>

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

	<!-- What to do first with a new site. -->
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

	<!-- One bar in tints of one colour; the numbers below it say the same. -->
	<xsl:template match="sizes" mode="bar">
		<svg class="storage-bar" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
			<xsl:for-each select="size[@share > 0]">
				<rect x="{sum(preceding-sibling::size/@share)}" y="0" width="{@share}" height="4" class="part-{count(preceding-sibling::size) + 1}"/>
			</xsl:for-each>
		</svg>
	</xsl:template>

	<xsl:template match="page[@name = 'backups']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><ui:text>A backup contains the whole site: posts, users, settings, images and recordings, in one file that you can open without our software.</ui:text></p>
		</header>
		<xsl:if test="note">
			<p class="note"><xsl:value-of select="note"/></p>
		</xsl:if>
		<xsl:apply-templates select="worker-stopped"/>
		<xsl:apply-templates select="form"/>
		<section>
			<h2 class="label"><ui:text>Available backups</ui:text></h2>
			<xsl:choose>
				<xsl:when test="not(backups/backup)">
					<p class="empty"><ui:text>No backups yet.</ui:text></p>
				</xsl:when>
				<xsl:when test="backups/@password">
					<p class="note"><ui:text>You need a password to download a backup. Set one in your account first.</ui:text></p>
				</xsl:when>
				<xsl:otherwise>
					<p class="note"><ui:text>A backup contains everything, including content that only you can see. Keep it where nobody else can read it.</ui:text></p>
				</xsl:otherwise>
			</xsl:choose>
			<ul class="backups">
				<xsl:for-each select="backups/backup">
					<li>
						<h3><time datetime="{@time}"><xsl:value-of select="@clock"/></time> · <xsl:value-of select="@size"/></h3>
						<xsl:apply-templates select="form"/>
					</li>
				</xsl:for-each>
			</ul>
		</section>
	</xsl:template>

	<xsl:template match="page[@name = 'audit']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><ui:text>Who changed what, and when. Entries can't be edited and are kept for two years.</ui:text></p>
		</header>
		<xsl:apply-templates select="views"/>
		<xsl:if test="user-filter">
			<p class="note">
				<ui:text>Changes by:</ui:text>
				<xsl:text> </xsl:text>
				<xsl:value-of select="user-filter"/>
				<xsl:text> · </xsl:text>
				<a href="{user-filter/@href}"><ui:text>Show everyone</ui:text></a>
			</p>
		</xsl:if>
		<xsl:choose>
			<xsl:when test="events/event">
				<ol class="audit-log">
					<xsl:apply-templates select="events/event"/>
				</ol>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>Nothing here yet.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

	<xsl:template match="events/event">
		<li>
			<p>
				<b><xsl:value-of select="@event-text"/></b>
				<xsl:if test="@subject">
					<xsl:text> · </xsl:text>
					<xsl:value-of select="@subject"/>
				</xsl:if>
			</p>
			<xsl:if test="before or after">
				<p class="values">
					<xsl:choose>
						<xsl:when test="before"><del><xsl:value-of select="before"/></del></xsl:when>
						<xsl:otherwise><span class="count"><ui:text>empty</ui:text></span></xsl:otherwise>
					</xsl:choose>
					<xsl:text> → </xsl:text>
					<xsl:choose>
						<xsl:when test="after"><ins><xsl:value-of select="after"/></ins></xsl:when>
						<xsl:otherwise><span class="count"><ui:text>empty</ui:text></span></xsl:otherwise>
					</xsl:choose>
				</p>
			</xsl:if>
			<p class="count">
				<time datetime="{@time}"><xsl:value-of select="@clock"/></time>
				<xsl:text> · </xsl:text>
				<a href="{@user-href}"><xsl:value-of select="@user"/></a>
			</p>
		</li>
	</xsl:template>

</xsl:stylesheet>
