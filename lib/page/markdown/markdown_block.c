#include "page/markdown/markdown_build.h"

#include <string.h>
#include <cmark-gfm-core-extensions.h>

#include "core/text.h"

static void
build_paragraph(struct build *build, cmark_node *node)
{
	cmark_node *item = cmark_node_parent(node), *list = item == NULL ? NULL : cmark_node_parent(item);

	if (build_figure(build, node))
		return;
	/* In a tight list, the text is in the item itself, without a paragraph. */
	if (list != NULL && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list)) {
		build_inlines(build, node);
		build_flush(build);
		return;
	}
	(void)build_open(build, "p");
	build_inlines(build, node);
	build_close_or_drop(build);
}

/*
 * The level of a heading: one below the nearest earlier heading with fewer '#'. The first is h2
 * regardless of its number of '#', and no level is skipped. The level depends only on earlier headings,
 * so the beginning of a text is rendered the same with and without its end.
 */
static int
level_of(struct build *build, int typed)
{
	while (build->outline_depth > 0 && build->outline[build->outline_depth - 1] >= typed)
		build->outline_depth--;
	build->outline[build->outline_depth++] = typed;
	return build->outline_depth + 1 > 6 ? 6 : build->outline_depth + 1;
}

static void
remember_heading(struct build *build, int level, const char *id, const char *text)
{
	struct heading *larger;

	if (build->heading_count == build->heading_room) {
		build->heading_room = build->heading_room * 2 + 8;
		larger = arena_array(build->arena, build->heading_room, sizeof(*larger));
		if (build->heading_count > 0)
			memcpy(larger, build->headings, build->heading_count * sizeof(*larger));
		build->headings = larger;
	}
	build->headings[build->heading_count++] = (struct heading){ level, id, text };
}

/* True for ids such as fn-1 and fnref-1, which the footnotes use. */
static bool
is_note_id(const char *slug)
{
	return str_starts(slug, "fn-") || str_starts(slug, "fnref-");
}

static const char *
heading_id(struct build *build, const char *text)
{
	const char *slug = text_slug(build->arena, text);

	build->section++;
	if (str_empty(slug) || is_note_id(slug))
		slug = arena_printf(build->arena, "section-%zu", build->section);
	return arena_printf(build->arena, "%s%s", build->prefix, markdown_ids_take(build->ids, slug, "-"));
}

static void
build_heading(struct build *build, cmark_node *node)
{
	char *text = inline_plain(build, node), name[] = "h2";
	bool at_top = build->parent == build->frag->root;
	const char *id;
	int level;

	if (build->flavour == MARKDOWN_COMMENT) {
		(void)build_open(build, "p");
		build_inlines(build, node);
		build_close_or_drop(build);
		return;
	}
	/* An empty heading would leave a gap in the outline. */
	if (str_empty(text)) {
		build_inlines(build, node);
		build_flush(build);
		return;
	}
	level = level_of(build, cmark_node_get_heading_level(node));
	id = heading_id(build, text);
	name[1] = (char)('0' + level);
	(void)build_open(build, name);
	build_attribute(build, "id", id);
	build_inlines(build, node);
	build_close(build);
	if (level <= 4 && at_top)
		remember_heading(build, level, id, text);
}

static void
build_list(struct build *build, cmark_node *node)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);

	(void)build_open(build, ordered ? "ol" : "ul");
	if (ordered && start != 1)
		build_attribute(build, "start", arena_printf(build->arena, "%d", start));
	build_blocks(build, node);
	build_close(build);
}

/* The checkbox of a task is labelled with the item's own text, so its language is right. */
static void
build_box(struct build *build, cmark_node *item)
{
	cmark_node *first = cmark_node_first_child(item);
	const char *label = first == NULL ? "" : inline_plain(build, first);

	(void)build_open(build, "input");
	build_attribute(build, "type", "checkbox");
	build_attribute(build, "disabled", "disabled");
	if (cmark_gfm_extensions_get_tasklist_item_checked(item))
		build_attribute(build, "checked", "checked");
	build_attribute(build, "aria-label", str_empty(label) ? "□" : label);
	build_close(build);
	build_text(build, " ");
	build->last = 0;
}

static void
build_task(struct build *build, cmark_node *item)
{
	cmark_node *first = cmark_node_first_child(item);
	bool tight = cmark_node_get_list_tight(cmark_node_parent(item)) != 0;
	bool in_paragraph = !tight && first != NULL && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH;

	build_attribute(build, "class", "task");
	if (in_paragraph)
		(void)build_open(build, "p");
	build_box(build, item);
	if (in_paragraph) {
		build_inlines(build, first);
		build_close(build);
		first = cmark_node_next(first);
	}
	for (; first != NULL; first = cmark_node_next(first))
		build_block(build, first);
}

static void
build_item(struct build *build, cmark_node *item)
{
	(void)build_open(build, "li");
	if (build->flavour == MARKDOWN_ARTICLE && strcmp(cmark_node_get_type_string(item), "tasklist") == 0)
		build_task(build, item);
	else
		build_blocks(build, item);
	build_close(build);
}

static void
build_quotation(struct build *build, cmark_node *node)
{
	(void)build_open(build, "blockquote");
	build_blocks(build, node);
	build_close(build);
}

/*
 * "language-x" from the first word of a fence, also for ```rust,ignore and ```{.python}. NULL when there
 * is none.
 */
static const char *
language_class(struct build *build, const char *info)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+#-";
	size_t length;

	info += strspn(info, "{. ");
	length = strspn(info, letters);
	if (length == 0 || length > 40)
		return NULL;
	return arena_printf(build->arena, "language-%.*s", (int)length, info);
}

static void
build_code_block(struct build *build, cmark_node *node)
{
	const char *language = language_class(build, build_literal(build, cmark_node_get_fence_info(node)));

	(void)build_open(build, "pre");
	build_attribute(build, "tabindex", "0");
	(void)build_open(build, "code");
	if (language != NULL)
		build_attribute(build, "class", language);
	build_text(build, build_literal(build, cmark_node_get_literal(node)));
	build_close(build);
	build_close(build);
}

static void
build_rule(struct build *build)
{
	(void)build_open(build, "hr");
	build_close(build);
}

void
build_block(struct build *build, cmark_node *node)
{
	if (cmark_node_get_start_line(node) > 0)
		build->line = cmark_node_get_start_line(node);
	build->last = 0;
	switch ((int)cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		build_paragraph(build, node);
		break;
	case CMARK_NODE_HEADING:
		build_heading(build, node);
		break;
	case CMARK_NODE_LIST:
		build_list(build, node);
		break;
	case CMARK_NODE_ITEM:
		build_item(build, node);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		build_quotation(build, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		build_code_block(build, node);
		break;
	case CMARK_NODE_HTML_BLOCK:
		build_html(build, node, false);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		build_rule(build);
		break;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		break; /* written at the end by build_notes() */
	default:
		build_table(build, node); /* the only block of an extension */
	}
}

void
build_blocks(struct build *build, cmark_node *parent)
{
	for (cmark_node *node = cmark_node_first_child(parent); node != NULL; node = cmark_node_next(node))
		build_block(build, node);
}
