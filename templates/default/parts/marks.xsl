<?xml version="1.0" encoding="UTF-8"?>
<!-- Inline icons: the logo with the letter of the site, and the lock. Text beside them says the same. -->
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns="http://www.w3.org/2000/svg">

	<!--
	  A square with slightly rough edges, like a seal stamp, with a light letter.
	  The owner's colour is a presentation attribute, because the content security
	  policy forbids style attributes.
	-->
	<xsl:template match="site" mode="logo">
		<svg class="logo" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
			<path d="M4.4 2 17.3 1.5l13.6.6 12.5-.4 2.7 2.3-.3 12.6.7 14.3-.5 12.6-2.5 2.7-12.9-.3-14.4.6-11.9-.4-2.5-2.4.4-13-.6-13.4.4-12.4Z">
				<xsl:if test="@accent">
					<xsl:attribute name="fill"><xsl:value-of select="@accent"/></xsl:attribute>
					<xsl:attribute name="class">custom</xsl:attribute>
				</xsl:if>
			</path>
			<text x="24" text-anchor="middle">
				<!-- Latin capitals and Han characters need different positions and sizes. -->
				<xsl:choose>
					<xsl:when test="contains('ABCDEFGHIJKLMNOPQRSTUVWXYZ', @mark)">
						<xsl:attribute name="y">36</xsl:attribute>
						<xsl:attribute name="font-size">35</xsl:attribute>
					</xsl:when>
					<xsl:otherwise>
						<xsl:attribute name="y">37</xsl:attribute>
						<xsl:attribute name="font-size">34</xsl:attribute>
					</xsl:otherwise>
				</xsl:choose>
				<xsl:value-of select="@mark"/>
			</text>
		</svg>
	</xsl:template>

	<xsl:template match="post | paywall" mode="lock">
		<svg class="lock" viewBox="0 0 12 14" aria-hidden="true" focusable="false">
			<path d="M1 6h10v7.5H1zM3.2 6V3.8a2.8 2.8 0 0 1 5.6 0V6" fill="none" stroke="currentColor" stroke-width="1.3"/>
			<path d="M6 8.6v2.3" stroke="currentColor" stroke-width="1.3"/>
		</svg>
	</xsl:template>

</xsl:stylesheet>
