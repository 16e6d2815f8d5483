/*
 * The page document: the tree that a handler fills and the theme's sheets turn
 * into XHTML. docs/THEMES.md describes it, templates/page.rng is its contract.
 *
 * Text enters here as text. There is no call that takes markup; rich text is a
 * struct fragment.
 */
#ifndef PAGE_DOC_H
#define PAGE_DOC_H

#include <stdint.h>
#include <libxml/tree.h>

#include "core/arena.h"
#include "page/doc/fragment.h"

struct page {
	struct arena *arena;
	xmlDocPtr doc;
	xmlNodePtr root;   /* <page> */
	const char *lang;  /* of the interface and, unless said otherwise, the text: en or zh */
	const char *base_path; /* goes before every local address; "" at the root of a host */
	const char *base_url;
	const char **stored;     /* markup that the writer puts in as it is stored, by number */
	size_t stored_count, stored_room;
};

/* The namespace of <stored number="…"/>, which stands for such a fragment. */
#define STORED_NAMESPACE "urn:renown:stored"

/* A new document with <page lang="…" base="…"/>; freed with the arena. */
struct page *page_new(struct arena *arena, const char *lang, const char *base_url, const char *base_path);

/* A child element, without or with text (NULL text adds no text node). */
xmlNodePtr page_element(xmlNodePtr parent, const char *name);
xmlNodePtr page_text(xmlNodePtr parent, const char *name, const char *text);

/* An attribute; NULL value adds none. */
void page_attr(xmlNodePtr element, const char *name, const char *value);
void page_attr_int(xmlNodePtr element, const char *name, int64_t value);

/* An attribute with a local address ("/blog/x"): the base path goes before it. */
void page_href(struct page *page, xmlNodePtr element, const char *name, const char *path);

/* The same as a string, and the absolute form. */
char *page_path(struct page *page, const char *path);
char *page_url(struct page *page, const char *path);

/* Two attributes: name="2026-11-24T05:23:42Z" for machines, name-text in the page's language. */
void page_date(struct page *page, xmlNodePtr element, const char *name, int64_t time);

/*
 * A child element that holds the fragment: a copy of its nodes, or, for fragment_stored(), an element that
 * stands for it until the page is written. Sheets copy both with copy-of.
 */
void page_fragment(xmlNodePtr parent, const char *name, const struct fragment *frag);

/* Text with \x01 and \x02 around matches: <name>…<match>…</match>…</name>. */
void page_marked(xmlNodePtr parent, const char *name, const char *text);

/* The names of elements and attributes of all page documents; sheets are read with the same, so that equal names are one pointer. */
xmlDictPtr page_names(void);

/* Takes out, in place, what XML 1.0 cannot hold. All calls above do so by themselves. */
void page_legal(char *text);

/* A path segment or query value, percent-encoded (RFC 3986; letters of every script are encoded as UTF-8). */
char *page_encode(struct arena *arena, const char *text);

#endif
