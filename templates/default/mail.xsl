<?xml version="1.0" encoding="UTF-8"?>
<!-- What a mail lets in: the page that asks for its code, and becoming a member. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'sign-in-mail' or @name = 'sign-up']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="advice"/></p>
		</header>
		<xsl:apply-templates select="form"/>
		<p class="actions">
			<a href="{back/@href}">
				<xsl:choose>
					<xsl:when test="@name = 'sign-up'"><ui:text>Already a member? Sign in</ui:text></xsl:when>
					<xsl:otherwise><ui:text>Didn't get an email? Request another one</ui:text></xsl:otherwise>
				</xsl:choose>
			</a>
		</p>
	</xsl:template>

	<xsl:template match="page[@name = 'invitations']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
		</header>
		<xsl:if test="link">
			<section class="link">
				<h2 class="label"><ui:text>Invitation link (shown only once; creates one account, within a week)</ui:text></h2>
				<pre tabindex="0"><xsl:value-of select="link"/></pre>
			</section>
		</xsl:if>
		<section>
			<h2 class="label"><ui:text>Pending invitations</ui:text></h2>
			<xsl:choose>
				<xsl:when test="invitations/invitation">
					<ul class="devices">
						<xsl:for-each select="invitations/invitation">
							<li>
								<span>
									<xsl:if test="@email"><xsl:value-of select="@email"/><xsl:text> </xsl:text></xsl:if>
									<xsl:value-of select="@role-text"/>
									<xsl:text> </xsl:text>
									<span class="count">
										<ui:text>expires</ui:text><xsl:text> </xsl:text>
										<time datetime="{@until}"><xsl:value-of select="@until-text"/></time>
									</span>
								</span>
								<xsl:apply-templates select="form"/>
							</li>
						</xsl:for-each>
					</ul>
				</xsl:when>
				<xsl:otherwise><p class="empty"><ui:text>No pending invitations.</ui:text></p></xsl:otherwise>
			</xsl:choose>
		</section>
		<xsl:if test="note"><p class="note"><xsl:value-of select="note"/></p></xsl:if>
		<xsl:if test="form">
			<section>
				<h2 class="label"><ui:text>New invitation</ui:text></h2>
				<xsl:apply-templates select="form"/>
			</section>
		</xsl:if>
	</xsl:template>

	<xsl:template match="page[@name = 'mail-test']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
		</header>
		<xsl:apply-templates select="worker-stopped"/>
		<xsl:if test="note"><p class="note"><xsl:value-of select="note"/></p></xsl:if>
		<ul class="sizes">
			<xsl:for-each select="sizes/size">
				<li>
					<span><xsl:value-of select="."/></span>
					<meter min="0" max="{@max}" value="{@count}" aria-hidden="true"><xsl:value-of select="@count"/></meter>
					<b><xsl:value-of select="@count"/><xsl:if test="@count = 1000">+</xsl:if></b>
				</li>
			</xsl:for-each>
		</ul>
		<xsl:if test="test">
			<section>
				<h2 class="label"><ui:text>Last test email</ui:text></h2>
				<p role="status">
					<strong><xsl:value-of select="test/@state-text"/></strong>
					<xsl:text> </xsl:text>
					<time class="count" datetime="{test/@created}"><xsl:value-of select="test/@created-text"/></time>
				</p>
				<xsl:if test="test/@problem"><p class="problem" lang="en"><xsl:value-of select="test/@problem"/></p></xsl:if>
				<p class="actions"><a href="{@href}"><ui:text>Refresh</ui:text></a></p>
			</section>
		</xsl:if>
		<xsl:apply-templates select="form"/>
	</xsl:template>

</xsl:stylesheet>
