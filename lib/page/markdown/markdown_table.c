#include "page/markdown/markdown_build.h"

#include <string.h>
#include <cmark-gfm-core-extensions.h>

/* The accessible name of a table: the heads of all its columns, which are in the text's own language. */
static const char *
label_of(struct build *build, cmark_node *head)
{
	struct str label = str_init(build->arena);

	for (cmark_node *cell = cmark_node_first_child(head); cell != NULL; cell = cmark_node_next(cell)) {
		const char *text = inline_plain(build, cell);

		if (label.length > 0 && !str_empty(text))
			str_add(&label, ", ");
		str_add(&label, text);
	}
	return label.length == 0 ? NULL : markdown_ids_take(build->labels, label.bytes, " ");
}

static void
build_cell(struct build *build, cmark_node *cell, bool head, unsigned char alignment)
{
	/* A head cell without text is written as an ordinary cell. */
	head = head && cmark_node_first_child(cell) != NULL;
	(void)build_open(build, head ? "th" : "td");
	if (head)
		build_attribute(build, "scope", "col");
	if (alignment == 'l' || alignment == 'c' || alignment == 'r')
		build_attribute(build, "class", alignment == 'l' ? "left" : alignment == 'c' ? "center" : "right");
	build->last = 0;
	build_inlines(build, cell);
	build_close(build);
}

static void
build_row(struct build *build, cmark_node *row, bool head, const unsigned char *alignments, unsigned columns)
{
	cmark_node *cell = cmark_node_first_child(row);

	(void)build_open(build, "tr");
	for (unsigned i = 0; cell != NULL && i < columns; i++, cell = cmark_node_next(cell))
		build_cell(build, cell, head, alignments[i]);
	build_close(build);
}

void
build_table(struct build *build, cmark_node *table)
{
	cmark_node *row = cmark_node_first_child(table);
	const unsigned char *alignments = cmark_gfm_extensions_get_table_alignments(table);
	unsigned columns = cmark_gfm_extensions_get_table_columns(table);
	const char *label;

	if (row == NULL || alignments == NULL)
		return;
	label = label_of(build, row);
	(void)build_open(build, "div");
	build_attribute(build, "class", "table");
	build_attribute(build, "tabindex", "0");
	if (label != NULL) {
		build_attribute(build, "role", "region");
		build_attribute(build, "aria-label", label);
	}
	(void)build_open(build, "table");
	(void)build_open(build, "thead");
	build_row(build, row, true, alignments, columns);
	build_close(build);
	row = cmark_node_next(row);
	if (row != NULL)
		(void)build_open(build, "tbody");
	for (cmark_node *next = row; next != NULL; next = cmark_node_next(next))
		build_row(build, next, false, alignments, columns);
	if (row != NULL)
		build_close(build);
	build_close(build);
	build_close(build);
}
