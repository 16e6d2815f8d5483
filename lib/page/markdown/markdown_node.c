#include "page/markdown/markdown_build.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "page/markdown/markdown_guard.h"

/* The memory that libxml2 needs for one node, with malloc()'s overhead. Counted in the budget. */
enum { ELEMENT_BYTES = 160, TEXT_BYTES = 160, ATTRIBUTE_BYTES = 300 };

static void *
need(void *object)
{
	if (object == NULL)
		abort();
	return object;
}

static xmlNodePtr
new_element(struct build *build, xmlDocPtr doc, xmlNsPtr space, const char *name)
{
	markdown_budget_spend(build->budget, ELEMENT_BYTES);
	return need(xmlNewDocRawNode(doc, space, BAD_CAST name, NULL));
}

static void
add_text(struct build *build, xmlNodePtr parent, const char *text)
{
	markdown_budget_spend(build->budget, TEXT_BYTES + strlen(text));
	need(xmlAddChild(parent, need(xmlNewDocText(parent->doc, BAD_CAST text))));
}

static void
add_attribute(struct build *build, xmlNodePtr element, const char *name, const char *value)
{
	markdown_budget_spend(build->budget, ATTRIBUTE_BYTES + strlen(value));
	need(xmlNewProp(element, BAD_CAST name, BAD_CAST value));
}

void
build_flush(struct build *build)
{
	if (build->text.length == 0)
		return;
	add_text(build, build->parent, build->text.bytes);
	build->text.length = 0;
	build->text.bytes[0] = '\0';
}

/*
 * Counts what was written to the arena in the meantime, for example an address of half a megabyte that is used a
 * hundred times.
 */
static void
count_arena(struct build *build)
{
	size_t used = arena_used(build->arena);

	markdown_budget_spend(build->budget, used - build->arena_counted);
	build->arena_counted = used;
}

xmlNodePtr
build_open(struct build *build, const char *name)
{
	xmlNodePtr element;

	count_arena(build);
	build_flush(build);
	if (build->depth >= ELEMENTS_MAX)
		markdown_budget_give_up(build->budget, N_("Lists, quotes or emphasis are nested too deeply. Please use fewer levels."));
	element = new_element(build, build->frag->doc, build->frag->root->ns, name);
	build->parent = need(xmlAddChild(build->parent, element));
	build->depth++;
	return element;
}

void
build_close(struct build *build)
{
	build_flush(build);
	build->parent = build->parent->parent;
	build->depth--;
}

void
build_close_or_drop(struct build *build)
{
	xmlNodePtr element = build->parent;
	bool empty;

	while (build->text.length > 0 && strchr(" \n", build->text.bytes[build->text.length - 1]) != NULL)
		build->text.bytes[--build->text.length] = '\0';
	build_close(build);
	empty = element->children == NULL;
	if (empty) {
		xmlUnlinkNode(element);
		xmlFreeNode(element);
	}
}

void
build_attribute(struct build *build, const char *name, const char *value)
{
	add_attribute(build, build->parent, name, value);
}

void
build_text(struct build *build, const char *text)
{
	const char *last = text + strlen(text);

	if (last == text)
		return;
	str_add(&build->text, text);
	count_arena(build);
	do
		last--;
	while (last > text && ((unsigned char)*last & 0xC0) == 0x80);
	build->last = text_next(&last);
}

const char *
build_literal(struct build *build, const char *guarded)
{
	build->literal.length = 0;
	build->literal.bytes[0] = '\0';
	if (guarded != NULL)
		markdown_guard_restore(&build->literal, guarded);
	return build->literal.bytes;
}

void
build_warn(struct build *build, const char *what, const char *text)
{
	const struct markdown_callbacks *callbacks = build->callbacks;
	const char *some;

	if (callbacks == NULL || callbacks->warn == NULL)
		return;
	some = text_shorten(build->arena, text_collapse(build->arena, text), 60);
	callbacks->warn(callbacks->context, build->line, arena_printf(build->arena, "%s: %s", what, some));
}

struct place
build_place(struct build *build)
{
	build_flush(build);
	return (struct place){ build->frag->root->last, build->notes_so_far, build->heading_count };
}

static bool
has_class(const xmlNode *element, const char *class)
{
	for (const xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next)
		if (strcmp((const char *)attribute->name, "class") == 0)
			return strcmp((const char *)attribute->children->content, class) == 0;
	return false;
}

static void
copy_attributes(struct build *build, xmlNodePtr to, const xmlNode *from, bool bare)
{
	for (const xmlAttr *attribute = from->properties; attribute != NULL; attribute = attribute->next)
		if (!bare || strcmp((const char *)attribute->name, "id") != 0)
			add_attribute(build, to, (const char *)attribute->name,
				attribute->children == NULL ? "" : (const char *)attribute->children->content);
}

/* Copies a node below parent and returns the copy of an element. The recursion is as deep as build_open() allowed. */
static xmlNodePtr
copy_node(struct build *build, xmlNodePtr parent, const xmlNode *node, bool bare)
{
	xmlNodePtr copy;

	if (node->type == XML_TEXT_NODE) {
		add_text(build, parent, (const char *)node->content);
		return NULL;
	}
	if (bare && has_class(node, "footnote-ref"))
		return NULL;
	copy = new_element(build, parent->doc, xmlDocGetRootElement(parent->doc)->ns, (const char *)node->name);
	need(xmlAddChild(parent, copy));
	copy_attributes(build, copy, node, bare);
	for (const xmlNode *child = node->children; child != NULL; child = child->next)
		(void)copy_node(build, copy, child, bare);
	return copy;
}

/* Copies the footnotes up to a number: <section class="footnotes"><ol><li>…</li></ol></section>. */
static void
copy_notes(struct build *build, xmlNodePtr parent, const xmlNode *section, int most)
{
	xmlNodePtr copy = new_element(build, parent->doc, parent->ns, (const char *)section->name), list;
	const xmlNode *item = section->children->children;

	need(xmlAddChild(parent, copy));
	copy_attributes(build, copy, section, false);
	list = new_element(build, parent->doc, parent->ns, (const char *)section->children->name);
	need(xmlAddChild(copy, list));
	for (int number = 1; number <= most && item != NULL; number++, item = item->next)
		(void)copy_node(build, list, item, false);
}

void
build_copy(struct build *build, struct fragment *to, struct place place, xmlNodePtr only, bool bare)
{
	const xmlNode *root = build->frag->root;

	if (only != NULL) {
		(void)copy_node(build, to->root, only, bare);
		return;
	}
	for (const xmlNode *child = place.last == NULL ? NULL : root->children; child != NULL; child = child->next) {
		(void)copy_node(build, to->root, child, bare);
		if (child == place.last)
			break;
	}
	if (!bare && place.notes > 0 && root->last != NULL && has_class(root->last, "footnotes"))
		copy_notes(build, to->root, root->last, place.notes);
}
