/*
 * Compressed responses. A program compresses each response once (core/gzip.h). The web server caches the result, and does not compress
 * responses of programs itself.
 */
#ifndef HTTP_RESPONSE_GZIP_H
#define HTTP_RESPONSE_GZIP_H

#include <stdbool.h>

#include "core/status.h"

struct request;

enum {
	GZIP_SHORTEST = 200, /* bytes; shorter bodies are sent as they are: compressed they still take one packet */
	GZIP_LEVEL = 5,      /* docs/PERFORMANCE.md has the measurement */
};

/*
 * Whether the response to this request can be compressed, for clients that accept it. Not when its length could reveal something to an
 * observer who makes the reader's browser send chosen text (BREACH; Gluck, Harris and Prado 2013): never a response that is no_store, as
 * every page with a form is, nor the answer to a POST, nor a response to a signed-in reader whose request has a query.
 */
bool response_gzip_allowed(const struct request *req, enum status status);

#endif
