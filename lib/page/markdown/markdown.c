#include "page/markdown/markdown.h"

#include <string.h>

#include "page/markdown/markdown_build.h"
#include "page/markdown/markdown_guard.h"

/*
 * The limits of one rendering: memory for the nodes of the parser and of the result, and processor time. A
 * megabyte of prose takes about 20 MiB and 0.1 s. A text that takes much more was made to do so.
 */
enum { BUDGET_BYTES = 40 * 1024 * 1024 };
static const double budget_seconds = 0.6;

const char markdown_version[] = "1";

/* Text after a marker on the same line starts a paragraph, without the space before it. */
static void
trim_start(struct build *build, const xmlNode *paragraph)
{
	size_t spaces = strspn(build->text.bytes, " \n");

	if (spaces == 0 || build->parent != paragraph || paragraph->children != NULL)
		return;
	build->text.length -= spaces;
	memmove(build->text.bytes, build->text.bytes + spaces, build->text.length + 1);
}

/* A paragraph at the top level, which a marker may end. */
static void
build_top_paragraph(struct build *build, cmark_node *node)
{
	cmark_node *child;
	enum marker marker;
	xmlNodePtr paragraph;

	if (build_figure(build, node))
		return;
	inline_match_tags(node);
	paragraph = build_open(build, "p");
	for (child = cmark_node_first_child(node); child != NULL; child = cmark_node_next(child)) {
		bool html = cmark_node_get_type(child) == CMARK_NODE_HTML_INLINE && build->parent == paragraph;
		const char *literal = html ? cmark_node_get_literal(child) : "";

		marker = html ? marker_of(literal, strlen(literal)) : MARKER_NONE;
		if (marker == MARKER_NONE || build->flavour == MARKDOWN_COMMENT) {
			build_inline(build, child);
			trim_start(build, paragraph);
			continue;
		}
		build_close_or_drop(build);
		build_cut(build, marker, build_place(build));
		paragraph = build_open(build, "p");
		build->last = 0;
	}
	build_close_or_drop(build);
}

static void
build_top(struct build *build, cmark_node *root)
{
	for (cmark_node *node = cmark_node_first_child(root), *next; node != NULL; node = next) {
		struct place before = build_place(build);

		next = cmark_node_next(node);
		build->line = cmark_node_get_start_line(node);
		build->last = 0;
		if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH)
			build_top_paragraph(build, node);
		else if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK)
			build_html(build, node, true);
		else
			build_block(build, node);
		/* The author marked a paid part somewhere in this block, so no part of the block may become public. */
		if (build->met_paid)
			build_cut(build, MARKER_PAID, before);
		build->met_paid = false;
		/* Frees memory for the next block. Footnotes are read at the end. */
		if (cmark_node_get_type(node) != CMARK_NODE_FOOTNOTE_DEFINITION)
			cmark_node_free(node);
	}
	build_notes(build);
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

static struct markdown *
finish(struct build *build)
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

/* Runs everything that longjmp() may leave. Its state is in *build, so that it survives. */
static enum status
render(struct build *build, const struct guarded *text, struct markdown **ret_markdown)
{
	cmark_node *root;

	if (setjmp(*markdown_budget_escape(build->budget)) != 0)
		return TOO_LARGE;
	root = parse_text(build->budget, text->text, text->length, build->flavour);
	if (build->flavour == MARKDOWN_ARTICLE)
		notes_number(build, root);
	build_top(build, root);
	*ret_markdown = finish(build);
	return OK;
}

static struct build
begin(struct arena *arena, enum markdown_flavour flavour, const char *prefix, const struct markdown_callbacks *callbacks)
{
	struct fragment *frag = fragment_new(arena);

	return (struct build){
		.arena = arena, .callbacks = callbacks, .flavour = flavour, .prefix = prefix == NULL ? "" : prefix,
		.frag = frag, .parent = frag->root, .text = str_init(arena), .literal = str_init(arena),
		.ids = markdown_ids_new(arena), .labels = markdown_ids_new(arena),
	};
}

enum status
markdown_render(struct arena *arena, const char *source, enum markdown_flavour flavour,
	const char *prefix, const struct markdown_callbacks *callbacks, struct markdown **ret_markdown,
	const char **ret_problem)
{
	size_t length = strlen(source);
	struct guarded text;
	struct build build;
	enum status status;

	if (length > MARKDOWN_MAX_BYTES) {
		*ret_problem = N_("The text is longer than 1 MiB. Please shorten it.");
		return TOO_LARGE;
	}
	TRY(markdown_guard_text(arena, source, length, &text, ret_problem));
	build = begin(arena, flavour, prefix, callbacks);
	build.budget = markdown_budget_new(BUDGET_BYTES, budget_seconds);
	build.arena_counted = arena_used(arena);
	status = render(&build, &text, ret_markdown);
	if (status != OK)
		*ret_problem = markdown_budget_problem(build.budget);
	markdown_budget_free(build.budget);
	return status;
}
