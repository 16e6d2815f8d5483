<?xml version="1.0" encoding="UTF-8"?>
<!-- Rules and bans. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

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

</xsl:stylesheet>
