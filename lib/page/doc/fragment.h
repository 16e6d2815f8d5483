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

struct frag {
	xmlDocPtr doc;   /* owns the nodes; freed with the arena */
	xmlNodePtr root; /* a div in the XHTML namespace, whose children are the fragment */
	const char *stored; /* from frag_stored(): the markup itself, and no nodes; else NULL */
};

/* An empty fragment. */
struct frag *frag_new(struct arena *arena);

/*
 * Reads a fragment as frag_write() wrote it. BROKEN when it is not well-formed,
 * which means that the store was damaged. "" is an empty fragment.
 */
enum status frag_read(struct arena *arena, const char *stored, struct frag **ret_frag);

/*
 * The same text as a fragment that is only shown, never looked into: the page takes its bytes as
 * they were rendered on save, which costs nothing however long it is. Only page_frag() takes it. The
 * text is not copied.
 */
struct frag *frag_stored(struct arena *arena, const char *stored);

/* The children of root as XML text: what is stored and what feeds carry. */
char *frag_write(struct arena *arena, const struct frag *frag);

/* Makes href, src, srcset and poster that begin with '/' absolute: for feeds and mail. */
void frag_absolute(struct frag *frag, const char *origin);

/* The text without markup, blocks separated by newlines. */
char *frag_plain(struct arena *arena, const struct frag *frag);

bool frag_is_empty(const struct frag *frag);

#endif
