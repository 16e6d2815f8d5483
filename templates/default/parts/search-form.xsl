<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:ui="urn:renown:ui"
	xmlns="http://www.w3.org/1999/xhtml"
	exclude-result-prefixes="ui">

	<xsl:template match="page" mode="search-form">
		<form class="search" role="search" method="get" action="{search/@href}">
			<label for="q"><ui:text>Search terms</ui:text></label>
			<span class="field">
				<input id="q" name="q" type="search" value="{query}" maxlength="200" enterkeyhint="search" autocomplete="off"/>
				<button type="submit"><ui:text>Search</ui:text></button>
			</span>
		</form>
	</xsl:template>

</xsl:stylesheet>
