<?xml version="1.0" encoding="UTF-8"?>
<!-- What the site stores about the signed-in user, and the deletion of the account. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

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
			<p><ui:text>Your comments, without your name, unless you choose to delete them too. Existing backups still contain everything until they are deleted.</ui:text></p>
			<xsl:if test="delete-account/@posts">
				<p><ui:text>Your published posts stay online, because others may link to them; your name is replaced by “Former author”. To take posts offline, unpublish them on the Posts page first. Drafts and unpublished posts go to the editors.</ui:text></p>
			</xsl:if>
			<xsl:if test="delete-account/@unconfirmed">
				<p class="problem"><ui:text>You only sign in with links. Set a password on your account page first: you need to enter it here to confirm that it's you.</ui:text></p>
			</xsl:if>
			<xsl:apply-templates select="form"/>
		</div>
	</xsl:template>

</xsl:stylesheet>
