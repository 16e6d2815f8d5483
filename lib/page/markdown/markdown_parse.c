#include "page/markdown/markdown_build.h"

#include <stdlib.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>

/* Bytes that the parser gets between two checks of the time. */
enum { FEED_BYTES = 16 * 1024 };

static void
attach(cmark_parser *parser, const char *name)
{
	cmark_syntax_extension *extension = cmark_find_syntax_extension(name);

	if (extension == NULL || !cmark_parser_attach_syntax_extension(parser, extension))
		abort(); /* the extensions are linked, so they exist */
}

static cmark_parser *
new_parser(struct markdown_budget *budget, enum markdown_flavour flavour)
{
	/* A single ~ is a range in Chinese (3~5天), so only ~~ strikes out. */
	int options = CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;
	cmark_parser *parser;

	cmark_gfm_core_extensions_ensure_registered();
	if (flavour == MARKDOWN_ARTICLE)
		options |= CMARK_OPT_FOOTNOTES;
	parser = cmark_parser_new_with_mem(options, markdown_budget_memory(budget));
	attach(parser, "strikethrough");
	if (flavour == MARKDOWN_ARTICLE) {
		attach(parser, "table");
		attach(parser, "tasklist");
	}
	return parser;
}

static void
check_depth(struct markdown_budget *budget, cmark_node *root)
{
	cmark_node *node = root;
	int depth = 0;

	for (;;) {
		if (cmark_node_first_child(node) != NULL) {
			node = cmark_node_first_child(node);
			if (++depth > DEPTH_MAX)
				markdown_budget_give_up(budget, N_("Lists, quotes or emphasis are nested too deeply. Please use fewer levels."));
			continue;
		}
		while (node != root && cmark_node_next(node) == NULL) {
			node = cmark_node_parent(node);
			depth--;
		}
		if (node == root)
			return;
		node = cmark_node_next(node);
	}
}

cmark_node *
parse_text(struct markdown_budget *budget, const char *text, size_t length, enum markdown_flavour flavour)
{
	cmark_parser *parser = new_parser(budget, flavour);
	cmark_node *root;

	for (size_t at = 0; at < length; at += FEED_BYTES) {
		cmark_parser_feed(parser, text + at, length - at < FEED_BYTES ? length - at : FEED_BYTES);
		markdown_budget_check_time(budget);
	}
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	markdown_budget_shrink(budget);
	check_depth(budget, root);
	return root;
}
