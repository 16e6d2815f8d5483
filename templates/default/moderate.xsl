<?xml version="1.0" encoding="UTF-8"?>
<!-- Moderation: the queue with one large comment, lists of comments, and the page of a comment. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<!-- What the last form did. -->
	<xsl:template match="page" mode="moderate-notices">
		<xsl:for-each select="notice">
			<div class="notice-bar" role="status">
				<p><xsl:value-of select="@text"/></p>
				<xsl:apply-templates select="form"/>
			</div>
		</xsl:for-each>
		<xsl:for-each select="missed">
			<div class="notice-bar missed" role="alert">
				<p>
					<xsl:if test="comment">
						<a href="{@href}">
							<xsl:text>“</xsl:text>
							<bdi><xsl:value-of select="comment"/></bdi>
							<xsl:text>”</xsl:text>
						</a>
						<xsl:text> </xsl:text>
					</xsl:if>
					<xsl:value-of select="@text"/>
				</p>
			</div>
		</xsl:for-each>
	</xsl:template>

	<xsl:template match="page" mode="moderate-header">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
		</header>
		<xsl:apply-templates select="views"/>
		<xsl:apply-templates select="." mode="moderate-notices"/>
	</xsl:template>

	<!-- One comment, large. -->
	<xsl:template match="item">
		<article class="moderated" id="item" aria-labelledby="item-title">
			<p class="meta" id="item-title">
				<b><bdi><xsl:value-of select="@name"/></bdi></b>
				<xsl:if test="@guest"><xsl:text> </xsl:text><span><ui:text>Guest</ui:text></span></xsl:if>
				<xsl:text> </xsl:text>
				<a href="{@href}"><time datetime="{@created}"><xsl:value-of select="@created-text"/></time></a>
				<xsl:if test="@edited"><xsl:text> </xsl:text><span><ui:text>edited</ui:text></span></xsl:if>
				<xsl:if test="@similar-text"><xsl:text> </xsl:text><b><xsl:value-of select="@similar-text"/></b></xsl:if>
			</p>
			<xsl:if test="post">
				<p class="on"><a href="{post/@href}"><xsl:value-of select="post"/></a></p>
			</xsl:if>
			<p class="why">
				<b><xsl:value-of select="@state-text"/></b>
				<xsl:if test="@reason-text"><xsl:text> · </xsl:text><xsl:value-of select="@reason-text"/></xsl:if>
				<xsl:if test="@reason-note"><xsl:text> · </xsl:text><xsl:value-of select="@reason-note"/></xsl:if>
			</p>
			<xsl:for-each select="above">
				<blockquote class="above">
					<p class="meta"><a href="{@href}"><bdi><xsl:value-of select="@name"/></bdi></a><xsl:text> </xsl:text><span><xsl:value-of select="@state-text"/></span></p>
					<div class="prose"><xsl:copy-of select="text/node()"/></div>
				</blockquote>
			</xsl:for-each>
			<div class="prose comment-text"><xsl:copy-of select="text/node()"/></div>
			<xsl:if test="@link"><p class="typed-link"><ui:text>Website:</ui:text><xsl:text> </xsl:text><bdi><xsl:value-of select="@link"/></bdi></p></xsl:if>
			<xsl:for-each select="flag">
				<p class="flagged">
					<b><xsl:value-of select="@reason-text"/></b>
					<xsl:text> · </xsl:text>
					<bdi><xsl:value-of select="@name"/></bdi>
					<xsl:if test="note"><xsl:text> · </xsl:text><bdi><xsl:value-of select="note"/></bdi></xsl:if>
				</p>
			</xsl:for-each>
			<xsl:if test="similar">
				<ul class="similar-list">
					<xsl:for-each select="similar">
						<li><a href="{@href}"><b><bdi><xsl:value-of select="@name"/></bdi></b><xsl:text> </xsl:text><bdi><xsl:value-of select="."/></bdi></a></li>
					</xsl:for-each>
				</ul>
			</xsl:if>
			<xsl:apply-templates select="form[@name = 'decide']"/>
			<xsl:apply-templates select="record"/>
		</article>
	</xsl:template>

	<!-- What the spam classifier thinks, and why: positive numbers speak for spam. -->
	<xsl:template match="classifier">
		<section class="classifier">
			<h2 class="label"><ui:text>Spam classifier</ui:text></h2>
			<p class="note">
				<ui:text>Probability of spam:</ui:text><xsl:text> </xsl:text><xsl:value-of select="@spam"/><xsl:text> %</xsl:text>
				<xsl:choose>
					<xsl:when test="@learned = 'spam'"><xsl:text> · </xsl:text><ui:text>Learned as spam</ui:text></xsl:when>
					<xsl:when test="@learned = 'ham'"><xsl:text> · </xsl:text><ui:text>Learned as no spam</ui:text></xsl:when>
				</xsl:choose>
			</p>
			<xsl:choose>
				<xsl:when test="feature">
					<table class="features">
						<thead><tr><th scope="col"><ui:text>Word or feature</ui:text></th><th scope="col"><ui:text>Weight</ui:text></th></tr></thead>
						<tbody>
							<xsl:for-each select="feature">
								<tr class="{@sign}">
									<td>
										<xsl:if test="@kind-text"><span class="kind"><xsl:value-of select="@kind-text"/></span><xsl:text> </xsl:text></xsl:if>
										<bdi><xsl:value-of select="."/></bdi>
									</td>
									<td class="weight">
										<meter min="0" max="100" value="{@size}" aria-hidden="true"/>
										<xsl:text> </xsl:text>
										<xsl:value-of select="@weight"/>
									</td>
								</tr>
							</xsl:for-each>
						</tbody>
					</table>
					<p class="note"><ui:text>A positive weight speaks for spam, a negative one against it. The weights follow from what the classifier has learned so far.</ui:text></p>
				</xsl:when>
				<xsl:otherwise><p class="note"><ui:text>No word of this comment says much about spam.</ui:text></p></xsl:otherwise>
			</xsl:choose>
		</section>
	</xsl:template>

	<xsl:template match="record">
		<dl class="facts record">
			<div><dt><ui:text>Trust level</ui:text></dt><dd><xsl:value-of select="@level-text"/></dd></div>
			<div>
				<dt><ui:text>Comments</ui:text></dt>
				<dd>
					<ui:text>Approved:</ui:text><xsl:text> </xsl:text><xsl:value-of select="@approved"/>
					<xsl:text> · </xsl:text>
					<ui:text>Rejected:</ui:text><xsl:text> </xsl:text><xsl:value-of select="@rejected"/>
					<xsl:text> · </xsl:text>
					<ui:text>Flagged rightly:</ui:text><xsl:text> </xsl:text><xsl:value-of select="@upheld"/>
				</dd>
			</div>
			<xsl:if test="@since"><div><dt><ui:text>First comment</ui:text></dt><dd><time datetime="{@since}"><xsl:value-of select="@since-text"/></time></dd></div></xsl:if>
			<xsl:if test="@comments or @same-name or @same-network">
				<div>
					<dt><ui:text>Show</ui:text></dt>
					<dd class="shows">
						<xsl:if test="@comments"><a href="{@comments}"><ui:text>This person</ui:text></a></xsl:if>
						<xsl:if test="@same-name"><xsl:text> </xsl:text><a href="{@same-name}"><ui:text>Same name</ui:text></a></xsl:if>
						<xsl:if test="@same-network"><xsl:text> </xsl:text><a href="{@same-network}"><ui:text>Same network</ui:text></a></xsl:if>
						<xsl:if test="../post/@comments"><xsl:text> </xsl:text><a href="{../post/@comments}"><ui:text>Same post</ui:text></a></xsl:if>
					</dd>
				</div>
			</xsl:if>
		</dl>
	</xsl:template>

	<!-- Decisions: always in the same place. The keys are in moderate.js. -->
	<xsl:template match="form[@name = 'decide']">
		<form class="form decide" method="post" action="{@action}">
			<xsl:if test="@problem"><p class="problem" role="alert"><xsl:value-of select="@problem"/></p></xsl:if>
			<details>
				<summary><ui:text>Rule and note</ui:text></summary>
				<xsl:apply-templates select="field[@name = 'heading' or @name = 'note']"/>
			</details>
			<xsl:apply-templates select="field[@name = 'items' or @name = 'back']"/>
			<input type="hidden" name="proof" value="{proof/@value}"/>
			<p class="buttons decisions">
				<xsl:apply-templates select="button" mode="decision"/>
				<xsl:choose>
					<xsl:when test="/page/queue/entry[@current]/following-sibling::entry[1]">
						<a class="skip-item" rel="next" href="{/page/queue/entry[@current]/following-sibling::entry[1]/@href}"><ui:text>Skip</ui:text></a>
					</xsl:when>
					<xsl:when test="/page/queue"><a class="skip-item" href="{/page/views/view[1]/@href}"><ui:text>Skip</ui:text></a></xsl:when>
				</xsl:choose>
				<xsl:if test="/page/queue/entry[@current]/preceding-sibling::entry[1]">
					<a class="hidden" rel="prev" href="{/page/queue/entry[@current]/preceding-sibling::entry[1]/@href}" tabindex="-1" aria-hidden="true"/>
				</xsl:if>
			</p>
		</form>
	</xsl:template>

	<xsl:template match="button" mode="decision">
		<button type="submit" name="do" value="{@value}">
			<xsl:if test="position() = 1"><xsl:attribute name="class">main</xsl:attribute></xsl:if>
			<xsl:if test="@value = 'approve'"><xsl:attribute name="aria-keyshortcuts">a</xsl:attribute></xsl:if>
			<xsl:if test="@value = 'reject'"><xsl:attribute name="aria-keyshortcuts">r</xsl:attribute></xsl:if>
			<xsl:if test="@value = 'spam'"><xsl:attribute name="aria-keyshortcuts">s</xsl:attribute></xsl:if>
			<xsl:value-of select="."/>
		</button>
	</xsl:template>

	<xsl:template match="form[@name = 'undo']">
		<form class="form undo" method="post" action="{@action}">
			<xsl:apply-templates select="field"/>
			<input type="hidden" name="proof" value="{proof/@value}"/>
			<button type="submit"><xsl:value-of select="@button"/></button>
		</form>
	</xsl:template>

	<!-- A list of comments, each with a checkbox, and the buttons for those that are chosen. -->
	<xsl:template match="queue">
		<form class="form bulk" method="post" action="{../form[@name = 'bulk']/@action}">
			<xsl:if test="../form[@name = 'bulk']/@problem"><p class="problem" role="alert"><xsl:value-of select="../form[@name = 'bulk']/@problem"/></p></xsl:if>
			<xsl:apply-templates select="../form[@name = 'bulk']/field[@name = 'back']"/>
			<input type="hidden" name="proof" value="{../form[@name = 'bulk']/proof/@value}"/>
			<ol class="queue-lines">
				<xsl:for-each select="entry">
					<li>
						<xsl:if test="@current"><xsl:attribute name="class">current</xsl:attribute></xsl:if>
						<label class="pick"><input type="checkbox" name="pick{position() - 1}" value="{@versions}"><xsl:attribute name="aria-label"><xsl:value-of select="@name"/></xsl:attribute></input></label>
						<xsl:apply-templates select="." mode="line"/>
					</li>
				</xsl:for-each>
			</ol>
			<p class="buttons"><xsl:apply-templates select="../form[@name = 'bulk']/button" mode="bulk"/></p>
		</form>
	</xsl:template>

	<xsl:template match="button" mode="bulk">
		<button type="submit" name="do" value="{@value}"><xsl:value-of select="."/></button>
	</xsl:template>

	<xsl:template match="entry" mode="line">
		<a class="queue-line" href="{@href}">
			<xsl:if test="@current"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
			<span class="who">
				<bdi><xsl:value-of select="@name"/></bdi>
				<xsl:if test="@similar"><xsl:text> </xsl:text><b class="similar">×<xsl:value-of select="@similar"/></b></xsl:if>
				<xsl:if test="@flagged"><xsl:text> </xsl:text><span class="warning"><ui:text>flagged</ui:text></span></xsl:if>
			</span>
			<xsl:text> </xsl:text>
			<bdi class="what"><xsl:value-of select="text"/></bdi>
			<xsl:text> </xsl:text>
			<span class="count"><time datetime="{@created}"><xsl:value-of select="@created-text"/></time><xsl:text> · </xsl:text><xsl:value-of select="@state-text"/></span>
		</a>
	</xsl:template>

	<xsl:template match="page[@name = 'moderate']" mode="content">
		<xsl:apply-templates select="." mode="moderate-header"/>
		<xsl:choose>
			<xsl:when test="item">
				<div class="moderation">
					<xsl:apply-templates select="item"/>
					<section class="queue-column">
						<h2 class="label">
							<ui:text>Waiting:</ui:text>
							<xsl:text> </xsl:text>
							<xsl:value-of select="@waiting"/>
							<xsl:if test="@waiting = 1000">+</xsl:if>
						</h2>
						<xsl:apply-templates select="queue"/>
						<xsl:apply-templates select="." mode="more-waiting"/>
					</section>
				</div>
				<p class="note keys"><ui:text>Keys: J next, K previous, A approve, R reject, S spam.</ui:text></p>
			</xsl:when>
			<xsl:otherwise>
				<p class="empty"><ui:text>Nothing is waiting. New comments that need a decision appear here.</ui:text></p>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template match="page" mode="more-waiting">
		<xsl:if test="older/@href"><p class="actions"><a href="{older/@href}"><ui:text>More</ui:text></a></p></xsl:if>
	</xsl:template>

	<xsl:template match="page[@name = 'moderate-list']" mode="content">
		<xsl:apply-templates select="." mode="moderate-header"/>
		<form class="form filter" role="search" method="get" action="{filter/@href}">
			<div class="form-field">
				<label for="moderate-q"><ui:text>Words in the newest 10,000 comments</ui:text></label>
				<input id="moderate-q" name="q" type="text" maxlength="100" value="{filter}"/>
			</div>
			<p class="buttons"><button type="submit"><ui:text>Search</ui:text></button></p>
		</form>
		<nav class="views" >
			<xsl:attribute name="aria-label"><ui:text>State</ui:text></xsl:attribute>
			<ul>
				<xsl:for-each select="states/view">
					<li><a href="{@href}"><xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if><xsl:value-of select="."/></a></li>
				</xsl:for-each>
			</ul>
		</nav>
		<xsl:if test="lead"><p class="note"><bdi><xsl:value-of select="lead"/></bdi></p></xsl:if>
		<xsl:choose>
			<xsl:when test="queue/entry"><xsl:apply-templates select="queue"/></xsl:when>
			<xsl:otherwise><p class="empty"><ui:text>No comments.</ui:text></p></xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

	<xsl:template match="page[@name = 'moderate-comment']" mode="content">
		<xsl:apply-templates select="." mode="moderate-header"/>
		<xsl:apply-templates select="item"/>
		<xsl:apply-templates select="classifier"/>
		<xsl:if test="decisions/decision">
			<section>
				<h2 class="label"><ui:text>Decisions</ui:text></h2>
				<xsl:apply-templates select="decisions"/>
			</section>
		</xsl:if>
		<xsl:if test="revision">
			<section>
				<h2 class="label"><ui:text>Earlier versions</ui:text></h2>
				<xsl:for-each select="revision">
					<p class="count"><time datetime="{@replaced}"><xsl:value-of select="@replaced-text"/></time></p>
					<pre class="version" tabindex="0"><xsl:value-of select="."/></pre>
				</xsl:for-each>
			</section>
		</xsl:if>
		<xsl:for-each select="form">
			<section>
				<h2 class="label">
					<xsl:choose>
						<xsl:when test="@name = 'edit'"><ui:text>Edit</ui:text></xsl:when>
						<xsl:when test="@name = 'ban'"><ui:text>Ban the author</ui:text></xsl:when>
						<xsl:otherwise><ui:text>Trust</ui:text></xsl:otherwise>
					</xsl:choose>
				</h2>
				<xsl:apply-templates select="."/>
			</section>
		</xsl:for-each>
	</xsl:template>

</xsl:stylesheet>
