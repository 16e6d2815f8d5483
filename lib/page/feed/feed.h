/*
 * RSS 2.0 (with content, dc and atom modules) and Atom (RFC 4287) as trees.
 * A feed is a channel and its entries; both formats are written from the same.
 */
#ifndef PAGE_FEED_H
#define PAGE_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"
#include "page/doc/fragment.h"

struct feed_enclosure {
	const char *url, *type; /* absolute; media type */
	int64_t bytes, seconds; /* seconds 0: unknown */
	const char *chapters_url, *transcript_url; /* absolute: JSON Chapters and WebVTT (podcastindex.org, namespace 1.0); or NULL */
};

struct feed_entry {
	const char *id;      /* never changes: a tag: URI (RFC 4151) or the first address */
	const char *canonical_url; /* where it first appeared, absolute; NULL or "": here */
	const char *url, *title, *summary, *author, *lang;
	int64_t published, updated;
	const struct fragment *content; /* XHTML with absolute addresses; NULL: only the summary */
	const struct feed_enclosure *enclosure; /* or NULL */
	const char *const *categories; /* tag names, NULL-terminated; or NULL */
};

struct feed {
	const char *title, *description, *lang, *author;
	const char *url;      /* of the page that this feed follows, absolute */
	const char *self_url; /* of the feed itself, absolute */
	const char *image_url; /* or NULL */
	int64_t updated;
	const struct feed_entry *entries;
	size_t count;
};

enum feed_format { FEED_RSS, FEED_ATOM };

/* The feed as UTF-8 XML with its declaration. */
enum status feed_write(struct arena *arena, const struct feed *feed, enum feed_format format,
	char **ret_bytes, size_t *ret_length);

/* The media type, with charset, for Content-Type. */
const char *feed_type(enum feed_format format);

#endif
