<?xml version="1.0" encoding="UTF-8"?>
<!-- The second factor, what is kept about oneself, and leaving. -->
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

	<!-- Black on white in the dark too: cameras look for it. -->
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
					<xsl:when test="@required"><ui:text>To switch to a new phone, turn it off and set it up again right away. Until then you can't use the permissions of your role.</ui:text></xsl:when>
					<xsl:otherwise><ui:text>You'll no longer be asked for a code when signing in, and your recovery codes will be deleted.</ui:text></xsl:otherwise>
				</xsl:choose>
			</p>
			<xsl:apply-templates select="form[@name = 'turn-off']"/>
		</section>
	</xsl:template>

	<xsl:template match="page[@name = 'personal-data']" mode="content">
		<xsl:apply-templates select="." mode="account-header"/>
		<div class="account-page">
			<p><ui:text>This is everything this site's database stores about you. In addition, the web server logs the pages requested and the IP address of each request.</ui:text></p>
			<table class="data-counts">
				<thead><tr><th scope="col"><ui:text>Data</ui:text></th><th scope="col"><ui:text>Entries</ui:text></th></tr></thead>
				<tbody>
					<xsl:for-each select="counts/item[@count > 0]">
						<tr><td><xsl:value-of select="."/></td><td><xsl:value-of select="@count"/></td></tr>
					</xsl:for-each>
				</tbody>
			</table>
			<xsl:if test="counts/item[@count = 0]">
				<details>
					<summary><ui:text>Data not stored at the moment</ui:text></summary>
					<ul><xsl:for-each select="counts/item[@count = 0]"><li><xsl:value-of select="."/></li></xsl:for-each></ul>
				</details>
			</xsl:if>
			<p class="actions"><a href="{file/@href}" download=""><ui:text>Download all data (JSON)</ui:text></a></p>
			<p><ui:text>The file contains the newest 2,000 entries of each kind.</ui:text></p>
			<p class="actions"><a href="{delete-account/@href}"><ui:text>Delete account</ui:text></a></p>
		</div>
	</xsl:template>

	<xsl:template match="page[@name = 'delete-account']" mode="content">
		<xsl:apply-templates select="." mode="account-header"/>
		<div class="account-page">
			<h2 class="label"><ui:text>What will be deleted</ui:text></h2>
			<p><ui:text>Your name, email address, password and two-factor authentication, all sign-ins, and your access to all content, paid or not. This can't be undone.</ui:text></p>
			<h2 class="label"><ui:text>What will be kept</ui:text></h2>
			<p><ui:text>Your comments stay, without your name. Existing backups still contain everything until they are overwritten.</ui:text></p>
			<xsl:if test="delete-account/@posts">
				<p><ui:text>Your published posts stay online, because others have linked to them; your name is replaced by “Former author”. First unpublish the posts you don't want to keep online, on the Posts page. Drafts and unpublished posts go to the editors.</ui:text></p>
			</xsl:if>
			<xsl:if test="delete-account/@unconfirmed">
				<p class="problem"><ui:text>You only sign in with links. Set a password on your account page first: you need to enter it here to confirm that it's you.</ui:text></p>
			</xsl:if>
			<xsl:apply-templates select="form"/>
		</div>
	</xsl:template>

</xsl:stylesheet>
