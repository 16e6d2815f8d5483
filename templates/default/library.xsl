<?xml version="1.0" encoding="UTF-8"?>
<!-- The media library: all files, one file, and the files of one post. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page[@name = 'media-library']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-list/@href}"><ui:text>Posts</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<xsl:if test="room">
				<p class="standfirst"><xsl:value-of select="room"/></p>
			</xsl:if>
		</header>
		<xsl:apply-templates select="form"/>
		<script src="{@assets}/upload.js?v={@build}" defer="defer"/>
		<form class="form filter" role="search" method="get" action="{filter/@href}">
			<div class="form-field">
				<label for="find-q"><ui:text>File name or alt text</ui:text></label>
				<input id="find-q" name="q" type="search" maxlength="100" value="{filter/@words}"/>
			</div>
			<p class="buttons"><button type="submit"><ui:text>Search</ui:text></button></p>
		</form>
		<xsl:choose>
			<xsl:when test="files/file">
				<ul class="files">
					<xsl:for-each select="files/file">
						<li>
							<a href="{@href}">
								<xsl:apply-templates select="." mode="thumb"/>
								<span class="name"><xsl:value-of select="@name"/></span>
							</a>
							<span class="meta">
								<span><xsl:value-of select="@bytes-text"/></span>
								<xsl:if test="@thumb and @alt = ''"><xsl:text> </xsl:text><span><ui:text>No alt text yet</ui:text></span></xsl:if>
							</span>
						</li>
					</xsl:for-each>
				</ul>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>No files.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
		<xsl:if test="older">
			<p class="actions"><a rel="next" href="{older/@href}"><ui:text>Older files</ui:text></a></p>
		</xsl:if>
	</xsl:template>

	<!-- What stands for a file in a list; its name stands beside it. -->
	<xsl:template match="file" mode="thumb">
		<xsl:choose>
			<xsl:when test="@thumb"><img src="{@thumb}" alt="" loading="lazy" decoding="async"><xsl:copy-of select="@width | @height"/></img></xsl:when>
			<xsl:otherwise><span class="kind"><xsl:value-of select="@type"/></span></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template match="page[@name = 'media-item']" mode="content">
		<header class="heading">
			<p class="back"><a href="{media-library/@href}"><ui:text>Media</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="meta">
				<xsl:for-each select="file/@type | file/@bytes-text | file/@pixels-text | file/@duration-text | file/@created-text">
					<span><xsl:value-of select="."/></span>
					<xsl:text> </xsl:text>
				</xsl:for-each>
			</p>
		</header>
		<xsl:for-each select="file">
			<xsl:choose>
				<xsl:when test="@thumb">
					<figure class="media-preview"><a href="{@src}"><img src="{@thumb}" alt="{@alt}" decoding="async"><xsl:if test="@alt = ''"><xsl:attribute name="alt"><xsl:value-of select="@name"/></xsl:attribute></xsl:if><xsl:copy-of select="@width | @height"/></img></a></figure>
				</xsl:when>
				<xsl:when test="starts-with(@type, 'audio/')">
					<figure class="media-preview"><audio controls="controls" preload="metadata" src="{@src}"/></figure>
				</xsl:when>
				<xsl:when test="starts-with(@type, 'video/')">
					<figure class="media-preview"><video controls="controls" preload="metadata" playsinline="playsinline" src="{@src}"/></figure>
				</xsl:when>
				<xsl:otherwise>
					<p class="actions"><a href="{@src}"><ui:text>Open the file</ui:text></a></p>
				</xsl:otherwise>
			</xsl:choose>
			<section class="snippet">
				<h2 class="label"><ui:text>Markdown code</ui:text></h2>
				<pre tabindex="0"><code><xsl:value-of select="@snippet"/></code></pre>
			</section>
		</xsl:for-each>
		<xsl:apply-templates select="form[@name = 'file']"/>
		<xsl:if test="uses">
			<section class="uses">
				<h2 class="label"><ui:text>Used in</ui:text></h2>
				<ul class="rows">
					<xsl:for-each select="uses/use">
						<li class="row">
							<span class="entry-text"><a href="{@href}"><xsl:value-of select="@title"/></a></span>
							<span class="meta"><span><xsl:value-of select="@state-text"/></span></span>
						</li>
					</xsl:for-each>
				</ul>
				<xsl:if test="not(uses/use)"><p><ui:text>Posts by other authors.</ui:text></p></xsl:if>
			</section>
		</xsl:if>
		<xsl:apply-templates select="form[@name != 'file']"/>
		<xsl:if test="uses">
			<p class="help"><ui:text>A file used in a post can be replaced but not deleted.</ui:text></p>
		</xsl:if>
	</xsl:template>

	<xsl:template match="page[@name = 'post-media']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-edit/@href}"><ui:text>Back to the post</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="actions"><a href="{media-library/@href}"><ui:text>Media</ui:text></a></p>
		</header>
		<xsl:apply-templates select="fetch"/>
		<xsl:apply-templates select="worker-stopped"/>
		<xsl:apply-templates select="form"/>
	</xsl:template>

	<!-- A recording that lies elsewhere: on its way, or why it does not come. -->
	<xsl:template match="fetch">
		<div class="fetch">
			<xsl:choose>
				<xsl:when test="@state = 'failed'"><p class="problem"><ui:text>The recording couldn't be downloaded.</ui:text><xsl:text> </xsl:text><xsl:value-of select="@problem"/></p></xsl:when>
				<xsl:otherwise>
					<p role="status"><ui:text>The recording is being downloaded in the background. Check again in a minute. To stop, clear its address below and save.</ui:text></p>
					<xsl:if test="@problem"><p class="problem"><xsl:value-of select="@problem"/><xsl:text> </xsl:text><ui:text>We'll try again.</ui:text></p></xsl:if>
				</xsl:otherwise>
			</xsl:choose>
			<p class="meta"><span><xsl:value-of select="."/></span><xsl:if test="@detail"><xsl:text> </xsl:text><span lang="en"><xsl:value-of select="@detail"/></span></xsl:if></p>
		</div>
	</xsl:template>

	<!-- A trial names a picture by its address. -->
	<xsl:template match="form[@name = 'experiment']/field[substring-after(@name, '_') = 'cover']">
		<xsl:variable name="field" select="."/>
		<fieldset class="file-choice">
			<legend><xsl:value-of select="@label"/></legend>
			<xsl:if test="@problem"><p class="problem"><xsl:value-of select="@problem"/></p></xsl:if>
			<ul class="files">
				<li>
					<label>
						<input type="radio" name="{@name}" value="">
							<xsl:if test="not(/page/files/file/@src = @value)"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
						</input>
						<span class="name"><ui:text>No change</ui:text></span>
					</label>
				</li>
				<xsl:for-each select="/page/files/file">
					<li>
						<label>
							<input type="radio" name="{$field/@name}" value="{@src}">
								<xsl:if test="@src = $field/@value"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
							</input>
							<xsl:apply-templates select="." mode="thumb"/>
							<span class="name"><xsl:value-of select="@name"/></span>
						</label>
					</li>
				</xsl:for-each>
			</ul>
		</fieldset>
	</xsl:template>

	<!-- Pictures are chosen by what they show: a value is a file's number or, in the site's settings, the end of its address. -->
	<xsl:template match="form[@name = 'post-media']/field[@name = 'cover'] | page[files]/form[@name = 'settings']/field[choice]">
		<xsl:variable name="field" select="@name"/>
		<fieldset class="file-choice">
			<legend><xsl:value-of select="@label"/></legend>
			<xsl:if test="@help">
				<p class="help"><xsl:value-of select="@help"/></p>
			</xsl:if>
			<xsl:if test="@problem">
				<p class="problem" id="{../@name}-{@name}-problem"><xsl:value-of select="@problem"/></p>
			</xsl:if>
			<ul class="files">
				<xsl:for-each select="choice">
					<xsl:variable name="file" select="/page/files/file[@id = current()/@value or (contains(current()/@value, '/') and contains(@src, current()/@value))]"/>
					<li>
						<label>
							<input type="radio" name="{$field}" value="{@value}">
								<xsl:if test="@chosen or (@value = '' and not(../choice/@chosen))"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
							</input>
							<xsl:apply-templates select="$file" mode="thumb"/>
							<span class="name"><xsl:value-of select="."/></span>
						</label>
					</li>
				</xsl:for-each>
			</ul>
		</fieldset>
		<xsl:apply-templates select="." mode="merged"/>
	</xsl:template>

</xsl:stylesheet>
