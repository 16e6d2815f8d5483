/* The digest of a page document. */
#include "page/doc/doc.h"

#include <string.h>

#include "core/token.h"

/* Each text ends with its zero byte, so that no two documents give the same bytes. */
static void
add_text(struct digest *digest, const char *kind, const void *text)
{
	digest_add(digest, kind, 1);
	digest_add(digest, text == NULL ? "" : text, text == NULL ? 1 : strlen(text) + 1);
}

static void
add_name(struct digest *digest, const char *kind, const xmlNs *space, const xmlChar *name)
{
	if (space != NULL)
		add_text(digest, "n", space->href);
	add_text(digest, kind, name);
}

static void
add_node(struct digest *digest, const xmlNode *node)
{
	if (node->type != XML_ELEMENT_NODE) {
		add_text(digest, node->type == XML_TEXT_NODE ? "t" : "o", node->content);
		return;
	}
	add_name(digest, "e", node->ns, node->name);
	for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next) {
		add_name(digest, "a", attribute->ns, attribute->name);
		for (const xmlNode *part = attribute->children; part != NULL; part = part->next)
			add_text(digest, "v", part->content);
	}
}

const char *
page_digest(const struct page *page, const char *theme_build)
{
	struct digest *digest = digest_new(page->arena);
	const xmlNode *node = page->root;

	add_text(digest, "b", theme_build);
	for (;;) {
		add_node(digest, node);
		if (node->type == XML_ELEMENT_NODE && node->children != NULL) {
			digest_add(digest, "(", 1);
			node = node->children;
			continue;
		}
		while (node != page->root && node->next == NULL) {
			digest_add(digest, ")", 1);
			node = node->parent;
		}
		if (node == page->root)
			break;
		node = node->next;
	}
	for (size_t i = 0; i < page->stored_count; i++)
		add_text(digest, "s", page->stored[i]);
	return digest_end(page->arena, digest);
}
