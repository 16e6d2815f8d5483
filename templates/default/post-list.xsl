<?xml version="1.0" encoding="UTF-8"?>
<!-- The list of posts that the signed-in user can edit, with its search form. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'post-list']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="actions">
				<a href="{new/@href}"><ui:text>New post</ui:text></a>
				<xsl:if test="queue"><xsl:text> </xsl:text><a href="{queue/@href}"><ui:text>Scheduled posts</ui:text></a></xsl:if>
				<xsl:if test="media-library"><xsl:text> </xsl:text><a href="{media-library/@href}"><ui:text>Media</ui:text></a></xsl:if>
			</p>
		</header>
		<xsl:apply-templates select="views"/>
		<xsl:apply-templates select="filter"/>
		<xsl:apply-templates select="." mode="autosaves"/>
		<xsl:choose>
			<xsl:when test="posts/post">
				<ul class="rows">
					<xsl:for-each select="posts/post">
						<li class="row">
							<span class="entry-text">
								<xsl:apply-templates select="." mode="lang"/>
								<a href="{@edit}"><xsl:value-of select="title"/></a>
							</span>
							<span class="meta">
								<span><xsl:value-of select="@state-text"/></span>
								<!-- The state of a scheduled post contains its time. -->
								<xsl:if test="not(@scheduled)"><xsl:text> </xsl:text><xsl:apply-templates select="." mode="date"/></xsl:if>
							</span>
						</li>
					</xsl:for-each>
				</ul>
			</xsl:when>
			<xsl:when test="filter/@all">
				<p class="empty"><ui:text>No matching posts.</ui:text></p>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>Nothing here yet.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="." mode="pager"/>
		<p class="actions">
			<a href="{import/@href}"><ui:text>Import posts</ui:text></a>
			<xsl:text> </xsl:text>
			<a href="{export/@href}"><ui:text>Export all your posts</ui:text></a>
		</p>
	</xsl:template>

	<xsl:template match="filter">
		<form class="form filter" method="get" action="{@href}" role="search">
			<xsl:if test="@state"><input type="hidden" name="state" value="{@state}"/></xsl:if>
			<div class="form-field">
				<label for="find-q"><ui:text>Title or text</ui:text></label>
				<input id="find-q" name="q" type="search" value="{@query}" maxlength="{@max}" enterkeyhint="search" autocomplete="off"/>
			</div>
			<div class="form-field">
				<label for="find-lang"><ui:text>Language</ui:text></label>
				<select id="find-lang" name="lang"><xsl:apply-templates select="lang" mode="option"/></select>
			</div>
			<div class="form-field">
				<label for="find-kind"><ui:text>Type</ui:text></label>
				<select id="find-kind" name="kind"><xsl:apply-templates select="kind" mode="option"/></select>
			</div>
			<p class="buttons">
				<button type="submit"><ui:text>Search</ui:text></button>
				<xsl:if test="@all"><a href="{@all}"><ui:text>Clear filters</ui:text></a></xsl:if>
			</p>
		</form>
	</xsl:template>

	<xsl:template match="filter/* | choice" mode="option">
		<option value="{@value}">
			<xsl:if test="@chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
			<xsl:value-of select="."/>
		</option>
	</xsl:template>

</xsl:stylesheet>
