<?xml version="1.0" encoding="UTF-8"?>
<!-- A form field whose choices are images of the media library. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<!-- The form of an A/B test names an image by its address. -->
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

	<!-- Images are chosen by their thumbnails. A value is the id of a file or, in the site's settings, the end of its address. -->
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

	<!-- The thumbnail of a file in a list, or its type. -->
	<xsl:template match="file" mode="thumb">
		<xsl:choose>
			<xsl:when test="@thumb"><img src="{@thumb}" alt="" loading="lazy" decoding="async"><xsl:copy-of select="@width | @height"/></img></xsl:when>
			<xsl:otherwise><span class="kind"><xsl:value-of select="@type"/></span></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

</xsl:stylesheet>
