/*
 * Rich text. A fragment is a list of XHTML nodes that our own renderer made
 * (page/markdown/markdown.h), or that was read back from where its output is stored. There is no other
 * way to make one, so whatever reaches a page as markup has passed the renderer.
 */
#ifndef PAGE_DOC_FRAGMENT_H
#define PAGE_DOC_FRAGMENT_H

#include <stdbool.h>
#include <libxml/tree.h>

#include "core/arena.h"
#include "core/status.h"

#define XHTML_NAMESPACE "http://www.w3.org/1999/xhtml"

struct fragment {
	xmlDocPtr doc;   /* owns the nodes; freed with the arena */
	xmlNodePtr root; /* a div in the XHTML namespace, whose children are the fragment */
	const char *stored; /* from fragment_stored(): the markup itself, and no nodes; else NULL */
};

/* An empty fragment. */
struct fragment *fragment_new(struct arena *arena);

/*
 * Reads a fragment as fragment_write() wrote it. BROKEN when it is not well-formed,
 * which means that the store was damaged. "" is an empty fragment.
 */
enum status fragment_read(struct arena *arena, const char *stored, struct fragment **ret_frag);

/*
 * The same text as a fragment that is only shown, never looked into: the page takes its bytes as
 * they were rendered on save, which costs nothing however long it is. Only page_fragment() takes it. The
 * text is not copied.
 */
struct fragment *fragment_stored(struct arena *arena, const char *stored);

/* The children of root as XML text: what is stored and what feeds carry. */
char *fragment_write(struct arena *arena, const struct fragment *frag);

/* Makes href, src, srcset and poster that begin with '/' absolute: for feeds and mail. */
void fragment_absolute(struct fragment *frag, const char *origin);

/* The text without markup, blocks separated by newlines. */
char *fragment_plain(struct arena *arena, const struct fragment *frag);

bool fragment_is_empty(const struct fragment *frag);

#endif
