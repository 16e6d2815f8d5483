/*
 * A folder for a theme that a test writes, the project's default theme, and standard error written to a file. Everything
 * here ends the test when it fails. Use theme_setup() and theme_teardown() as a checked fixture.
 */
#ifndef TESTS_THEME_FIXTURE_H
#define TESTS_THEME_FIXTURE_H

#include "page/doc/doc.h"
#include "page/theme/theme.h"

#define HEAD "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"" \
	" xmlns:ui=\"urn:renown:ui\" xmlns=\"http://www.w3.org/1999/xhtml\">\n"
#define FOOT "</xsl:stylesheet>\n"
#define ROOT "<xsl:template match=\"/\"><html><body><xsl:apply-templates/></body></html></xsl:template>\n"

extern struct arena *arena;  /* freed after the test */
extern char folder[32];      /* empty at first */

void theme_setup(void);
void theme_teardown(void);

/* The project's folder, which contains templates/default. */
const char *source_folder(void);

/* What the process has written to standard error since the test began. */
const char *said(void);

/* Writes a file in the folder. */
void write_file(const char *name, const char *text);

/* The theme in a folder (NULL: the default one), which must be valid. */
struct theme *opened(const char *path);

/* A page with a title that contains markup. */
struct page *sample(const char *lang, const char *name);
const char *rendered(struct theme *theme, const struct page *page);

void assert_has(const char *text, const char *part);
void assert_has_not(const char *text, const char *part);

#endif
