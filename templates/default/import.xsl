<?xml version="1.0" encoding="UTF-8"?>
<!-- Import: the upload form, and the report with the result for each file. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'import']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-list/@href}"><ui:text>Posts</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><ui:text>Import Markdown from any editor, from Hugo or Jekyll, or from an export of this site. You become the author of all imported posts; existing posts don't change. Afterwards you see the result for each file.</ui:text></p>
		</header>
		<xsl:apply-templates select="form"/>
		<xsl:if test="jobs/job">
			<section>
				<h2 class="label"><ui:text>Previous imports</ui:text></h2>
				<ul class="rows">
					<xsl:for-each select="jobs/job">
						<li class="row">
							<span class="entry-text"><a href="{@href}"><xsl:value-of select="@time-text"/></a></span>
							<span class="meta"><span><xsl:value-of select="@state-text"/></span></span>
						</li>
					</xsl:for-each>
				</ul>
			</section>
		</xsl:if>
	</xsl:template>

	<xsl:template match="page[@name = 'import-report']" mode="content">
		<header class="heading">
			<p class="actions">
				<a href="{post-list/@href}"><ui:text>Posts</ui:text></a>
				<xsl:text> </xsl:text>
				<a href="{import/@href}"><ui:text>Import posts</ui:text></a>
			</p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="meta">
				<span><ui:text>Uploaded</ui:text><xsl:text> </xsl:text><xsl:value-of select="state/@time-text"/></span>
				<xsl:if test="state/@until-text">
					<xsl:text> </xsl:text>
					<span><ui:text>Available until</ui:text><xsl:text> </xsl:text><xsl:value-of select="state/@until-text"/></span>
				</xsl:if>
			</p>
		</header>
		<!-- import.js updates this part until the import ends. -->
		<div class="import">
			<xsl:if test="state/@status = 'running'"><xsl:attribute name="data-refresh"><xsl:value-of select="state/@refresh"/></xsl:attribute></xsl:if>
			<xsl:apply-templates select="worker-stopped"/>
			<xsl:apply-templates select="state" mode="import"/>
			<xsl:if test="files/file or state/@status != 'running'">
				<dl class="facts">
					<xsl:for-each select="count">
						<div><dt><xsl:value-of select="@label"/></dt><dd><xsl:value-of select="@value"/></dd></div>
					</xsl:for-each>
				</dl>
			</xsl:if>
			<xsl:if test="files/file">
				<ul class="import-results"><xsl:apply-templates select="files/file" mode="result"/></ul>
			</xsl:if>
			<xsl:if test="older">
				<p class="actions"><a rel="next" href="{older/@href}"><ui:text>More files</ui:text></a></p>
			</xsl:if>
		</div>
		<xsl:if test="state/@status = 'running'">
			<script src="{@assets}/import.js?v={@build}" defer="defer"/>
		</xsl:if>
	</xsl:template>

	<xsl:template match="state[@status = 'running']" mode="import">
		<p role="status"><xsl:value-of select="."/></p>
		<xsl:if test="@texts &gt; 0">
			<p><progress max="{@texts}" value="{@done}"><xsl:attribute name="aria-label"><ui:text>Import progress</ui:text></xsl:attribute><xsl:value-of select="."/></progress></p>
		</xsl:if>
		<p class="help"><ui:text>The import starts within seconds and continues if you leave this page. The report stays in the list of previous imports.</ui:text></p>
		<p class="actions"><a href="{@refresh}"><ui:text>Refresh progress</ui:text></a></p>
	</xsl:template>

	<xsl:template match="state[@status = 'failed']" mode="import">
		<p class="problem" role="status"><xsl:value-of select="@problem"/></p>
	</xsl:template>

	<xsl:template match="state" mode="import">
		<p role="status"><ui:text>Import complete.</ui:text></p>
	</xsl:template>

	<xsl:template match="file" mode="result">
		<li class="{@result}">
			<p>
				<span class="name"><xsl:value-of select="@name"/></span>
				<xsl:text> </xsl:text>
				<span class="result"><xsl:value-of select="@result-text"/></span>
			</p>
			<xsl:if test="@href">
				<p><a href="{@href}"><xsl:value-of select="@title"/></a></p>
			</xsl:if>
			<xsl:if test="@words"><p><xsl:apply-templates select="." mode="note"/></p></xsl:if>
			<xsl:if test="note">
				<ul>
					<xsl:for-each select="note"><li><xsl:apply-templates select="." mode="note"/></li></xsl:for-each>
				</ul>
			</xsl:if>
		</li>
	</xsl:template>

	<xsl:template match="file | note" mode="note">
		<xsl:if test="@line-text"><xsl:value-of select="@line-text"/><xsl:text> · </xsl:text></xsl:if>
		<xsl:value-of select="@words"/>
		<xsl:if test="@about"><xsl:text> </xsl:text><code><xsl:value-of select="@about"/></code></xsl:if>
	</xsl:template>
</xsl:stylesheet>
