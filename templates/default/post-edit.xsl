<?xml version="1.0" encoding="UTF-8"?>
<!-- The editor: the form of one post, with its preview. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'post-edit']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-list/@href}"><ui:text>Posts</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<xsl:if test="state">
				<p class="standfirst">
					<xsl:choose>
						<xsl:when test="state/@href"><a href="{state/@href}"><xsl:value-of select="state"/></a></xsl:when>
						<xsl:otherwise><xsl:value-of select="state"/></xsl:otherwise>
					</xsl:choose>
					<xsl:text> · </xsl:text>
					<span class="saved"><xsl:value-of select="state/@saved-text"/></span>
				</p>
			</xsl:if>
			<xsl:if test="versions">
				<p class="actions post-links">
					<a href="{versions/@href}"><ui:text>Version history</ui:text></a>
					<xsl:if test="post-media"><xsl:text> </xsl:text><a href="{post-media/@href}"><ui:text>Cover, audio and video</ui:text></a></xsl:if>
					<xsl:if test="experiment"><xsl:text> </xsl:text><a href="{experiment/@href}"><ui:text>A/B test</ui:text></a></xsl:if>
					<xsl:text> </xsl:text>
					<a href="{trash/@href}"><ui:text>Discard changes</ui:text></a>
				</p>
			</xsl:if>
		</header>
		<xsl:apply-templates select="." mode="autosaves"/>
		<div class="editor">
			<xsl:apply-templates select="form"/>
			<xsl:if test="preview">
				<section class="preview" id="preview">
					<h2 class="label"><ui:text>Preview</ui:text></h2>
					<div class="prose"><xsl:copy-of select="preview/node()"/></div>
				</section>
			</xsl:if>
		</div>
		<xsl:for-each select="form/field[theirs]">
			<div class="side-by-side">
				<section>
					<h2 class="label"><ui:text>Your version</ui:text></h2>
					<pre class="mine" tabindex="0"><xsl:value-of select="mine"/></pre>
				</section>
				<section class="theirs">
					<h2 class="label"><ui:text>What was saved elsewhere</ui:text></h2>
					<pre tabindex="0"><xsl:value-of select="theirs"/></pre>
				</section>
			</div>
		</xsl:for-each>
	</xsl:template>

	<!-- Title and text first. Other fields are in closed groups; a group with a problem or a note is open. -->
	<xsl:template match="form[@name = 'post']">
		<form class="form post" method="post" action="{@action}">
			<xsl:attribute name="data-saved"><ui:text>Autosaved, not yet saved to the post:</ui:text></xsl:attribute>
			<xsl:attribute name="data-offline"><ui:text>Couldn't autosave: the site can't be reached. Your text is still on this page, and we'll keep trying.</ui:text></xsl:attribute>
			<xsl:attribute name="data-signed-out"><ui:text>Couldn't autosave: you are signed out. Use another window to sign in. Your text is still on this page, and autosaving continues when you are signed in.</ui:text></xsl:attribute>
			<xsl:attribute name="data-refused"><ui:text>Couldn't autosave. Your text is still on this page:</ui:text></xsl:attribute>
			<xsl:if test="@changed"><xsl:attribute name="data-changed">yes</xsl:attribute></xsl:if>
			<xsl:attribute name="data-end-preview"><ui:text>End public preview here</ui:text></xsl:attribute>
			<xsl:if test="@problem">
				<p class="problem" role="alert"><xsl:value-of select="@problem"/></p>
			</xsl:if>
			<xsl:apply-templates select="merged"/>
			<div class="editor-main">
				<xsl:apply-templates select="field[@name = 'title' or @name = 'text']"/>
			</div>
			<div class="editor-side">
				<xsl:apply-templates select="field[@name = 'summary' or @name = 'tags']"/>
				<xsl:call-template name="collapsed">
					<xsl:with-param name="title"><ui:text>Language, access and date</ui:text></xsl:with-param>
					<xsl:with-param name="fields" select="field[@name = 'lang' or @name = 'access' or @name = 'when' or @name = 'when_fold' or @name = 'comments']"/>
				</xsl:call-template>
				<xsl:call-template name="collapsed">
					<xsl:with-param name="title"><ui:text>URL, type and translations</ui:text></xsl:with-param>
					<xsl:with-param name="fields" select="field[@name = 'slug' or @name = 'kind' or @name = 'translation_of' or @name = 'canonical' or @name = 'featured']"/>
				</xsl:call-template>
				<xsl:apply-templates select="field[@name = 'why']"/>
			</div>
			<xsl:apply-templates select="field[@type = 'hidden']"/>
			<input type="hidden" name="proof" value="{proof/@value}"/>
			<p class="buttons">
				<xsl:for-each select="button">
					<button type="submit" name="do" value="{@value}">
						<xsl:if test="position() = 1"><xsl:attribute name="class">main</xsl:attribute></xsl:if>
						<!-- A preview does not need the required fields. -->
						<xsl:if test="@value = 'preview'"><xsl:attribute name="formnovalidate">formnovalidate</xsl:attribute></xsl:if>
						<xsl:value-of select="."/>
					</button>
				</xsl:for-each>
				<span class="autosave-status" role="status"/>
			</p>
		</form>
	</xsl:template>

	<xsl:template name="collapsed">
		<xsl:param name="title"/>
		<xsl:param name="fields"/>
		<details class="group">
			<xsl:if test="$fields/@problem or $fields/@note or $fields/other"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
			<summary><xsl:value-of select="$title"/></summary>
			<xsl:apply-templates select="$fields"/>
		</details>
	</xsl:template>

</xsl:stylesheet>
