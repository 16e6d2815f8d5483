<?xml version="1.0" encoding="UTF-8"?>
<!-- The account page: signed-in devices, password, links to two-factor authentication and to personal data. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'profile']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="account/@email"/></p>
		</header>
		<section>
			<h2 class="label"><ui:text>Signed-in devices</ui:text></h2>
			<ul class="devices">
				<xsl:for-each select="devices/device">
					<li>
						<span>
							<xsl:value-of select="@name"/>
							<xsl:text> </xsl:text>
							<time class="count" datetime="{@since}"><xsl:value-of select="@since-text"/></time>
						</span>
						<xsl:if test="@current"><span class="count"><ui:text>This device</ui:text></span></xsl:if>
						<xsl:apply-templates select="form"/>
					</li>
				</xsl:for-each>
			</ul>
			<xsl:if test="devices/form">
				<p class="account-text">
					<ui:text>Signing out of all other devices also cancels unused links and codes in emails.</ui:text>
					<xsl:if test="account/@role != 'member' and account/@role != 'moderator'">
						<xsl:text> </xsl:text>
						<ui:text>It also revokes your private calendar address.</ui:text>
					</xsl:if>
				</p>
			</xsl:if>
			<xsl:apply-templates select="devices/form"/>
		</section>
		<section id="password">
			<h2 class="label"><ui:text>Password</ui:text></h2>
			<xsl:if test="form[@name = 'password'] and not(form[@name = 'password']/field[@name = 'old'])">
				<p class="account-text"><ui:text>You have no password yet. You can sign in by email, or set a password here.</ui:text></p>
			</xsl:if>
			<xsl:apply-templates select="form[@name = 'password']"/>
		</section>
		<section>
			<h2 class="label"><ui:text>Two-factor authentication</ui:text></h2>
			<p class="account-text">
				<xsl:choose>
					<xsl:when test="account/@second-factor = 'on'"><ui:text>On. You're asked for a code after your password or sign-in link.</ui:text></xsl:when>
					<xsl:otherwise><ui:text>Off. Anyone who has your password or can read your email can sign in.</ui:text></xsl:otherwise>
				</xsl:choose>
			</p>
			<p class="account-text actions">
				<a href="{account/@second-factor-href}">
					<xsl:choose>
						<xsl:when test="account/@second-factor = 'on'"><ui:text>Manage recovery codes or turn off</ui:text></xsl:when>
						<xsl:otherwise><ui:text>Set up</ui:text></xsl:otherwise>
					</xsl:choose>
				</a>
			</p>
			<h2 class="label"><ui:text>Comments</ui:text></h2>
			<xsl:apply-templates select="form[@name = 'replies']"/>
			<h2 class="label"><ui:text>Your data</ui:text></h2>
			<p class="account-text actions"><a href="{account/@data-href}"><ui:text>View your data or delete your account</ui:text></a></p>
		</section>
		<xsl:apply-templates select="form[@name = 'sign-out']"/>
	</xsl:template>

</xsl:stylesheet>
