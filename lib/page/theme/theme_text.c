/*
 * The texts of the compiled stylesheets. Languages differ only in the content of text nodes, so all of them share one
 * compiled stylesheet: before a page is rendered, its language's texts are put into these nodes. That is one assignment
 * for each text, and none when the language is the same as in the last page.
 */
#include "page/theme/theme_internal.h"

#include <stdlib.h>
#include <string.h>
#include <libxslt/imports.h>

#include "core/str.h"
#include "page/doc/doc.h"
#include "page/lang/lang.h"
#include "page/theme/stylesheet.h"

/* Calls see() for each text node with messages in a tree. */
static void
each_text(xmlNodePtr root, struct theme_texts *texts, void (*see)(struct theme_texts *texts, xmlNodePtr node))
{
	for (xmlNodePtr node = root; node != NULL;) {
		if (node->type == XML_TEXT_NODE && node->content != NULL && xmlStrchr(node->content, STYLESHEET_TEXT_START) != NULL)
			see(texts, node);
		if (node->type == XML_ELEMENT_NODE && node->children != NULL) {
			node = node->children;
			continue;
		}
		while (node != root && node->next == NULL)
			node = node->parent;
		node = node == root ? NULL : node->next;
	}
}

/* The same for all stylesheets: each import level has a document, and its included ones are in a list. */
static void
each_text_of(xsltStylesheetPtr top, struct theme_texts *texts, void (*see)(struct theme_texts *texts, xmlNodePtr node))
{
	for (xsltStylesheetPtr style = top; style != NULL; style = xsltNextImport(style)) {
		each_text(xmlDocGetRootElement(style->doc), texts, see);
		for (xsltDocumentPtr included = style->docList; included != NULL; included = included->next)
			each_text(xmlDocGetRootElement(included->doc), texts, see);
	}
}

static void
count_text(struct theme_texts *texts, xmlNodePtr node)
{
	(void)node;
	texts->count++;
}

static void
add_text(struct theme_texts *texts, xmlNodePtr node)
{
	struct theme_text *text = &texts->texts[texts->count++];

	text->node = node;
	text->marked = arena_dup(texts->arena, (const char *)node->content);
}

struct theme_texts *
theme_texts_new(xsltStylesheetPtr style)
{
	struct arena *arena = arena_new();
	struct theme_texts *texts = arena_new_of(arena, struct theme_texts);

	texts->arena = arena;
	texts->lang = LANGUAGES_MAX;
	each_text_of(style, texts, count_text);
	texts->texts = arena_array(arena, texts->count, sizeof(*texts->texts));
	texts->count = 0;
	each_text_of(style, texts, add_text);
	return texts;
}

void
theme_texts_free(struct theme_texts *texts)
{
	if (texts != NULL)
		arena_free(texts->arena);
}

/* Translates the messages into the current language. libxml2 may have joined several in one node. */
static const char *
translated(struct arena *arena, const char *marked)
{
	const char *result = "", *start, *end;

	while ((start = strchr(marked, STYLESHEET_TEXT_START)) != NULL && (end = strchr(start, STYLESHEET_TEXT_END)) != NULL) {
		const char *message = arena_bytes(arena, start + 1, (size_t)(end - start - 1));
		result = arena_printf(arena, "%s%.*s%s", result, (int)(start - marked), marked, lang_text(message));
		marked = end + 1;
	}
	return arena_printf(arena, "%s%s", result, marked);
}

static void
translate(struct theme_texts *texts, size_t lang)
{
	const char *before = lang_used();
	struct arena *scratch = arena_new();

	lang_use(languages[lang].code);
	for (size_t i = 0; i < texts->count; i++) {
		struct theme_text *text = &texts->texts[i];
		/* Nodes do not free what is in the dictionary, and libxslt uses such a text without copying it. */
		text->content[lang] = (xmlChar *)xmlDictLookup(page_names(), (const xmlChar *)translated(scratch, text->marked), -1);
		if (text->content[lang] == NULL)
			abort();
	}
	lang_use(before);
	arena_free(scratch);
}

void
theme_texts_use(struct theme_texts *texts, size_t lang)
{
	if (texts->lang == lang)
		return;
	if (texts->count > 0 && texts->texts[0].content[lang] == NULL)
		translate(texts, lang);
	for (size_t i = 0; i < texts->count; i++) {
		xmlNodePtr node = texts->texts[i].node;
		if (node->doc->dict == NULL || xmlDictOwns(node->doc->dict, node->content) != 1)
			xmlFree(node->content);
		node->content = texts->texts[i].content[lang];
	}
	texts->lang = lang;
}
