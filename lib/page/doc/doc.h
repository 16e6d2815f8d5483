/*
 * The page document: a tree that a handler fills and that the theme's stylesheets turn into XHTML. docs/THEMES.md
 * describes it, and templates/page.rng is its schema.
 *
 * These functions take plain text. None of them takes markup; rich text is passed as a struct fragment.
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
	const char *lang;  /* of the interface, and of the text unless it says otherwise: en or zh */
	const char *base_path; /* put before every local address; "" at the root of a host */
	const char *base_url;
	const char **stored;     /* fragments' markup, written exactly as stored, by number */
	size_t stored_count, stored_room;
};

/* The namespace of <stored number="…"/>, the placeholder for such a fragment. */
#define STORED_NAMESPACE "urn:renown:stored"

/* A new document with <page lang="…" base="…"/>. It is freed with the arena. */
struct page *page_new(struct arena *arena, const char *lang, const char *base_url, const char *base_path);

/* Adds a child element, without or with text. NULL text adds no text node. */
xmlNodePtr page_element(xmlNodePtr parent, const char *name);
xmlNodePtr page_text(xmlNodePtr parent, const char *name, const char *text);

/* Adds an attribute; a NULL value adds none. */
void page_attr(xmlNodePtr element, const char *name, const char *value);
void page_attr_int(xmlNodePtr element, const char *name, int64_t value);

/* Adds an attribute with a local address ("/blog/x"), with the base path before it. */
void page_href(struct page *page, xmlNodePtr element, const char *name, const char *path);

/* The same address as a string: with the base path, and as an absolute URL. In the page's arena. */
char *page_path(struct page *page, const char *path);
char *page_url(struct page *page, const char *path);

/* Adds two attributes: name="2026-11-24T05:23:42Z" for programs, and name-text in the page's language. */
void page_date(struct page *page, xmlNodePtr element, const char *name, int64_t time);

/*
 * Adds a child element that holds the fragment: a copy of its nodes or, for fragment_stored(), a placeholder that is
 * replaced when the page is written. Stylesheets copy both with copy-of.
 */
void page_fragment(xmlNodePtr parent, const char *name, const struct fragment *frag);

/* Adds a child element with text in which \x01 and \x02 surround matches: <name>…<match>…</match>…</name>. */
void page_marked(xmlNodePtr parent, const char *name, const char *text);

/*
 * A digest of the whole document with its stored fragments, and of the theme that will render it, as text in the arena. Rendering gives
 * equal bytes for equal digests, because a stylesheet reads nothing but the document.
 */
const char *page_digest(const struct page *page, const char *theme_build);

/*
 * The dictionary of element and attribute names that all page documents share. Stylesheets are parsed with the same
 * dictionary, so that equal names are the same pointer.
 */
xmlDictPtr page_names(void);

/* Removes, in place, the characters that XML 1.0 does not allow. All functions above do this themselves. */
void page_legal(char *text);

/* Percent-encodes a path segment or query value (RFC 3986; non-ASCII letters are encoded as UTF-8). In the arena. */
char *page_encode(struct arena *arena, const char *text);

#endif
