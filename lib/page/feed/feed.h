/*
 * RSS 2.0 (with the content, dc and atom modules) and Atom (RFC 4287). Both formats are written from the same struct
 * feed.
 */
#ifndef PAGE_FEED_H
#define PAGE_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"
#include "page/doc/fragment.h"

/* An audio or video file of an entry. */
struct feed_enclosure {
	const char *url, *type; /* absolute; media type */
	int64_t bytes, seconds; /* seconds 0: unknown */
	const char *chapters_url, *transcript_url; /* absolute: JSON Chapters and WebVTT (podcastindex.org, namespace 1.0); or NULL */
};

/* A post in a feed. Times are Unix seconds; title and summary are plain text. */
struct feed_entry {
	const char *id;      /* never changes: a tag: URI (RFC 4151) or the first URL */
	const char *canonical_url; /* canonical URL on another site; NULL or "": on this site */
	const char *url, *title, *summary, *author, *lang;
	int64_t published, updated;
	const struct fragment *content; /* XHTML with absolute addresses; NULL: only the summary */
	const struct feed_enclosure *enclosure; /* or NULL */
	const char *const *categories; /* tag names, NULL-terminated; or NULL */
};

struct feed {
	const char *title, *description, *lang, *author;
	const char *url;      /* of the page that has this feed, absolute */
	const char *self_url; /* of the feed itself, absolute */
	const char *image_url; /* or NULL */
	/* Unix seconds; 0: the newest change among the entries */
	int64_t updated;
	const struct feed_entry *entries;
	size_t count;
};

enum feed_format { FEED_RSS, FEED_ATOM };

/* Writes the feed as UTF-8 XML with its declaration, in the arena. FAULT when libxml2 cannot write it, which is logged. */
enum status feed_write(struct arena *arena, const struct feed *feed, enum feed_format format,
	char **ret_bytes, size_t *ret_length);

/* The value of Content-Type, with charset. */
const char *feed_type(enum feed_format format);

#endif
