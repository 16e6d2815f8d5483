#include "page/markdown/markdown_build.h"

#include <string.h>
#include <strings.h>

enum marker
marker_of(const char *comment, size_t length)
{
	const char *word = comment + 4, *end = comment + length - 3;

	if (length < 7 || strncmp(comment, "<!--", 4) != 0)
		return MARKER_NONE;
	while (word < end && strchr(" \t\n", *word) != NULL)
		word++;
	while (end > word && strchr(" \t\n", end[-1]) != NULL)
		end--;
	if (end - word != 4)
		return MARKER_NONE;
	return strncasecmp(word, "more", 4) == 0 ? MARKER_MORE
		: strncasecmp(word, "paid", 4) == 0 ? MARKER_PAID : MARKER_NONE;
}

void
build_cut(struct build *build, enum marker marker, struct place place)
{
	if (build->flavour == MARKDOWN_COMMENT)
		return;
	if (marker == MARKER_MORE && !build->has_more) {
		build->has_more = true;
		build->more = place;
	} else if (marker == MARKER_PAID && !build->has_paid) {
		build->has_paid = true;
		build->paid = place;
	}
}

void
build_misplaced_marker(struct build *build, enum marker marker)
{
	if (marker == MARKER_NONE || build->flavour == MARKDOWN_COMMENT)
		return;
	build->met_paid = build->met_paid || marker == MARKER_PAID;
	build_warn(build, N_("a marker inside a list, quote or similar block has no effect"),
		marker == MARKER_PAID ? "<!--paid-->" : "<!--more-->");
}

static bool
is_break(const char *html)
{
	return strcmp(html, "<br>") == 0 || strcmp(html, "<br/>") == 0 || strcmp(html, "<br />") == 0;
}

/* Shows HTML as text: a single line as a paragraph, several lines as a code block. */
static void
build_visible(struct build *build, const char *guarded, size_t length)
{
	const char *html = str_trim(build->arena, build_literal(build, arena_bytes(build->arena, guarded, length)));
	bool lines = strchr(html, '\n') != NULL;

	if (str_empty(html) || is_break(html))
		return;
	if (lines) {
		(void)build_open(build, "pre");
		build_attribute(build, "tabindex", "0");
		(void)build_open(build, "code");
		build_attribute(build, "class", "language-html");
		build_text(build, html);
		build_close(build);
	} else {
		(void)build_open(build, "p");
		build_text(build, html);
	}
	build_close(build);
	if (strchr(html, '<') != NULL)
		build_warn(build, N_("HTML was converted to plain text"), html);
}

void
build_html(struct build *build, cmark_node *node, bool at_top)
{
	const char *rest = cmark_node_get_literal(node), *open, *end;
	enum marker marker;

	while ((open = strstr(rest, "<!--")) != NULL && (end = strstr(open + 4, "-->")) != NULL) {
		build_visible(build, rest, (size_t)(open - rest));
		rest = end + 3;
		marker = marker_of(open, (size_t)(rest - open));
		if (marker != MARKER_NONE && at_top)
			build_cut(build, marker, build_place(build));
		else
			build_misplaced_marker(build, marker);
	}
	build_visible(build, rest, strlen(rest));
}
