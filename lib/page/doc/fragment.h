/*
 * Rich text. A fragment is a list of XHTML nodes that the renderer made (page/markdown/markdown.h), or
 * that was read back from its stored output. There is no other way to make one, so all markup in a page
 * has passed the renderer.
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
	const char *stored; /* from fragment_stored(): the markup, without nodes; else NULL */
};

/* An empty fragment. */
struct fragment *fragment_new(struct arena *arena);

/*
 * Parses a fragment that fragment_write() wrote. "" is an empty fragment. BROKEN when it is not
 * well-formed, which means that the database is damaged.
 */
enum status fragment_read(struct arena *arena, const char *stored, struct fragment **ret_frag);

/*
 * The same text as a fragment that can only be shown, not examined. The page contains its bytes as they
 * were rendered on save, without parsing, so its length does not matter. Only page_fragment() accepts
 * it. The text is not copied and must live as long as the page.
 */
struct fragment *fragment_stored(struct arena *arena, const char *stored);

/* The children of root as XML text, as it is stored and sent in feeds. In the arena. */
char *fragment_write(struct arena *arena, const struct fragment *frag);

/*
 * Makes local addresses (beginning with one '/') in href, src, srcset and poster absolute, for feeds and
 * mail.
 */
void fragment_absolute(struct fragment *frag, const char *origin);

/* The text without markup, with newlines between blocks. In the arena. */
char *fragment_plain(struct arena *arena, const struct fragment *frag);

/* True when the fragment holds nothing but white space. */
bool fragment_is_empty(const struct fragment *frag);

#endif
