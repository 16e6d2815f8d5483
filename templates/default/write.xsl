<?xml version="1.0" encoding="UTF-8"?>
<!-- The desk: what one has written, and one post in a form. What was before it stands in versions.xsl. -->
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
								<!-- What waits says until when. -->
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
				<input id="find-q" name="q" type="search" value="{@words}" maxlength="{@max}" enterkeyhint="search" autocomplete="off"/>
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
					<xsl:if test="post-media"><xsl:text> </xsl:text><a href="{post-media/@href}"><ui:text>Cover and recording</ui:text></a></xsl:if>
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

	<!-- What was typed and not saved: each to be opened or discarded. -->
	<xsl:template match="page" mode="autosaves">
		<xsl:if test="autosave">
			<section class="autosaves" aria-labelledby="autosaves-title">
				<h2 class="label" id="autosaves-title"><ui:text>Unsaved drafts</ui:text></h2>
				<ul class="rows">
					<xsl:for-each select="autosave">
						<li class="row">
							<span class="entry-text">
								<a href="{@href}"><xsl:if test="@lang and @lang != /page/@lang"><xsl:attribute name="lang"><xsl:value-of select="@lang"/></xsl:attribute></xsl:if><xsl:value-of select="@title"/></a>
							</span>
							<span class="meta">
								<xsl:if test="@post-title"><span><ui:text>changes to:</ui:text><xsl:text> </xsl:text><xsl:value-of select="@post-title"/></span><xsl:text> </xsl:text></xsl:if>
								<xsl:if test="@lang-text"><span lang="{@lang}"><xsl:value-of select="@lang-text"/></span><xsl:text> </xsl:text></xsl:if>
								<time datetime="{@time}"><xsl:value-of select="@time-text"/></time>
							</span>
							<xsl:apply-templates select="form"/>
						</li>
					</xsl:for-each>
				</ul>
			</section>
		</xsl:if>
	</xsl:template>

	<!-- Two on a page need a name each. -->
	<xsl:template match="form[@name = 'discard']">
		<form class="form forget" method="post" action="{@action}">
			<xsl:apply-templates select="field"/>
			<input type="hidden" name="proof" value="{proof/@value}"/>
			<button type="submit">
				<xsl:attribute name="aria-label"><xsl:value-of select="concat(@button, ': ', ../@title)"/></xsl:attribute>
				<xsl:value-of select="@button"/>
			</button>
		</form>
	</xsl:template>

	<!-- The main things first; the rest folded away, but for what needs a look. -->
	<xsl:template match="form[@name = 'post']">
		<form class="form post" method="post" action="{@action}">
			<xsl:attribute name="data-saved"><ui:text>Autosaved, not yet saved to the post:</ui:text></xsl:attribute>
			<xsl:attribute name="data-offline"><ui:text>Couldn't autosave: the site can't be reached. Your text is still on this page, and we keep trying.</ui:text></xsl:attribute>
			<xsl:attribute name="data-signed-out"><ui:text>Couldn't autosave: you are signed out. Sign in in another window. Your text is still on this page, and is autosaved as soon as you are back.</ui:text></xsl:attribute>
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
						<!-- A look needs no choice. -->
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

	<xsl:template match="page[@name = 'trash']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-list/@href}"><ui:text>Posts</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="note"/></p>
		</header>
		<xsl:apply-templates select="form"/>
		<p class="actions">
			<xsl:choose>
				<xsl:when test="delete"><a href="{delete/@href}"><ui:text>Delete permanently</ui:text></a></xsl:when>
				<xsl:when test="back"><a href="{back/@href}"><ui:text>Cancel</ui:text></a></xsl:when>
				<xsl:otherwise><a href="{post-edit/@href}"><ui:text>Back to the post</ui:text></a></xsl:otherwise>
			</xsl:choose>
		</p>
	</xsl:template>

	<xsl:template match="page[@name = 'export']" mode="content">
		<header class="heading">
			<p class="back"><a href="{post-list/@href}"><ui:text>Posts</ui:text></a></p>
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><ui:text>One file with all your posts in Markdown, and the images and recordings used in them. You can open it in any editor, or import it into this site.</ui:text></p>
		</header>
		<xsl:choose>
			<xsl:when test="job/@state = 'ready'">
				<p><a href="{job/@href}" download="download"><ui:text>Download file</ui:text></a></p>
				<p class="meta">
					<span><xsl:value-of select="job/@time-text"/></span><xsl:text> </xsl:text>
					<span><xsl:value-of select="job/@count-text"/></span><xsl:text> </xsl:text>
					<span><xsl:value-of select="job/@size-text"/></span><xsl:text> </xsl:text>
					<span><ui:text>Available until</ui:text><xsl:text> </xsl:text><xsl:value-of select="job/@until-text"/></span>
				</p>
			</xsl:when>
			<xsl:when test="job/@state = 'waiting'">
				<p role="status"><ui:text>The file is being created. Reload this page in a moment.</ui:text></p>
				<xsl:apply-templates select="worker-stopped"/>
			</xsl:when>
			<xsl:when test="job">
				<p class="problem"><ui:text>The file couldn't be created. The site owner can find the reason in the log.</ui:text></p>
			</xsl:when>
		</xsl:choose>
		<xsl:apply-templates select="form"/>
	</xsl:template>

</xsl:stylesheet>
