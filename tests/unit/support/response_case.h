/*
 * The fixture of tests of responses: one site, requests to it, and the responses that response_build() gives.
 *
 *     tcase_add_checked_fixture(cases, request_setup, request_teardown);
 */
#ifndef TESTS_RESPONSE_CASE_H
#define TESTS_RESPONSE_CASE_H

#include <string.h>

#include "core/str.h"
#include "http/response.h"
#include "http/serve.h"
#include "request_case.h"

static const struct conf conf = { .base_url = "https://example.org", .base_path = "", .origin = "https://example.org",
	.https = true };

static inline enum status
handle(struct request *req)
{
	(void)req;
	return OK;
}
static const struct route route = { GET, "/blog", handle, .role = ANYONE, .languages = true };

static inline struct request
asking(const char *method)
{
	struct request req = request_sample(&conf, method);

	req.route = &route;
	return req;
}

/* The value of a header, or NULL. */
static inline const char *
value(const struct response *reply, const char *name)
{
	const char *found = strstr(reply->head, arena_printf(store->arena, "%s: ", name));

	if (found == NULL || (found != reply->head && found[-1] != '\n'))
		return NULL;
	found += strlen(name) + 2;
	return arena_bytes(store->arena, found, strcspn(found, "\r"));
}

/* Each response has complete lines, an end of its head, and the right length. */
static inline void
assert_sound(const struct response *reply, bool body_wanted)
{
	size_t lines = 0;

	ck_assert_uint_eq(strlen(reply->head), reply->head_length);
	ck_assert_int_eq(strncmp(reply->head, "Status: ", 8), 0);
	ck_assert_str_eq(reply->head + reply->head_length - 4, "\r\n\r\n");
	for (const char *c = reply->head; *c != '\0'; c++) {
		ck_assert(*c != '\n' || c[-1] == '\r');
		ck_assert(*c != '\r' || c[1] == '\n');
		lines += *c == '\n';
	}
	ck_assert_uint_lt(lines, 20);
	ck_assert_ptr_eq(strstr(reply->head, "\r\n\r\n"), reply->head + reply->head_length - 4);
	if (body_wanted)
		ck_assert_str_eq(value(reply, "Content-Length"), arena_printf(store->arena, "%zu", reply->body_length));
	ck_assert_ptr_nonnull(value(reply, "Cache-Control"));
}

static inline struct response
answer(struct request *req, enum status status)
{
	struct response reply;

	response_build(req, status, status == WRONG_METHOD ? "GET, HEAD" : NULL, &reply);
	assert_sound(&reply, status != NOT_MODIFIED && !str_equal(req->method, "HEAD"));
	return reply;
}

static inline struct response
answer_page(const char *method)
{
	struct request req = asking(method);

	ck_assert_int_eq(request_page(&req, "en", "list"), OK);
	(void)page_text(req.page->root, "heading", "Writing");
	req.event = "list";
	req.row = 12;
	return answer(&req, OK);
}

#endif
