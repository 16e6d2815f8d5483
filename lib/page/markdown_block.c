#include "page/markdown_build.h"

#include <string.h>
#include <cmark-gfm-core-extensions.h>

#include "core/text.h"

enum { FIRST_LEVEL = 2, LAST_LEVEL = 6, CONTENTS_LEVEL = 4 };

static bool
is_kind(cmark_node *node, const char *kind)
{
	return strcmp(cmark_node_get_type_string(node), kind) == 0;
}

static void
build_paragraph(struct build *build, cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node), *list = parent == NULL ? NULL : cmark_node_parent(parent);
	bool tight = list != NULL && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);

	if (!tight && build_figure(build, node))
		return;
	build->last = 0;
	if (tight) {
		build_inlines(build, node);
		build_flush(build);
		return;
	}
	(void)build_open(build, "p");
	build_inlines(build, node);
	build_close_or_drop(build);
}

/*
 * The page has one h1, its title, so a text begins at h2, whichever level its author begins with; and a
 * heading is one level below the nearest one above it that was higher, so that none is skipped.
 */
static int
outline_level(struct build *build, int level)
{
	while (build->outline_depth > 0 && build->outline[build->outline_depth - 1] >= level)
		build->outline_depth--;
	build->outline[build->outline_depth++] = level;
	level = FIRST_LEVEL - 1 + build->outline_depth;
	return level > LAST_LEVEL ? LAST_LEVEL : level;
}

static void
add_heading(struct build *build, int level, const char *id, const char *text)
{
	if (level > CONTENTS_LEVEL || *text == '\0')
		return;
	if (build->heading_count == build->heading_room) {
		size_t room = build->heading_room == 0 ? 16 : build->heading_room * 2;
		struct heading *more = arena_array(build->arena, room, sizeof(*more));
		if (build->heading_count > 0)
			memcpy(more, build->headings, build->heading_count * sizeof(*more));
		build->headings = more;
		build->heading_room = room;
	}
	build->headings[build->heading_count++] = (struct heading){ level, id, text };
}

static void
build_heading(struct build *build, cmark_node *node)
{
	static const char *const names[] = { "h2", "h3", "h4", "h5", "h6" };
	const char *text = inline_plain(build, node), *slug, *id;
	int level;

	build->last = 0;
	if (build->flavour == MARKDOWN_COMMENT) {
		(void)build_open(build, "p");
		(void)build_open(build, "strong");
		build_inlines(build, node);
		build_close_or_drop(build);
		build_close_or_drop(build);
		return;
	}
	level = outline_level(build, cmark_node_get_heading_level(node));
	slug = text_slug(build->arena, text);
	build->section++;
	if (*slug == '\0')
		slug = arena_printf(build->arena, "section-%zu", build->section);
	id = names_take(build->ids, arena_printf(build->arena, "%s%s", build->prefix, slug), "-");
	(void)build_open(build, names[level - FIRST_LEVEL]);
	build_attribute(build, "id", id);
	build_inlines(build, node);
	build_close(build);
	add_heading(build, level, id, text);
}

static void
build_code_block(struct build *build, cmark_node *node)
{
	const char *info = build_literal(build, cmark_node_get_fence_info(node));
	size_t length = strcspn(info, " \t,{");
	const char *class = length == 0 ? NULL
		: arena_printf(build->arena, "language-%s", arena_bytes(build->arena, info, length));

	(void)build_open(build, "pre");
	build_attribute(build, "tabindex", "0");
	(void)build_open(build, "code");
	if (class != NULL)
		build_attribute(build, "class", class);
	build_text(build, build_literal(build, cmark_node_get_literal(node)));
	build_close(build);
	build_close(build);
	build->last = 0;
}

/* A box that shows whether a task is done; it is named by the task itself. */
static void
build_task_box(struct build *build, cmark_node *item)
{
	cmark_node *first = cmark_node_first_child(item);
	const char *name = first == NULL ? "" : inline_plain(build, first);

	(void)build_open(build, "input");
	build_attribute(build, "type", "checkbox");
	build_attribute(build, "disabled", "disabled");
	if (cmark_gfm_extensions_get_tasklist_item_checked(item))
		build_attribute(build, "checked", "checked");
	build_attribute(build, "aria-label", *name == '\0' ? "☐" : text_shorten(build->arena, name, 60));
	build_close(build);
	build_text(build, " ");
}

