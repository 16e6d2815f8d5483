<?xml version="1.0" encoding="UTF-8"?>
<!-- The second factor, what is kept about oneself, and leaving. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page" mode="below-account">
		<header class="opening">
			<p class="back"><a href="{back/@href}"><ui:text>Your account</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
		</header>
	</xsl:template>

	<xsl:template match="page[@name = 'second-factor']" mode="content">
		<xsl:apply-templates select="." mode="below-account"/>
		<div class="safety">
			<xsl:apply-templates select="factor"/>
		</div>
	</xsl:template>

	<xsl:template match="factor[@state = 'off']">
		<xsl:if test="@required">
			<p class="problem"><ui:text>This site asks everybody with your rights for a second factor. Set it up, and everything is open to you.</ui:text></p>
		</xsl:if>
		<p><ui:text>A second factor is a code from an app on your telephone, typed after your password or link. Whoever steals your password or reads your mail still stands outside.</ui:text></p>
		<p><ui:text>Any app for such codes will do: the one that your telephone has, or a free one.</ui:text></p>
		<xsl:apply-templates select="form"/>
	</xsl:template>

	<xsl:template match="factor[@state = 'pending']">
		<ol class="steps">
			<li>
				<p><ui:text>Open your app for codes, and let it look at this square.</ui:text></p>
				<xsl:apply-templates select="qr"/>
				<p class="onward"><a href="{app/@href}"><ui:text>On this device itself: open the app</ui:text></a></p>
				<p><ui:text>Or type these letters into it:</ui:text></p>
				<p class="secret"><code><xsl:value-of select="secret"/></code></p>
			</li>
			<li>
				<p><ui:text>Type the code that it shows.</ui:text></p>
				<xsl:apply-templates select="form"/>
			</li>
		</ol>
	</xsl:template>

	<!-- Black on white in the dark too: cameras look for it. -->
	<xsl:template match="qr">
		<xsl:variable name="name"><ui:text>The secret as a square for cameras; the letters below say the same</ui:text></xsl:variable>
		<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {@size} {@size}" role="img" aria-label="{$name}" shape-rendering="crispEdges">
			<path fill="#fff" d="M0 0h{@size}v{@size}h-{@size}z"/>
			<path fill="#000" d="{@path}"/>
		</svg>
	</xsl:template>

	<xsl:template match="factor[@state = 'codes']">
		<p><ui:text>Your second factor is on. These codes open the door when your device is lost, each of them once. They are shown now and never again: print them or write them down, and keep them away from your device.</ui:text></p>
		<ul class="codes">
			<xsl:for-each select="codes/code">
				<li><code><xsl:value-of select="."/></code></li>
			</xsl:for-each>
		</ul>
		<p class="onward"><a href="{onward/@href}"><ui:text>I have kept them</ui:text></a></p>
	</xsl:template>

	<xsl:template match="factor[@state = 'on']">
		<p>
			<ui:text>It is on since</ui:text>
			<xsl:text> </xsl:text>
			<time datetime="{@since}"><xsl:value-of select="@since-text"/></time>
			<br/>
			<xsl:value-of select="@left"/>
		</p>
		<section>
			<h2 class="label"><ui:text>Recovery codes</ui:text></h2>
			<p><ui:text>New codes make all earlier ones worthless.</ui:text></p>
			<xsl:apply-templates select="form[@name = 'codes']"/>
		</section>
		<section>
			<h2 class="label"><ui:text>Turning it off</ui:text></h2>
			<p>
				<xsl:choose>
					<xsl:when test="@required"><ui:text>For a new telephone: turn it off, and set it up again at once. Without it you can do nothing that your rights would allow.</ui:text></xsl:when>
					<xsl:otherwise><ui:text>Signing in then asks for no code any more, and the recovery codes are gone.</ui:text></xsl:otherwise>
				</xsl:choose>
			</p>
			<xsl:apply-templates select="form[@name = 'off']"/>
		</section>
	</xsl:template>

	<xsl:template match="page[@name = 'own-data']" mode="content">
		<xsl:apply-templates select="." mode="below-account"/>
		<div class="safety">
			<p><ui:text>This is all that this site's store keeps about you. Besides, the web server writes a log of the pages that are asked for, with the network address that asked.</ui:text></p>
			<table class="kept">
				<thead><tr><th scope="col"><ui:text>What</ui:text></th><th scope="col"><ui:text>Entries</ui:text></th></tr></thead>
				<tbody>
					<xsl:for-each select="kept/item[@count > 0]">
						<tr><td><xsl:value-of select="."/></td><td><xsl:value-of select="@count"/></td></tr>
					</xsl:for-each>
				</tbody>
			</table>
			<xsl:if test="kept/item[@count = 0]">
				<details>
					<summary><ui:text>What could be kept, and is not</ui:text></summary>
					<ul><xsl:for-each select="kept/item[@count = 0]"><li><xsl:value-of select="."/></li></xsl:for-each></ul>
				</details>
			</xsl:if>
			<p class="onward"><a href="{file/@href}" download=""><ui:text>Take it all along, as a file (JSON)</ui:text></a></p>
			<p><ui:text>Of each kind the file holds the newest 2,000 entries.</ui:text></p>
			<p class="onward"><a href="{leave/@href}"><ui:text>Delete your account</ui:text></a></p>
		</div>
	</xsl:template>

	<xsl:template match="page[@name = 'leave']" mode="content">
		<xsl:apply-templates select="." mode="below-account"/>
		<div class="safety">
			<h2 class="label"><ui:text>What goes</ui:text></h2>
			<p><ui:text>Your name, your address, your password and second factor, all sign-ins, and everything that you were allowed to read, paid or not. Nobody can bring it back.</ui:text></p>
			<h2 class="label"><ui:text>What stays</ui:text></h2>
			<p><ui:text>Comments stay where they are, without your name. Backups that were made before hold everything until they are overwritten.</ui:text></p>
			<xsl:if test="leave/@posts">
				<p><ui:text>What you have published stays readable, for others have linked to it; instead of your name it says “Former author”. Withdraw first, at your desk, what should not stay. Drafts and withdrawn texts go to the editors.</ui:text></p>
			</xsl:if>
			<xsl:if test="leave/@unproven">
				<p class="problem"><ui:text>You sign in by links only. Set a password on your account page first: typing it here proves that it is you who wants this.</ui:text></p>
			</xsl:if>
			<xsl:apply-templates select="form"/>
		</div>
	</xsl:template>

</xsl:stylesheet>
