#include "page/markdown_build.h"

#include <string.h>

enum marker
marker_of(const char *comment, size_t length)
{
	const char *word = comment + 4, *end = comment + length - 3;

	if (length < 7 || strncmp(comment, "<!--", 4) != 0 || strncmp(end, "-->", 3) != 0)
		return MARKER_NONE;
	while (word < end && (*word == ' ' || *word == '\t' || *word == '\n'))
		word++;
	while (end > word && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\n'))
		end--;
	if (end - word != 4)
		return MARKER_NONE;
	return strncmp(word, "more", 4) == 0 ? MARKER_MORE : strncmp(word, "paid", 4) == 0 ? MARKER_PAID : MARKER_NONE;
}

/* What stands behind the first <!--paid--> stays there: a later <!--more--> opens nothing. */
void
build_cut(struct build *build, enum marker marker, struct place place)
{
	if (build->flavour != MARKDOWN_ARTICLE)
		return;
	if (marker == MARKER_PAID && !build->has_paid) {
		build->has_paid = true;
		build->paid = place;
	} else if (marker == MARKER_MORE && !build->has_more && !build->has_paid) {
		build->has_more = true;
		build->more = place;
	}
}

/*
 * Inside a list or a quotation nothing can be cut. <!--more--> there is only reported; <!--paid--> is taken
 * to mean the whole block that it stands in, so that nothing becomes open by mistake.
 */
void
build_misplaced_marker(struct build *build, enum marker marker)
{
	if (marker == MARKER_NONE || build->flavour != MARKDOWN_ARTICLE)
		return;
	if (marker == MARKER_PAID)
		build->met_paid = true;
	build_lost(build, marker == MARKER_PAID ? "a marker inside a block cuts before that block"
		: "a marker inside a block cuts nothing", marker == MARKER_PAID ? "<!--paid-->" : "<!--more-->");
}

/* Raw HTML as readers see it: one line as a paragraph, several as they stand. */
static void
build_html_text(struct build *build, const char *html, size_t length)
{
	const char *text;
	bool lines;

	while (length > 0 && strchr(" \t\n", html[length - 1]) != NULL)
		length--;
	while (length > 0 && strchr(" \t\n", *html) != NULL) {
		html++;
		length--;
	}
	if (length == 0)
		return;
	text = arena_bytes(build->arena, html, length);
	lines = strchr(text, '\n') != NULL;
	(void)build_open(build, lines ? "pre" : "p");
	if (lines)
		build_attribute(build, "tabindex", "0");
	build_text(build, build_literal(build, text));
	build_close(build);
	build->last = 0;
	build_lost(build, "HTML became text", build->literal.bytes);
}

void
build_html(struct build *build, cmark_node *node, bool at_top)
{
	const char *rest = cmark_node_get_literal(node), *comment, *end;

	/* A comment without an end would hide all that follows; it is shown instead. */
	while ((comment = strstr(rest, "<!--")) != NULL && (end = strstr(comment + 4, "-->")) != NULL) {
		enum marker marker = marker_of(comment, (size_t)(end + 3 - comment));
		build_html_text(build, rest, (size_t)(comment - rest));
		if (marker != MARKER_NONE && at_top)
			build_cut(build, marker, build_place(build));
		else
			build_misplaced_marker(build, marker);
		rest = end + 3;
	}
	build_html_text(build, rest, strlen(rest));
}
