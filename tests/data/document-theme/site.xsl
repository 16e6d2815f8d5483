<?xml version="1.0" encoding="UTF-8"?>
<!-- Outputs the page document itself, for the test that validates page documents with templates/page.rng. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

	<xsl:template match="/">
		<xsl:copy-of select="page"/>
	</xsl:template>

</xsl:stylesheet>
