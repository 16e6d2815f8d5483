/* Cuts a text at its markers <!--more--> and <!--paid--> into the open part, the summary and the full text. */
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

/* The summary never contains more than the open part. */
static struct fragment *
make_summary(struct build *build, const struct place *end)
{
	struct fragment *summary = fragment_new(build->arena);
	xmlNodePtr node = build->frag->root->children;

	if (build->has_more) {
		build_copy(build, summary, *end, NULL, true);
		return summary;
	}
	if (build->has_paid && build->paid.last == NULL)
		return summary;
	while (node != NULL && xmlStrcmp(node->name, BAD_CAST "p") != 0)
		node = build->has_paid && node == build->paid.last ? NULL : node->next;
	if (node != NULL)
		build_copy(build, summary, build->paid, node, true);
	return summary;
}

static bool
is_earlier(const struct build *build, const struct place *one, const struct place *other)
{
	const xmlNode *node = one->last;

	if (node == NULL || other->last == NULL)
		return node == NULL;
	for (node = build->frag->root->children; node != one->last && node != other->last; node = node->next)
		;
	return node == one->last;
}

struct markdown *
build_parts(struct build *build)
{
	struct markdown *markdown = arena_new_of(build->arena, struct markdown);
	const struct place *end = build->has_paid ? &build->paid : &build->more, *summary_end = &build->more;

	markdown->full = build->frag;
	markdown->open = fragment_new(build->arena);
	if (build->has_paid || build->has_more) {
		build_copy(build, markdown->open, *end, NULL, false);
		markdown->open_heading_count = end->headings;
	}
	if (build->has_paid && is_earlier(build, &build->paid, summary_end))
		summary_end = &build->paid;
	markdown->summary = make_summary(build, summary_end);
	markdown->has_more = build->has_more;
	markdown->has_paid = build->has_paid;
	markdown->headings = build->headings;
	markdown->heading_count = build->heading_count;
	return markdown;
}
