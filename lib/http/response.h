/* The one status table, and the one writer of response headers. */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "http/request.h"

/* What a status means to the world. */
struct response_status {
	int http;           /* the number */
	const char *reason; /* RFC 9110's phrase */
	const char *title, *advice; /* N_() marked: what happened, what to do */
};
const struct response_status *response_status(enum status status);

/* The whole answer: header block and body, built in memory and sent once. */
struct response {
	enum status status; /* what is answered: another than the handler's when rendering failed */
	const char *head; /* "Status: 200 OK\r\n…\r\n\r\n" */
	size_t head_length;
	const char *body;
	size_t body_length;
};

/*
 * Builds the answer for what a handler returned. For OK the page is rendered
 * (or the finished body used); any other status gets its error page. When rendering
 * fails the answer is 500; when even the error page cannot be made it is a fixed text. Never fails.
 */
void response_build(struct request *req, enum status status, const char *allow, struct response *ret_reply);

/* The page's ETag for the current request, with quotes. */
const char *response_etag(const struct request *req);

/*
 * When the answer last changed, for Last-Modified; 0 while that is not known for good: within the second of a
 * change another may follow, and would have the same time (RFC 9110, 8.8.2.2); and while trials run the time does not tell.
 */
int64_t response_modified(const struct request *req);

#endif
