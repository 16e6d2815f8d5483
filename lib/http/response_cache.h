/*
 * Finished responses of pages for reading, kept by a worker between requests.
 *
 * A key contains everything that the bytes of a response depend on: the content version, the theme, the reader's rights, the
 * whole address (http/worker_cache.c). So an entry never becomes wrong, it is only no longer asked for. Versions of comments are
 * not in the key, because only the handler knows which it needs; they are stored with the response and compared. When the cache is full,
 * the entries that were not used for the longest time are removed.
 */
#ifndef HTTP_RESPONSE_CACHE_H
#define HTTP_RESPONSE_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "http/request.h"

/* Bytes that a worker's cache may use, with keys and management; and the most that one response may take of it. */
enum { RESPONSE_CACHE_MAX = 4 * 1024 * 1024, RESPONSE_CACHE_PARTS = 4 };

/* The forms in which the bytes of one response are kept. */
enum response_encoding { RESPONSE_PLAIN, RESPONSE_GZIP, RESPONSE_ENCODINGS };

/* A response of status 200 without what differs between requests: cookies, and what follows from the reader being signed in. */
struct cached_response {
	const char *etag;         /* of the plain body, with quotes */
	const char *lang;         /* Content-Language */
	const char *content_type; /* or NULL: a page */
	const char *vary;         /* req->vary, or NULL */
	const char *event;        /* req->event, or NULL */
	int64_t row;              /* req->row */
	struct dependency depends[REQUEST_DEPENDS_MAX]; /* req->depends: current while each still has its version */
	size_t depends_count;
	struct {
		const char *bytes;    /* NULL: not made yet; RESPONSE_PLAIN is always there */
		size_t length;
	} bodies[RESPONSE_ENCODINGS];
};

struct response_cache;

/* An empty cache for at most that many bytes. The caller frees it. */
struct response_cache *response_cache_new(size_t most);
void response_cache_free(struct response_cache *cache);

/* Removes all responses. For a database that was replaced, since an older one could count to the same content version again. */
void response_cache_clear(struct response_cache *cache);

/* The response for a key, or NULL. It lives until the next call of an add function. */
const struct cached_response *response_cache_find(struct response_cache *cache, const char *key);

/*
 * Stores a copy of the response, in place of one with the same key. A response that needs more than a part of the cache
 * (1/RESPONSE_CACHE_PARTS) is not stored.
 */
void response_cache_add(struct response_cache *cache, const char *key, const struct cached_response *response);

/*
 * Stores a copy of another form of the body of a stored response. Nothing happens when the response is not stored (any more),
 * or has that form already, or would need more than its part.
 */
void response_cache_add_body(struct response_cache *cache, const char *key, enum response_encoding encoding, const char *bytes,
	size_t length);

/* How many bytes are used, and how many responses are stored. */
size_t response_cache_bytes(const struct response_cache *cache);
size_t response_cache_count(const struct response_cache *cache);

#endif
