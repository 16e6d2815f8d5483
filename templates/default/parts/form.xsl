<?xml version="1.0" encoding="UTF-8"?>
<!-- Forms: each field with its label, help and problem, then the buttons. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<!-- The class of a button: "main", "danger" for what cannot be undone, "quiet" for minor actions. -->
	<xsl:template match="form" mode="button-class">
		<xsl:variable name="name" select="concat(' ', @name, ' ')"/>
		<xsl:attribute name="class">
			<xsl:choose>
				<xsl:when test="contains(' delete-account turn-off remove comment-delete ', $name) or (@name = 'trash' and ../back)">danger</xsl:when>
				<xsl:when test="contains(' sign-out end-session end-others sessions link revoke codes replace calendar calendar-end fill-gaps integrity-check ', $name)">quiet</xsl:when>
				<xsl:otherwise>main</xsl:otherwise>
			</xsl:choose>
		</xsl:attribute>
	</xsl:template>

	<!-- A warning where something waits for renown work, and it is not running. -->
	<xsl:template match="worker-stopped">
		<p class="problem"><ui:text>Background tasks are paused because renown work isn't running. The site owner needs to start it.</ui:text></p>
	</xsl:template>

	<xsl:template match="form">
		<form class="form {@name}" method="post" action="{@action}">
			<xsl:if test="field[@type = 'file']"><xsl:attribute name="enctype">multipart/form-data</xsl:attribute></xsl:if>
			<xsl:if test="@problem">
				<p class="problem" role="alert"><xsl:value-of select="@problem"/></p>
			</xsl:if>
			<xsl:apply-templates select="merged"/>
			<xsl:apply-templates select="field"/>
			<!-- A form on a page that caches keep has none. -->
			<xsl:if test="proof"><input type="hidden" name="proof" value="{proof/@value}"/></xsl:if>
			<p class="buttons">
				<xsl:if test="@button">
					<button type="submit"><xsl:apply-templates select="." mode="button-class"/><xsl:if test="@direct"><xsl:attribute name="data-direct"><xsl:value-of select="@direct"/></xsl:attribute></xsl:if><xsl:value-of select="@button"/></button>
				</xsl:if>
				<xsl:for-each select="button">
					<button type="submit" name="do" value="{@value}">
						<xsl:if test="position() = 1"><xsl:apply-templates select=".." mode="button-class"/></xsl:if>
						<xsl:value-of select="."/>
					</button>
				</xsl:for-each>
			</p>
		</form>
	</xsl:template>

	<!-- Field names are unique only in their form, so ids begin with the name of the form. -->
	<xsl:template match="field">
		<xsl:variable name="id" select="concat(../@name, '-', @name)"/>
		<div class="form-field">
			<xsl:if test="@type != 'check'"><label for="{$id}"><xsl:value-of select="@label"/></label></xsl:if>
			<xsl:choose>
				<!-- One choice that can be made or not: its label says what it does. -->
				<xsl:when test="@type = 'check'">
					<label class="check" for="{$id}">
						<input id="{$id}" name="{@name}" type="checkbox" value="{choice/@value}">
							<xsl:if test="choice/@chosen"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
							<xsl:if test="@help"><xsl:attribute name="aria-describedby"><xsl:value-of select="concat($id, '-help')"/></xsl:attribute></xsl:if>
						</input>
						<xsl:text> </xsl:text>
						<xsl:value-of select="choice"/>
					</label>
				</xsl:when>
				<xsl:when test="@type = 'select'">
					<select id="{$id}" name="{@name}">
						<xsl:apply-templates select="." mode="control"><xsl:with-param name="id" select="$id"/></xsl:apply-templates>
						<xsl:for-each select="choice">
							<option value="{@value}">
								<xsl:if test="@chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
								<xsl:value-of select="."/>
							</option>
						</xsl:for-each>
					</select>
				</xsl:when>
				<xsl:when test="@type = 'textarea'">
					<textarea id="{$id}" name="{@name}" rows="3">
						<xsl:if test="@max > 100000"><xsl:attribute name="rows">24</xsl:attribute></xsl:if>
						<xsl:apply-templates select="." mode="control"><xsl:with-param name="id" select="$id"/></xsl:apply-templates>
						<xsl:value-of select="@value"/>
					</textarea>
				</xsl:when>
				<xsl:when test="@type = 'file'">
					<input id="{$id}" name="{@name}" type="file">
						<xsl:copy-of select="@accept"/>
						<xsl:if test="@many"><xsl:attribute name="multiple">multiple</xsl:attribute></xsl:if>
						<xsl:apply-templates select="." mode="control"><xsl:with-param name="id" select="$id"/></xsl:apply-templates>
					</input>
				</xsl:when>
				<xsl:otherwise>
					<input id="{$id}" name="{@name}" type="{@type}">
						<xsl:apply-templates select="." mode="control"><xsl:with-param name="id" select="$id"/></xsl:apply-templates>
						<xsl:copy-of select="@value"/>
						<xsl:if test="suggestion"><xsl:attribute name="list"><xsl:value-of select="concat($id, '-list')"/></xsl:attribute></xsl:if>
					</input>
					<xsl:if test="suggestion">
						<datalist id="{$id}-list">
							<xsl:for-each select="suggestion">
								<option value="{@value}">
									<xsl:if test=". != ''"><xsl:attribute name="label"><xsl:value-of select="."/></xsl:attribute></xsl:if>
								</option>
							</xsl:for-each>
						</datalist>
					</xsl:if>
				</xsl:otherwise>
			</xsl:choose>
			<xsl:if test="@help">
				<p class="help" id="{$id}-help"><xsl:value-of select="@help"/></p>
			</xsl:if>
			<xsl:if test="@problem">
				<p class="problem" id="{$id}-problem"><xsl:value-of select="@problem"/></p>
			</xsl:if>
			<xsl:apply-templates select="." mode="merged"/>
		</div>
	</xsl:template>

	<!-- Something else was saved while this form was open: what was merged into the form. -->
	<xsl:template match="form/merged">
		<div class="merged">
			<p><ui:text>Nothing was overwritten: the form below contains your changes and the saved ones.</ui:text></p>
			<ul><xsl:for-each select="item"><li><xsl:value-of select="."/></li></xsl:for-each></ul>
		</div>
	</xsl:template>

	<!--
		The same for one field. "other" is the saved value; the author chooses between both. The choice is not "required": in a closed group a
		browser could not show its message, and the button would do nothing. The site reports a missing choice.
	-->
	<xsl:template match="field" mode="merged">
		<xsl:if test="@note"><p class="help changed"><xsl:value-of select="@note"/></p></xsl:if>
		<xsl:if test="other">
			<fieldset class="choose">
				<legend><ui:text>Changed here and elsewhere. Which do you want to keep?</ui:text></legend>
				<label>
					<input type="radio" name="choose_{@name}" value="mine">
						<xsl:if test="other/@chosen = 'mine'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
					</input>
					<xsl:text> </xsl:text>
					<ui:text>Yours, in the field above</ui:text>
				</label>
				<label>
					<input type="radio" name="choose_{@name}" value="theirs">
						<xsl:if test="other/@chosen = 'theirs'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
					</input>
					<xsl:text> </xsl:text>
					<ui:text>The saved one:</ui:text>
				</label>
				<xsl:choose>
					<xsl:when test="other = ''"><p class="other"><ui:text>(empty)</ui:text></p></xsl:when>
					<xsl:otherwise><p class="other"><xsl:value-of select="other"/></p></xsl:otherwise>
				</xsl:choose>
			</fieldset>
		</xsl:if>
	</xsl:template>

	<xsl:template match="field[@type = 'hidden']">
		<input type="hidden" name="{@name}" value="{@value}"/>
	</xsl:template>

	<!-- Attributes of all controls. -->
	<xsl:template match="field" mode="control">
		<xsl:param name="id"/>
		<xsl:if test="@type != 'select' and @type != 'file'">
			<xsl:attribute name="maxlength"><xsl:value-of select="@max"/></xsl:attribute>
		</xsl:if>
		<xsl:copy-of select="@autocomplete"/>
		<xsl:if test="@required and @type != 'select'"><xsl:attribute name="required">required</xsl:attribute></xsl:if>
		<xsl:if test="@problem">
			<xsl:attribute name="aria-invalid">true</xsl:attribute>
		</xsl:if>
		<xsl:choose>
			<xsl:when test="@problem and @help">
				<xsl:attribute name="aria-describedby"><xsl:value-of select="concat($id, '-problem ', $id, '-help')"/></xsl:attribute>
			</xsl:when>
			<xsl:when test="@problem">
				<xsl:attribute name="aria-describedby"><xsl:value-of select="concat($id, '-problem')"/></xsl:attribute>
			</xsl:when>
			<xsl:when test="@help">
				<xsl:attribute name="aria-describedby"><xsl:value-of select="concat($id, '-help')"/></xsl:attribute>
			</xsl:when>
		</xsl:choose>
	</xsl:template>

</xsl:stylesheet>
