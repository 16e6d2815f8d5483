<?xml version="1.0" encoding="UTF-8"?>
<!-- Users: the list with its search form, and the page of one user. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'people']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
		</header>
		<form class="form filter" role="search" method="get" action="{filter/@href}">
			<div class="form-field">
				<label for="people-q"><ui:text>Name or email address starts with</ui:text></label>
				<input id="people-q" name="q" type="text" maxlength="100" value="{filter}"/>
			</div>
			<p class="buttons"><button type="submit"><ui:text>Search</ui:text></button></p>
		</form>
		<xsl:if test="not(people/person)">
			<p class="empty"><ui:text>No matching users.</ui:text></p>
		</xsl:if>
		<ul class="rows">
			<xsl:for-each select="people/person">
				<li class="row">
					<span class="entry-text"><a href="{@href}"><xsl:value-of select="@name"/></a></span>
					<span class="meta">
						<span><xsl:value-of select="@email"/></span>
						<xsl:text> </xsl:text>
						<span><xsl:value-of select="@role-text"/></span>
						<xsl:if test="@disabled"><xsl:text> </xsl:text><span><ui:text>Suspended</ui:text></span></xsl:if>
					</span>
				</li>
			</xsl:for-each>
		</ul>
		<xsl:apply-templates select="." mode="pager"/>
		<section>
			<h2 class="label"><ui:text>Add user</ui:text></h2>
			<xsl:apply-templates select="form"/>
		</section>
	</xsl:template>

	<xsl:template match="page[@name = 'person']" mode="content">
		<header class="heading">
			<p class="back"><a href="{all/@href}"><ui:text>Users</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="person/@email"/></p>
			<p class="actions"><a href="{person/@audit}"><ui:text>View this user's changes</ui:text></a></p>
		</header>
		<xsl:if test="link">
			<section class="link">
				<h2 class="label"><ui:text>Sign-in link (shown only once; works once, within a day)</ui:text></h2>
				<pre tabindex="0"><xsl:value-of select="link"/></pre>
			</section>
		</xsl:if>
		<xsl:apply-templates select="form[@name != 'sessions' and @name != 'link']"/>
		<xsl:if test="form[@name = 'link']">
			<p class="note"><ui:text>Anyone who has the link can sign in with it once, within a day. Use it for new users, or for users who have lost their password.</ui:text></p>
			<xsl:apply-templates select="form[@name = 'link']"/>
		</xsl:if>
		<xsl:if test="person/device">
			<section>
				<h2 class="label"><ui:text>Signed-in devices</ui:text></h2>
				<ul class="devices">
					<xsl:for-each select="person/device">
						<li><span><xsl:value-of select="@name"/><xsl:text> </xsl:text><time class="count" datetime="{@since}"><xsl:value-of select="@since-text"/></time></span></li>
					</xsl:for-each>
				</ul>
				<xsl:apply-templates select="form[@name = 'sessions']"/>
			</section>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
