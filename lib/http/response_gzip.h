/*
 * Compressed responses (gzip, RFC 1952). A program compresses each response once. The web server caches the result, and does not compress
 * responses of programs itself.
 */
#ifndef HTTP_RESPONSE_GZIP_H
#define HTTP_RESPONSE_GZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/status.h"

struct request;

/* Shorter bodies are sent as they are: compressed they still take one packet. */
enum { GZIP_SHORTEST = 200 };

/*
 * Whether the response to this request can be compressed, for clients that accept it. Not when its length could reveal something to an
 * observer who makes the reader's browser send chosen text (BREACH; Gluck, Harris and Prado 2013): never a response that is no_store, as
 * every page with a form is, nor the answer to a POST, nor a response to a signed-in reader whose request has a query.
 */
bool response_gzip_allowed(const struct request *req, enum status status);

/*
 * Compresses bytes. *ret_bytes is in the arena, with the same result for the same bytes. False when there is not enough memory, or when the
 * result is not shorter. allocate: malloc(), or what a test uses instead; its memory is freed with free().
 */
bool response_gzip(struct arena *arena, const char *bytes, size_t length, void *(*allocate)(size_t size), const char **ret_bytes,
	size_t *ret_length);

#endif
