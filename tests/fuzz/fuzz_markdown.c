/*
 * Markdown of any bytes that passed the gate: it renders or is refused, and what
 * it renders can be written, read back, and holds nothing but the house's elements.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"
#include "page/frag.h"
#include "page/markdown.h"
#include "page/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *const allowed[] = { "div", "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "input", "blockquote",
	"pre", "code", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img", "sup", "a", "section", "del", "em",
	"strong", "hr", "br", "b", "i", "kbd", "sub", "mark", "abbr", "details", "summary", "span", "bdi", NULL };

static void
check_node(const xmlNode *node)
{
	size_t i = 0;

	for (; node != NULL; node = node->next) {
		if (node->type == XML_TEXT_NODE)
			continue;
		if (node->type != XML_ELEMENT_NODE)
			abort();
		for (i = 0; allowed[i] != NULL && strcmp(allowed[i], (const char *)node->name) != 0;)
			i++;
		if (allowed[i] == NULL)
			abort();
		for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next) {
			const char *value = attribute->children == NULL ? "" : (const char *)attribute->children->content;

			if (strncmp((const char *)attribute->name, "on", 2) == 0 || strcmp((const char *)attribute->name, "style") == 0)
				abort();
			if (strncasecmp(value, "javascript:", 11) == 0 && strcmp((const char *)attribute->name, "href") == 0)
				abort();
		}
		check_node(node->children);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const enum markdown_flavour flavours[] = { MARKDOWN_ARTICLE, MARKDOWN_COMMENT };
	struct arena *arena = arena_new();
	char *text = text_clean(arena, (const char *)bytes, length, TEXT_BLOCK);

	for (size_t i = 0; i < 2; i++) {
		struct markdown *markdown;
		struct frag *again;
		const char *problem;
		char *written;

		if (markdown_render(arena, text, flavours[i], "", NULL, &markdown, &problem) != OK)
			continue;
		check_node(markdown->full->root->children);
		written = frag_write(arena, markdown->full);
		if (frag_read(arena, written, &again) != OK || strcmp(frag_write(arena, again), written) != 0)
			abort();
	}
	arena_free(arena);
	return 0;
}
