#include "page/markdown/markdown_build.h"

#include <stdlib.h>

/* A text that is searched for references; note is -1 for the body. */
struct search {
	cmark_iter *iterator;
	int note;
};

static void
collect(struct build *build, cmark_node *root)
{
	cmark_node *node = cmark_node_last_child(root), *first = NULL;
	int count = 0;

	/* The parser moves the definitions to the end, in the order of the numbers in its references. */
	for (; node != NULL && cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION; node = cmark_node_previous(node)) {
		first = node;
		count++;
	}
	build->notes = arena_array(build->arena, (size_t)count + 1, sizeof(*build->notes));
	build->note_order = arena_array(build->arena, (size_t)count + 1, sizeof(*build->note_order));
	build->note_count = count;
	for (int i = 0; i < count; i++, first = cmark_node_next(first))
		build->notes[i].definition = first;
}

/* The footnote of a reference, or NULL. */
static struct note *
note_of(struct build *build, cmark_node *reference)
{
	long long number;

	if (!str_to_integer(cmark_node_get_literal(reference), &number) || number < 1 || number > build->note_count)
		return NULL;
	return &build->notes[number - 1];
}

/* The alt text of an image is an attribute, so a reference in it is never shown. */
static bool
is_in_image(cmark_node *node)
{
	for (; node != NULL; node = cmark_node_parent(node))
		if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
			return true;
	return false;
}

/* Continues to the next reference to a footnote without a number and returns that footnote; NULL at the end. */
static struct note *
next_new(struct build *build, struct search *search)
{
	cmark_event_type event;
	cmark_node *node;
	struct note *note;

	while ((event = cmark_iter_next(search->iterator)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(search->iterator);
		if (event != CMARK_EVENT_ENTER)
			continue;
		/* In the body's search, the definitions at the end are not part of the text. */
		if (search->note < 0 && cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION)
			return NULL;
		if (cmark_node_get_type(node) != CMARK_NODE_FOOTNOTE_REFERENCE)
			continue;
		note = note_of(build, node);
		if (note != NULL && note->number == 0 && !is_in_image(node))
			return note;
	}
	return NULL;
}

/*
 * A footnote gets its number at its first reference, and the footnotes that it references follow it directly. So the
 * beginning of a text always has the first footnotes, whatever follows.
 */
void
notes_number(struct build *build, cmark_node *root)
{
	struct search *stack;
	struct note *note;
	int depth = 1;

	collect(build, root);
	if (build->note_count == 0)
		return;
	stack = arena_array(build->arena, (size_t)build->note_count + 1, sizeof(*stack));
	stack[0] = (struct search){ cmark_iter_new(root), -1 };
	while (depth > 0) {
		struct search *top = &stack[depth - 1];

		note = next_new(build, top);
		if (note == NULL) {
			if (top->note >= 0)
				build->notes[top->note].last = build->numbered;
			cmark_iter_free(top->iterator);
			depth--;
			continue;
		}
		build->note_order[build->numbered] = (int)(note - build->notes);
		note->number = ++build->numbered;
		stack[depth++] = (struct search){ cmark_iter_new(note->definition), (int)(note - build->notes) };
	}
}

void
build_note_reference(struct build *build, cmark_node *node)
{
	struct note *note = note_of(build, node);
	const char *prefix = build->prefix;

	if (note == NULL || note->number == 0)
		return;
	(void)build_open(build, "sup");
	build_attribute(build, "class", "footnote-ref");
	/* A link cannot contain another link. */
	if (build->in_link && !note->has_back)
		build_attribute(build, "id", arena_printf(build->arena, "%sfnref-%d", prefix, note->number));
	if (!build->in_link) {
		(void)build_open(build, "a");
		if (!note->has_back)
			build_attribute(build, "id", arena_printf(build->arena, "%sfnref-%d", prefix, note->number));
		build_attribute(build, "href", arena_printf(build->arena, "#%sfn-%d", prefix, note->number));
		build_attribute(build, "role", "doc-noteref");
	}
	build_text(build, arena_printf(build->arena, "%d", note->number));
	if (!build->in_link)
		build_close(build);
	build_close(build);
	build->last = 0;
	note->has_back = true;
	if (note->last > build->notes_so_far)
		build->notes_so_far = note->last;
}

static void
build_back(struct build *build, const struct note *note)
{
	(void)build_open(build, "a");
	build_attribute(build, "href", arena_printf(build->arena, "#%sfnref-%d", build->prefix, note->number));
	build_attribute(build, "class", "footnote-back");
	build_attribute(build, "role", "doc-backlink");
	build_text(build, "↩");
	build_close(build);
}

static void
build_note(struct build *build, const struct note *note)
{
	xmlNodePtr item = build_open(build, "li"), last;

	build_attribute(build, "id", arena_printf(build->arena, "%sfn-%d", build->prefix, note->number));
	build_blocks(build, note->definition);
	last = item->last;
	/* The back link ends the footnote's last paragraph, or has a paragraph of its own. */
	if (last != NULL && xmlStrcmp(last->name, BAD_CAST "p") == 0) {
		build->parent = last;
		build->depth++;
		build_text(build, " ");
	} else {
		(void)build_open(build, "p");
	}
	build_back(build, note);
	build_close(build);
	build_close(build);
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
	for (int i = 0; i < build->numbered; i++)
		build_note(build, &build->notes[build->note_order[i]]);
	build_close(build);
	build_close(build);
}
