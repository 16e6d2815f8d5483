/* Shared by feed.c, feed_rss.c and feed_atom.c, and private to them. */
#ifndef PAGE_FEED_INTERNAL_H
#define PAGE_FEED_INTERNAL_H

#include <libxml/tree.h>

#include "page/doc/fragment.h"
#include "page/feed/feed.h"

#define FEED_ATOM_NAMESPACE "http://www.w3.org/2005/Atom"

struct feed_writer {
	struct arena *arena;
	const struct feed *feed;
	xmlDocPtr doc;
	xmlNodePtr root;
	xmlNsPtr atom, content, dc, itunes, podcast; /* the modules are declared in RSS only */
};

/* feed_rss.c and feed_atom.c: build writer->doc from writer->feed. */
void feed_rss(struct feed_writer *writer);
void feed_atom(struct feed_writer *writer);

/* --- feed.c: parts of both formats ------------------------------------------------ */

/* Begins the document with a root element of that name. The arena frees the document. */
void feed_start(struct feed_writer *writer, const char *root);
/* Declares a namespace at the root element. */
xmlNsPtr feed_declare(struct feed_writer *writer, const char *namespace, const char *prefix);
/* Adds an element with text; ns NULL: in no namespace, text NULL: empty. feed_element_if() adds nothing when the text is empty. */
xmlNodePtr feed_element(xmlNodePtr parent, xmlNsPtr ns, const char *name, const char *text);
void feed_element_if(xmlNodePtr parent, xmlNsPtr ns, const char *name, const char *text);
/* Adds an Atom link element, which RSS uses as well. */
xmlNodePtr feed_link(struct feed_writer *writer, xmlNodePtr parent, const char *rel, const char *type, const char *href);
/* Adds a copy of the fragment as the last child of parent, without what feeds must not contain. */
struct fragment feed_copy_content(struct feed_writer *writer, xmlNodePtr parent, const struct fragment *frag);

/* The first of the three texts that is not empty, or else the last. */
const char *feed_first_of(const char *a, const char *b, const char *c);
/* When an entry was updated: never before it was published, even if the clock was wrong. */
int64_t feed_entry_updated(const struct feed_entry *entry);
/* When the feed was updated: the given time, else that of the entry that was updated last. */
int64_t feed_updated(const struct feed *feed);
/* The length of an enclosure in bytes, which both formats require; 0: unknown. */
int64_t feed_enclosure_length(const struct feed_enclosure *enclosure);

#endif