static void
build_item(struct build *build, cmark_node *item)
{
	(void)build_open(build, "li");
	if (is_kind(item, "tasklist")) {
		build_attribute(build, "class", "task");
		build_task_box(build, item);
	}
	build_blocks(build, item);
	build_close(build);
}

static void
build_list(struct build *build, cmark_node *list)
{
	bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(list);

	(void)build_open(build, ordered ? "ol" : "ul");
	if (ordered && start != 1)
		build_attribute(build, "start", arena_printf(build->arena, "%d", start));
	for (cmark_node *item = cmark_node_first_child(list); item != NULL; item = cmark_node_next(item))
		build_item(build, item);
	build_close(build);
	build->last = 0;
}

/* --- tables -------------------------------------------------------------------- */

static const char *
alignment_class(uint8_t alignment)
{
	return alignment == 'l' ? "left" : alignment == 'c' ? "center" : alignment == 'r' ? "right" : NULL;
}

static void
build_row(struct build *build, cmark_node *row, const uint8_t *alignments, int columns, bool head)
{
	int column = 0;

	(void)build_open(build, "tr");
	for (cmark_node *cell = cmark_node_first_child(row); cell != NULL; cell = cmark_node_next(cell), column++) {
		const char *class = column < columns ? alignment_class(alignments[column]) : NULL;
		/* A head without words is no head: the first corner of many tables. */
		bool is_head = head && cmark_node_first_child(cell) != NULL;
		(void)build_open(build, is_head ? "th" : "td");
		if (is_head)
			build_attribute(build, "scope", "col");
		if (class != NULL)
			build_attribute(build, "class", class);
		build->last = 0;
		build_inlines(build, cell);
		build_close(build);
	}
	build_close(build);
}

/* What a table is called for those who hear it: its column heads. */
static const char *
table_label(struct build *build, cmark_node *head)
{
	struct str label = str_init(build->arena);

	for (cmark_node *cell = cmark_node_first_child(head); cell != NULL; cell = cmark_node_next(cell)) {
		const char *text = inline_plain(build, cell);
		if (*text != '\0')
			str_printf(&label, "%s%s", label.length == 0 ? "" : " | ", text);
	}
	if (label.length == 0)
		return NULL;
	return names_take(build->labels, text_shorten(build->arena, label.bytes, 80), " ");
}

void
build_table(struct build *build, cmark_node *table)
{
	cmark_node *row = cmark_node_first_child(table);
	const uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(table);
	int columns = alignments == NULL ? 0 : cmark_gfm_extensions_get_table_columns(table);
	const char *label = row == NULL ? NULL : table_label(build, row);

	(void)build_open(build, "div");
	build_attribute(build, "class", "table");
	build_attribute(build, "tabindex", "0");
	if (label != NULL) {
		build_attribute(build, "role", "region");
		build_attribute(build, "aria-label", label);
	}
	(void)build_open(build, "table");
	if (row != NULL) {
		(void)build_open(build, "thead");
		build_row(build, row, alignments, columns, true);
		build_close(build);
		row = cmark_node_next(row);
	}
	if (row != NULL) {
		(void)build_open(build, "tbody");
		for (; row != NULL; row = cmark_node_next(row))
			build_row(build, row, alignments, columns, false);
		build_close(build);
	}
	build_close(build);
	build_close(build);
	build->last = 0;
}

/* --- all blocks ------------------------------------------------------------------ */

static void
build_other_block(struct build *build, cmark_node *node)
{
	if (is_kind(node, "table"))
		build_table(build, node);
	else if (cmark_node_get_type(node) != CMARK_NODE_FOOTNOTE_DEFINITION)
		build_blocks(build, node);
}

void
build_block(struct build *build, cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);

	build->line = cmark_node_get_start_line(node);
	switch ((int)cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		build_paragraph(build, node);
		break;
	case CMARK_NODE_HEADING:
		build_heading(build, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		build_code_block(build, node);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		(void)build_open(build, "blockquote");
		build_blocks(build, node);
		build_close_or_drop(build);
		break;
	case CMARK_NODE_LIST:
		build_list(build, node);
		break;
	case CMARK_NODE_HTML_BLOCK:
		build_html(build, node, parent != NULL && cmark_node_get_type(parent) == CMARK_NODE_DOCUMENT);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		(void)build_open(build, "hr");
		build_close(build);
		break;
	default:
		build_other_block(build, node);
	}
}

void
build_blocks(struct build *build, cmark_node *parent)
{
	for (cmark_node *node = cmark_node_first_child(parent); node != NULL; node = cmark_node_next(node))
		build_block(build, node);
}
