<?xml version="1.0" encoding="UTF-8"?>
<!-- Two-factor authentication: set up, recovery codes, turn off. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page" mode="account-header">
		<header class="heading">
			<p class="back"><a href="{back/@href}"><ui:text>Account</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
		</header>
	</xsl:template>

	<xsl:template match="page[@name = 'second-factor']" mode="content">
		<xsl:apply-templates select="." mode="account-header"/>
		<div class="account-page">
			<xsl:apply-templates select="second-factor"/>
		</div>
	</xsl:template>

	<xsl:template match="second-factor[@state = 'off']">
		<xsl:if test="@required">
			<p class="problem"><ui:text>This site requires two-factor authentication for your role. Set it up to get full access.</ui:text></p>
		</xsl:if>
		<p><ui:text>With two-factor authentication, you enter a code from an authenticator app on your phone after your password or sign-in link. Someone who steals your password or reads your email still can't sign in.</ui:text></p>
		<p><ui:text>Any authenticator app works: the one built into your phone, or a free one.</ui:text></p>
		<xsl:apply-templates select="form"/>
	</xsl:template>

	<xsl:template match="second-factor[@state = 'pending']">
		<ol class="steps">
			<li>
				<p><ui:text>Open your authenticator app and scan this QR code.</ui:text></p>
				<xsl:apply-templates select="qr"/>
				<p class="actions"><a href="{app/@href}"><ui:text>Open the app on this device</ui:text></a></p>
				<p><ui:text>Or enter this key in the app:</ui:text></p>
				<p class="secret"><code><xsl:value-of select="secret"/></code></p>
			</li>
			<li>
				<p><ui:text>Enter the code shown in the app.</ui:text></p>
				<xsl:apply-templates select="form"/>
			</li>
		</ol>
	</xsl:template>

	<!-- Black on white in dark mode, too: cameras need the contrast. -->
	<xsl:template match="qr">
		<xsl:variable name="name"><ui:text>QR code with the setup key; same as the key below</ui:text></xsl:variable>
		<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {@size} {@size}" role="img" aria-label="{$name}" shape-rendering="crispEdges">
			<path fill="#fff" d="M0 0h{@size}v{@size}h-{@size}z"/>
			<path fill="#000" d="{@path}"/>
		</svg>
	</xsl:template>

	<xsl:template match="second-factor[@state = 'codes']">
		<p><ui:text>Two-factor authentication is on. If you lose your device, use one of these recovery codes to sign in. Each code works once. They are shown only now: print them or write them down, and keep them away from your device.</ui:text></p>
		<ul class="codes">
			<xsl:for-each select="codes/code">
				<li><code><xsl:value-of select="."/></code></li>
			</xsl:for-each>
		</ul>
		<p class="actions"><a href="{continue/@href}"><ui:text>I've saved them</ui:text></a></p>
	</xsl:template>

	<xsl:template match="second-factor[@state = 'on']">
		<p>
			<ui:text>On since</ui:text>
			<xsl:text> </xsl:text>
			<time datetime="{@since}"><xsl:value-of select="@since-text"/></time>
			<br/>
			<xsl:value-of select="@left"/>
		</p>
		<section>
			<h2 class="label"><ui:text>Recovery codes</ui:text></h2>
			<p><ui:text>New codes replace all earlier ones.</ui:text></p>
			<xsl:apply-templates select="form[@name = 'codes']"/>
		</section>
		<section>
			<h2 class="label"><ui:text>Turn off two-factor authentication</ui:text></h2>
			<p>
				<xsl:choose>
					<xsl:when test="@required"><ui:text>To switch to a new phone, turn it off and set it up again right away. In between, you can't use the permissions of your role.</ui:text></xsl:when>
					<xsl:otherwise><ui:text>You'll no longer be asked for a code when signing in, and your recovery codes will be deleted.</ui:text></xsl:otherwise>
				</xsl:choose>
			</p>
			<xsl:apply-templates select="form[@name = 'turn-off']"/>
		</section>
	</xsl:template>

</xsl:stylesheet>
