/*
 * Any text as an article and as a comment: the output is XML of known elements, attributes and addresses, it contains none
 * of the internal marks, and the open part contains no text that the whole text lacks.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/str.h"
#include "core/text.h"
#include "page/markdown/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
need(bool holds)
{
	if (!holds)
		abort();
}

static bool
is_one_of(const xmlChar *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp((const char *)name, *names) == 0)
			return true;
	return false;
}

/* No scheme that runs code, in any spelling. */
static void
check_address(const char *address)
{
	need(strncasecmp(address, "javascript:", 11) != 0 && strncasecmp(address, "data:", 5) != 0
		&& strncasecmp(address, "vbscript:", 9) != 0);
	for (; *address != '\0'; address++)
		need(*address < 0 || (*address > ' ' && strchr("\"<>\\^`{|}", *address) == NULL));
}

static void
check_element(const xmlNode *node)
{
	static const char *const elements[] = { "a", "blockquote", "br", "code", "del", "div", "em", "figcaption", "figure", "h2", "h3",
		"h4", "h5", "h6", "hr", "img", "input", "kbd", "li", "mark", "ol", "p", "pre", "section", "strong", "sub", "sup", "table",
		"tbody", "td", "th", "thead", "tr", "ul", NULL };
	static const char *const attributes[] = { "alt", "aria-label", "checked", "class", "decoding", "disabled", "height", "href", "id",
		"loading", "rel", "role", "scope", "src", "start", "tabindex", "title", "type", "width", NULL };

	need(is_one_of(node->name, elements));
	need(node->ns != NULL && strcmp((const char *)node->ns->href, XHTML_NAMESPACE) == 0);
	for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next) {
		need(is_one_of(attribute->name, attributes));
		if (strcmp((const char *)attribute->name, "href") == 0 || strcmp((const char *)attribute->name, "src") == 0)
			check_address((const char *)attribute->children->content);
	}
}

/* A browser would not accept a link in a link, or a block in a paragraph. */
static void
check_place(const xmlNode *node)
{
	static const char *const phrasing[] = { "a", "br", "code", "del", "em", "img", "input", "kbd", "mark", "strong", "sub", "sup", NULL };
	static const char *const holders[] = { "a", "code", "del", "em", "figcaption", "h2", "h3", "h4", "h5", "h6", "kbd", "mark", "p", "strong",
		"sub", "sup", "td", "th", NULL };

	if (is_one_of(node->parent->name, holders))
		need(is_one_of(node->name, phrasing));
	for (const xmlNode *above = node->parent; strcmp((const char *)node->name, "a") == 0 && above != NULL && above->type == XML_ELEMENT_NODE; above = above->parent)
		need(strcmp((const char *)above->name, "a") != 0);
}

static void
check_tree(const xmlNode *node)
{
	for (; node != NULL; node = node->next) {
		need(node->type == XML_ELEMENT_NODE || node->type == XML_TEXT_NODE);
		if (node->type != XML_ELEMENT_NODE)
			continue;
		check_element(node);
		check_place(node);
		check_tree(node->children);
	}
}

static const char *
check_frag(struct arena *arena, const struct fragment *frag)
{
	char *stored = fragment_write(arena, frag), *accepted;
	struct fragment *again = NULL;

	/* No character that the check of text refuses, so no U+FDD0 either. NFC does not cross markup. */
	if (!text_accept(arena, stored, strlen(stored), TEXT_BLOCK, &accepted))
		abort();
	need(fragment_read(arena, stored, &again) == OK);
	check_tree(again->root->children);
	need(strcmp(fragment_write(arena, again), stored) == 0);
	return fragment_plain(arena, frag);
}

/* Each line of the open part's text is in the whole text, in the same order. */
static void
check_part(const char *open, const char *full)
{
	while (*open != '\0') {
		size_t length = strcspn(open, "\n");

		for (;;) {
			size_t other = strcspn(full, "\n");
			bool same = other == length && memcmp(open, full, length) == 0;

			need(same || full[other] != '\0');
			full += other + (full[other] == '\n');
			if (same)
				break;
		}
		open += length + (open[length] == '\n');
	}
}

static void
skip_to_letter(const char **text)
{
	while (**text != '\0' && !((**text >= 'a' && **text <= 'z') || (**text >= 'A' && **text <= 'Z')))
		++*text;
}

/* In a text without links, code, HTML, tables and tasks, no letter is lost or moved. */
static void
check_letters(const char *text, const char *plain)
{
	if (strpbrk(text, "<`~|&") != NULL || strstr(text, "](") != NULL || strstr(text, "]:") != NULL
		|| strstr(text, "[x]") != NULL || strstr(text, "[X]") != NULL)
		return;
	for (;; text++, plain++) {
		skip_to_letter(&text);
		skip_to_letter(&plain);
		need(*text == *plain);
		if (*text == '\0')
			return;
	}
}

static void
check_ids(const struct markdown *markdown)
{
	need(markdown->open_heading_count <= markdown->heading_count);
	for (size_t i = 0; i < markdown->heading_count; i++) {
		need(markdown->headings[i].level >= 2 && markdown->headings[i].level <= 4);
		for (size_t j = 0; j < i && i < 200; j++)
			need(strcmp(markdown->headings[i].id, markdown->headings[j].id) != 0);
	}
}

static void
check(const char *text, enum markdown_flavour flavour)
{
	struct arena *arena = arena_new();
	struct markdown *markdown = NULL;
	const char *problem = NULL, *full, *open;
	enum status status = markdown_render(arena, text, flavour, "", NULL, &markdown, &problem);

	need(status == OK || (status == TOO_LARGE && problem != NULL));
	if (status == OK) {
		full = check_frag(arena, markdown->full);
		open = check_frag(arena, markdown->open);
		(void)check_frag(arena, markdown->summary);
		check_part(open, full);
		check_letters(text, full);
		check_ids(markdown);
		need(flavour == MARKDOWN_ARTICLE || (!markdown->has_more && !markdown->has_paid && markdown->heading_count == 0));
	}
	arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	const char *text = text_clean(arena, (const char *)bytes, length, TEXT_BLOCK);

	check(text, MARKDOWN_ARTICLE);
	check(text, MARKDOWN_COMMENT);
	arena_free(arena);
	return 0;
}
