<?xml version="1.0" encoding="UTF-8"?>
<!-- Moderation: the queue with one comment large, lists, the page of a comment, logs, rules, bans, private feeds; flagging a comment. -->
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

	<xsl:template match="decisions">
		<ol class="audit-log">
			<xsl:for-each select="decision">
				<li>
					<p>
						<b><xsl:value-of select="@done-text"/></b>
						<xsl:if test="@undone"><xsl:text> · </xsl:text><span><ui:text>undone</ui:text></span></xsl:if>
						<xsl:if test="post"><xsl:text> · </xsl:text><a href="{post/@href}"><xsl:value-of select="post"/></a></xsl:if>
					</p>
					<xsl:if test="@rule or note">
						<p class="values">
							<xsl:value-of select="@rule"/>
							<xsl:if test="@rule and note"><xsl:text> · </xsl:text></xsl:if>
							<bdi><xsl:value-of select="note"/></bdi>
						</p>
					</xsl:if>
					<p class="count">
						<time datetime="{@time}"><xsl:value-of select="@clock"/></time>
						<xsl:if test="@user"><xsl:text> · </xsl:text><bdi><xsl:value-of select="@user"/></bdi></xsl:if>
						<xsl:if test="@href and /page/@name != 'moderate-comment'"><xsl:text> · </xsl:text><a href="{@href}"><ui:text>Comment</ui:text></a></xsl:if>
					</p>
					<xsl:apply-templates select="form"/>
				</li>
			</xsl:for-each>
		</ol>
	</xsl:template>

	<xsl:template match="page[@name = 'moderate-log']" mode="content">
		<xsl:apply-templates select="." mode="moderate-header"/>
		<xsl:choose>
			<xsl:when test="decisions/decision"><xsl:apply-templates select="decisions"/></xsl:when>
			<xsl:otherwise><p class="empty"><ui:text>Nothing here yet.</ui:text></p></xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

	<xsl:template match="page[@name = 'moderation']" mode="content">
		<header class="heading">
			<h1><xsl:value-of select="heading"/></h1>
			<p class="standfirst"><xsl:value-of select="lead"/></p>
		</header>
		<xsl:choose>
			<xsl:when test="decisions/decision"><xsl:apply-templates select="decisions"/></xsl:when>
			<xsl:otherwise><p class="empty"><ui:text>Nothing here yet.</ui:text></p></xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

	<xsl:template match="page[@name = 'moderate-rules']" mode="content">
		<xsl:apply-templates select="." mode="moderate-header"/>
		<xsl:if test="not(rules/rule)"><p class="empty"><ui:text>No rules yet. A rule holds, marks or refuses comments that match it.</ui:text></p></xsl:if>
		<ul class="devices">
			<xsl:for-each select="rules/rule">
				<li>
					<span>
						<b><xsl:value-of select="@pattern"/></b>
						<xsl:text> · </xsl:text><xsl:value-of select="@field-text"/>
						<xsl:text> · </xsl:text><xsl:value-of select="@action-text"/>
						<xsl:text> </xsl:text><span class="count"><bdi><xsl:value-of select="note"/></bdi></span>
					</span>
					<xsl:apply-templates select="form"/>
				</li>
			</xsl:for-each>
		</ul>
		<section id="try">
			<h2 class="label"><ui:text>New rule</ui:text></h2>
			<form class="form" method="get" action="{try/@href}#try">
				<xsl:if test="try/@problem"><p class="problem" role="alert"><xsl:value-of select="try/@problem"/></p></xsl:if>
				<xsl:for-each select="try/field">
					<div class="form-field">
						<label for="try-{@name}"><xsl:value-of select="@label"/></label>
						<xsl:choose>
							<xsl:when test="choice">
								<select id="try-{@name}" name="{@name}">
									<xsl:for-each select="choice">
										<option value="{@value}"><xsl:if test="@chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="."/></option>
									</xsl:for-each>
								</select>
							</xsl:when>
							<xsl:otherwise>
								<input id="try-{@name}" name="{@name}" type="text" maxlength="{@max}" required="required" value="{@value}">
									<xsl:if test="@help"><xsl:attribute name="aria-describedby"><xsl:value-of select="concat('try-', @name, '-help')"/></xsl:attribute></xsl:if>
								</input>
								<xsl:if test="@help"><p class="help" id="try-{@name}-help"><xsl:value-of select="@help"/></p></xsl:if>
							</xsl:otherwise>
						</xsl:choose>
					</div>
				</xsl:for-each>
				<p class="buttons"><button type="submit" class="main"><ui:text>Test rule</ui:text></button></p>
			</form>
		</section>
		<xsl:if test="rule-test">
			<section>
				<h2 class="label"><ui:text>Test result</ui:text></h2>
				<p class="note"><xsl:value-of select="rule-test/@text"/></p>
				<ol class="queue-lines"><xsl:for-each select="rule-test/entry"><li><xsl:apply-templates select="." mode="line"/></li></xsl:for-each></ol>
			</section>
		</xsl:if>
		<!-- The rule that was tried, ready to be saved. -->
		<xsl:for-each select="form">
			<form class="form rule" method="post" action="{@action}">
				<xsl:if test="@problem"><p class="problem" role="alert"><xsl:value-of select="@problem"/></p></xsl:if>
				<xsl:for-each select="field">
					<xsl:if test="@problem"><p class="problem" role="alert"><xsl:value-of select="@problem"/></p></xsl:if>
					<input type="hidden" name="{@name}">
						<xsl:attribute name="value">
							<xsl:choose>
								<xsl:when test="choice"><xsl:value-of select="choice[@chosen]/@value"/></xsl:when>
								<xsl:otherwise><xsl:value-of select="@value"/></xsl:otherwise>
							</xsl:choose>
						</xsl:attribute>
					</input>
				</xsl:for-each>
				<input type="hidden" name="proof" value="{proof/@value}"/>
				<p class="buttons"><button type="submit" class="main"><xsl:value-of select="@button"/></button></p>
			</form>
		</xsl:for-each>
	</xsl:template>

	<xsl:template match="page[@name = 'moderate-bans']" mode="content">
		<xsl:apply-templates select="." mode="moderate-header"/>
		<xsl:if test="not(bans/ban)"><p class="empty"><ui:text>Nobody is banned. To ban somebody, open one of their comments.</ui:text></p></xsl:if>
		<ul class="devices">
			<xsl:for-each select="bans/ban">
				<li>
					<span>
						<b><bdi><xsl:value-of select="@name"/></bdi></b>
						<xsl:text> · </xsl:text><xsl:value-of select="@kind-text"/>
						<xsl:text> </xsl:text>
						<span class="count">
							<time datetime="{@created}"><xsl:value-of select="@created-text"/></time>
							<xsl:text> – </xsl:text>
							<xsl:choose>
								<xsl:when test="@expires"><time datetime="{@expires}"><xsl:value-of select="@expires-text"/></time></xsl:when>
								<xsl:otherwise><ui:text>no end</ui:text></xsl:otherwise>
							</xsl:choose>
							<xsl:text> · </xsl:text><bdi><xsl:value-of select="note"/></bdi>
						</span>
					</span>
					<xsl:apply-templates select="form"/>
				</li>
			</xsl:for-each>
		</ul>
		<xsl:apply-templates select="." mode="pager"/>
	</xsl:template>

	<xsl:template match="page[@name = 'moderate-feeds']" mode="content">
		<xsl:apply-templates select="." mode="moderate-header"/>
		<p class="note"><ui:text>Subscribe to the moderation queue in a feed reader. Everyone who knows an address can read the queue, so create one for each reader and revoke those that you no longer use.</ui:text></p>
		<xsl:if test="link">
			<section class="link">
				<h2 class="label"><ui:text>New address (shown only once)</ui:text></h2>
				<pre tabindex="0"><xsl:value-of select="link"/></pre>
			</section>
		</xsl:if>
		<xsl:if test="addresses/address">
			<ul class="devices">
				<xsl:for-each select="addresses/address">
					<li>
						<span><bdi><xsl:value-of select="@name"/></bdi><xsl:text> </xsl:text><time class="count" datetime="{@created}"><xsl:value-of select="@created-text"/></time></span>
						<xsl:apply-templates select="form"/>
					</li>
				</xsl:for-each>
			</ul>
		</xsl:if>
		<xsl:apply-templates select="form"/>
	</xsl:template>

	<!-- A link from an email, and the page where a member flags a comment. -->
	<xsl:template match="page[@name = 'moderate-link' or @name = 'flag']" mode="content">
		<header class="heading">
			<h1><bdi><xsl:value-of select="heading"/></bdi></h1>
			<xsl:if test="item/post"><p class="standfirst"><a href="{item/post/@href}"><xsl:value-of select="item/post"/></a></p></xsl:if>
		</header>
		<blockquote class="above">
			<p class="meta">
				<xsl:if test="item/@name"><b><bdi><xsl:value-of select="item/@name"/></bdi></b><xsl:text> </xsl:text></xsl:if>
				<time datetime="{item/@created}"><xsl:value-of select="item/@created-text"/></time>
				<xsl:if test="item/@state-text"><xsl:text> </xsl:text><span><xsl:value-of select="item/@state-text"/></span></xsl:if>
			</p>
			<div class="prose"><xsl:copy-of select="item/text/node()"/></div>
		</blockquote>
		<xsl:if test="@name = 'moderate-link' and not(form)"><p class="note"><ui:text>Somebody has already decided about this comment.</ui:text></p></xsl:if>
		<xsl:if test="@name = 'flag' and not(form)"><p class="note"><ui:text>You can't flag your own comment.</ui:text></p></xsl:if>
		<xsl:apply-templates select="form"/>
	</xsl:template>

</xsl:stylesheet>
