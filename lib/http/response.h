/* The table of statuses, and the response with its headers. */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "http/request.h"

/* How a status appears in a response. */
struct response_status {
	int http;           /* HTTP status code */
	const char *reason; /* reason phrase of RFC 9110 */
	const char *title, *advice; /* marked with N_(): what happened, what to do */
};
const struct response_status *response_status(enum status status);

/* A complete response: header block and body, built in memory and sent once. */
struct response {
	enum status status; /* differs from the handler's status when rendering failed */
	const char *head; /* "Status: 200 OK\r\n…\r\n\r\n" */
	size_t head_length;
	const char *body;
	size_t body_length;
	bool compressed; /* the body is compressed with gzip */
	const char *plain; /* the body before it is compressed or left out for HEAD, for the worker's cache */
	size_t plain_length;
};

/*
 * Builds the response for the status that a handler returned. For OK the page is rendered (or the finished body
 * used); a rejected POST with a page shows that page; any other status gets its error page. If rendering fails the
 * response is a 500; if even the error page fails it is a fixed text. Never fails. allow: the value of Allow, or
 * NULL.
 */
void response_build(struct request *req, enum status status, const char *allow, struct response *ret_reply);

/*
 * Everything besides the address that a response for reading depends on: content version, newest post that is due, theme, the
 * viewer's rights, the variants of running A/B tests, and what the handler declared with request_depends(). The ETag is a digest of this and the language.
 */
const char *response_state(const struct request *req);

/* The ETag for the current request, including the quotes. Each encoding has its own (RFC 9110, 8.8.3.3). */
const char *response_etag(const struct request *req, bool compressed);

/* Whether a list of entity tags (If-None-Match; RFC 9110, 13.1.2) contains this tag. Comparison is weak. */
bool response_etag_is_in(const char *list, const char *etag);

/*
 * When the response last changed, for Last-Modified. 0 when that is not certain: within the second of a change
 * another change could have the same time (RFC 9110, 8.8.2.2), and while A/B tests run the time says nothing.
 */
int64_t response_modified(const struct request *req);

#endif
