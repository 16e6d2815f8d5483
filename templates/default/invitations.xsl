<?xml version="1.0" encoding="UTF-8"?>
<!-- Invitations: pending ones and the form for a new one. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'invitations']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
		</header>
		<xsl:if test="link">
			<section class="link">
				<h2 class="label"><ui:text>Invitation link (shown only once; works once, within a week)</ui:text></h2>
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

</xsl:stylesheet>
