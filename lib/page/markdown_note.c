#include "page/markdown_build.h"

#include <stdlib.h>

#include "page/lang.h"

/* Notes that refer to notes that refer to notes. */
enum { NOTES_DEEP = 20 };

/* The note that a reference names, or NULL; the parser writes its place as a decimal number. */
static struct note *
note_of(struct build *build, cmark_node *reference)
{
	int place = atoi(cmark_node_get_literal(reference));

	return place >= 1 && place <= build->note_count ? &build->notes[place - 1] : NULL;
}

static int number_below(struct build *build, cmark_node *parent, int depth);

/*
 * Gives a note the next number, and those that it refers to the numbers right after it: so whatever a beginning
 * of the text refers to, through however many notes, is a beginning of the list of notes.
 */
static int
number_note(struct build *build, struct note *note, int depth)
{
	if (note->number != 0)
		return note->last;
	if (depth > NOTES_DEEP)
		pool_give_up(build->pool, N_("Footnotes refer to footnotes too deeply."));
	note->number = ++build->numbered;
	note->last = note->number;
	build->note_order[note->number - 1] = (int)(note - build->notes);
	note->last = number_below(build, note->definition, depth + 1);
	if (note->last < note->number)
		note->last = note->number;
	return note->last;
}

/* Numbers what stands below a node, in the order of the text; the highest number met. */
static int
number_below(struct build *build, cmark_node *parent, int depth)
{
	cmark_node *node = cmark_node_first_child(parent);
	int highest = 0;

	while (node != NULL) {
		struct note *note = cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_REFERENCE ? note_of(build, node) : NULL;
		int last = note == NULL ? 0 : number_note(build, note, depth);
		if (last > highest)
			highest = last;
		if (cmark_node_get_type(node) != CMARK_NODE_FOOTNOTE_DEFINITION && cmark_node_first_child(node) != NULL) {
			node = cmark_node_first_child(node);
			continue;
		}
		while (node != parent && cmark_node_next(node) == NULL)
			node = cmark_node_parent(node);
		node = node == parent ? NULL : cmark_node_next(node);
	}
	return highest;
}

void
notes_number(struct build *build, cmark_node *root)
{
	cmark_node *node;
	int count = 0;

	for (node = cmark_node_first_child(root); node != NULL; node = cmark_node_next(node))
		count += cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION;
	build->notes = arena_array(build->arena, (size_t)count, sizeof(*build->notes));
	build->note_order = arena_array(build->arena, (size_t)count, sizeof(*build->note_order));
	pool_spend(build->pool, (size_t)count * (sizeof(*build->notes) + sizeof(*build->note_order)));
	for (node = cmark_node_first_child(root); node != NULL; node = cmark_node_next(node))
		if (cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION)
			build->notes[build->note_count++].definition = node;
	(void)number_below(build, root, 0);
}

void
build_note_reference(struct build *build, cmark_node *node)
{
	struct note *note = note_of(build, node);
	const char *number;

	if (note == NULL || note->number == 0)
		return;
	number = arena_printf(build->arena, "%d", note->number);
	if (note->last > build->notes_so_far)
		build->notes_so_far = note->last;
	(void)build_open(build, "sup");
	build_attribute(build, "class", "footnote-ref");
	if (!build->in_link) {
		(void)build_open(build, "a");
		if (!note->has_back)
			build_attribute(build, "id", arena_printf(build->arena, "%sfnref-%s", build->prefix, number));
		note->has_back = true;
		build_attribute(build, "href", arena_printf(build->arena, "#%sfn-%s", build->prefix, number));
		build_attribute(build, "role", "doc-noteref");
	}
	build_text(build, number);
	if (!build->in_link)
		build_close(build);
	build_close(build);
	build->last = 0;
}

/* The way back stands at the end of the note's last paragraph. */
static void
build_way_back(struct build *build, const char *number)
{
	xmlNodePtr item = build->parent, last = item->last;
	bool in_paragraph = last != NULL && last->type == XML_ELEMENT_NODE && str_equal((const char *)last->name, "p");

	build_flush(build);
	if (in_paragraph)
		build->parent = last;
	build_text(build, " ");
	(void)build_open(build, "a");
	build_attribute(build, "href", arena_printf(build->arena, "#%sfnref-%s", build->prefix, number));
	build_attribute(build, "class", "footnote-back");
	build_attribute(build, "role", "doc-backlink");
	build_text(build, "↩");
	build_close(build);
	build->parent = item;
}

void
build_notes(struct build *build)
{
	if (build->numbered == 0)
		return;
	(void)build_open(build, "section");
	build_attribute(build, "class", "footnotes");
	build_attribute(build, "role", "doc-endnotes");
	(void)build_open(build, "ol");
	for (int i = 0; i < build->numbered; i++) {
		struct note *note = &build->notes[build->note_order[i]];
		const char *number = arena_printf(build->arena, "%d", note->number);
		(void)build_open(build, "li");
		build_attribute(build, "id", arena_printf(build->arena, "%sfn-%s", build->prefix, number));
		build_blocks(build, note->definition);
		if (note->has_back)
			build_way_back(build, number);
		build_close(build);
	}
	build_close(build);
	build_close(build);
}
