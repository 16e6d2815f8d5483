<?xml version="1.0" encoding="UTF-8"?>
<!-- Backups: the form to make one, and a download form for each. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'backups']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><ui:text>A backup contains the whole site: posts, users, settings, images, audio and video, in one file that you can open without our software.</ui:text></p>
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

</xsl:stylesheet>
