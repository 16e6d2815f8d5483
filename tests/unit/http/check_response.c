/* The table of statuses and the function that writes the headers. Compression: check_response_gzip.c. */
#include "support/response_case.h"
#include "support/suite.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/clock.h"
#include "core/log.h"

/* --- the table ------------------------------------------------------------------- */

static const struct {
	enum status status;
	int http;
	bool public; /* may be cached by everyone */
} meanings[] = {
	{ OK, 200, true }, { NOT_MODIFIED, 304, true }, { MOVED, 301, true }, { SEE_OTHER, 303, false },
	{ BAD_REQUEST, 400, false }, { FORBIDDEN, 403, false }, { NOT_FOUND, 404, true }, { WRONG_METHOD, 405, false },
	{ CONFLICT, 409, false }, { TOO_LARGE, 413, false }, { INVALID, 422, false }, { TOO_MANY, 429, false },
	{ FAULT, 500, false }, { BUSY, 503, false }, { BROKEN, 503, false }, { READ_ONLY, 503, false }, { FULL, 507, false },
};

START_TEST(every_status_has_a_meaning)
{
	ck_assert_int_eq(sizeof(meanings) / sizeof(*meanings), STATUS_COUNT);
	for (int i = 0; i < STATUS_COUNT; i++) {
		const struct response_status *meaning = response_status(meanings[i].status);
		ck_assert_int_eq(meanings[i].status, i);
		ck_assert_int_eq(meaning->http, meanings[i].http);
		ck_assert_uint_gt(strlen(meaning->reason), 1);
		ck_assert(meaning->http < 300 || meaning->http == 304 || (*meaning->title != '\0' && *meaning->advice != '\0'));
		ck_assert_str_ne(status_name((enum status)i), "unknown");
	}
	/* A number that is no status gives 500 and never reads beyond the table. */
	ck_assert_int_eq(response_status((enum status)STATUS_COUNT)->http, 500);
	ck_assert_int_eq(response_status((enum status)-1)->http, 500);
	ck_assert_str_eq(status_name((enum status)STATUS_COUNT), "unknown");
}
END_TEST

START_TEST(every_error_has_a_page)
{
	enum status status = meanings[_i].status;
	struct request req = asking("GET");
	struct response reply;

	if (status == OK || status == NOT_MODIFIED)
		return;
	log_request("4f2a4f2a");
	if (status == MOVED || status == SEE_OTHER)
		req.location = request_url(&req, "/blog/x");
	reply = answer(&req, status);
	ck_assert_str_eq(value(&reply, "Status"), arena_printf(store->arena, "%d %s", meanings[_i].http,
		response_status(status)->reason));
	ck_assert_str_eq(value(&reply, "Content-Type"), "text/html; charset=utf-8");
	ck_assert_int_eq(strncmp(reply.body, "<!DOCTYPE html>", 15), 0);
	ck_assert_ptr_nonnull(strstr(reply.body, response_status(status)->title));
	ck_assert_ptr_null(value(&reply, "ETag"));
	ck_assert_ptr_null(value(&reply, "Last-Modified"));
	ck_assert_int_eq(str_equal(value(&reply, "Cache-Control"), "private, no-store"), !meanings[_i].public);
	ck_assert_int_eq(value(&reply, "Allow") != NULL, status == WRONG_METHOD);
	ck_assert_int_eq(value(&reply, "Location") != NULL, req.location != NULL);
	ck_assert_int_eq(value(&reply, "Retry-After") != NULL, meanings[_i].http == 503 || meanings[_i].http == 429);
	/* The request id is shown with server errors only, so that a reader can report it. */
	ck_assert_int_eq(strstr(reply.body, "4f2a4f2a") != NULL, meanings[_i].http >= 500);
}
END_TEST

/* --- answers ----------------------------------------------------------------------- */

START_TEST(a_page_can_be_cached_and_revalidated)
{
	struct response reply = answer_page("GET");

	ck_assert_str_eq(value(&reply, "Status"), "200 OK");
	ck_assert_str_eq(value(&reply, "Content-Language"), "en");
	ck_assert_str_eq(value(&reply, "Cache-Control"), "public, max-age=0, must-revalidate");
	ck_assert_str_eq(value(&reply, "Last-Modified"), clock_http(store->arena, STORE_NOW - 50));
	ck_assert_uint_eq(strlen(value(&reply, "ETag")), 24);
	ck_assert_str_eq(value(&reply, "X-Renown-Event"), "list");
	ck_assert_str_eq(value(&reply, "X-Renown-Row"), "12");
	ck_assert_ptr_null(value(&reply, "Set-Cookie"));
}
END_TEST

START_TEST(head_has_the_same_headers_and_no_body)
{
	struct response get = answer_page("GET"), head = answer_page("HEAD");

	ck_assert_str_eq(head.head, get.head);
	ck_assert_uint_eq(head.body_length, 0);
	ck_assert_uint_gt(get.body_length, 500);
}
END_TEST

/* RFC 9110, 15.4.5: the headers about the copy that a 200 would have, and none about a body. */
START_TEST(a_current_copy_gets_304)
{
	struct request req = asking("GET");
	struct response reply, whole = answer_page("GET");

	req.if_none_match = value(&whole, "ETag");
	ck_assert_int_eq(request_page(&req, "en", "list"), NOT_MODIFIED);
	reply = answer(&req, NOT_MODIFIED);
	ck_assert_str_eq(value(&reply, "Status"), "304 Not Modified");
	ck_assert_str_eq(value(&reply, "ETag"), value(&whole, "ETag"));
	ck_assert_str_eq(value(&reply, "Last-Modified"), value(&whole, "Last-Modified"));
	ck_assert_str_eq(value(&reply, "Cache-Control"), value(&whole, "Cache-Control"));
	ck_assert_ptr_null(value(&reply, "Content-Type"));
	ck_assert_ptr_null(value(&reply, "Content-Length"));
	ck_assert_ptr_null(value(&reply, "X-Renown-Event"));
	ck_assert_uint_eq(reply.body_length, 0);
}
END_TEST

static void
assert_not_cached(struct request *req, enum status status)
{
	struct response reply = answer(req, status);

	ck_assert_str_eq(value(&reply, "Cache-Control"), "private, no-store");
	ck_assert_str_eq(value(&reply, "X-Accel-Expires"), "0");
	ck_assert_ptr_null(value(&reply, "ETag"));
	ck_assert_ptr_null(value(&reply, "Last-Modified"));
}

/* A member's page in a shared cache would be served to everyone. */
START_TEST(pages_for_one_user_are_not_cached)
{
	static const enum status statuses[] = { OK, NOT_FOUND, MOVED };
	struct user user = { .id = 3, .revision = 1, .role = "member", .name = "Reader" };

	for (size_t i = 0; i < 3; i++) {
		struct request req = asking("GET");
		req.location = request_url(&req, "/x");
		req.body = "x";
		req.body_length = 1;
		req.viewer.user = &user;
		assert_not_cached(&req, statuses[i]);
		req = asking("GET");
		req.location = request_url(&req, "/x");
		req.body = "x";
		req.body_length = 1;
		req.no_store = true;
		assert_not_cached(&req, statuses[i]);
	}
}
END_TEST

static const struct route reading_route = { GET, "/blog", handle, .role = ANYONE, .languages = true, .reading = true };

static struct response
reading_page(const struct user *user, const char *if_none_match)
{
	struct request req = asking("GET");
	enum status status;

	req.route = &reading_route;
	req.vary = "Accept-Language";
	req.viewer.user = user;
	req.viewer.owns_no_post = true;
	req.if_none_match = if_none_match;
	req.if_modified_since = clock_http(store->arena, STORE_NOW);
	status = request_page(&req, "en", "list");
	return answer(&req, status);
}

/* The browser caches the page, revalidates it each time, and gets a new one when the rights have changed. */
START_TEST(a_reading_page_is_cached_only_by_the_browser)
{
	struct user user = { .id = 3, .role = "member", .name = "" }, equal = { .id = 4, .role = "member", .name = "" },
		author = { .id = 3, .role = "author", .name = "" };
	struct response whole = reading_page(&user, "\"other\""), reply;
	const char *etag = value(&whole, "ETag");

	ck_assert_str_eq(value(&whole, "Status"), "200 OK");
	ck_assert_str_eq(value(&whole, "Cache-Control"), "private, no-cache");
	ck_assert_str_eq(value(&whole, "X-Accel-Expires"), "0");
	ck_assert_str_eq(value(&whole, "Vary"), "Accept-Encoding, Accept-Language, Cookie");
	ck_assert_ptr_null(value(&whole, "Last-Modified"));
	/* A date alone does not give 304: a right can end without a later date. */
	reply = reading_page(&user, NULL);
	ck_assert_str_eq(value(&reply, "Status"), "200 OK");
	reply = reading_page(&user, etag);
	ck_assert_str_eq(value(&reply, "Status"), "304 Not Modified");
	ck_assert_str_eq(value(&reply, "ETag"), etag);
	ck_assert_str_eq(value(&reply, "Vary"), "Accept-Encoding, Accept-Language, Cookie");
	ck_assert_str_eq(value(&reply, "Cache-Control"), "private, no-cache");
	reply = reading_page(&equal, etag);
	ck_assert_str_eq(value(&reply, "Status"), "304 Not Modified");
	reply = reading_page(&author, etag);
	ck_assert_str_eq(value(&reply, "Status"), "200 OK");
	reply = reading_page(NULL, "\"other\"");
	ck_assert_str_ne(value(&reply, "ETag"), etag);
	ck_assert_str_eq(value(&reply, "Vary"), "Accept-Encoding, Accept-Language");
}
END_TEST

START_TEST(errors_on_a_reading_page_are_not_cached)
{
	static const enum status others[] = { NOT_FOUND, MOVED, FAULT, BUSY, SEE_OTHER };
	struct user user = { .id = 3, .role = "member", .name = "" };

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		struct request req = asking("GET");
		req.route = &reading_route;
		req.viewer.user = &user;
		req.location = request_url(&req, "/x");
		assert_not_cached(&req, others[i]);
	}
}
END_TEST

/* After signing out, "Back" must not show what only this reader could see. */
START_TEST(signing_out_clears_the_browser_cache)
{
	struct request req = asking("POST");
	struct response reply;

	req.location = request_url(&req, "/");
	reply = answer(&req, SEE_OTHER);
	ck_assert_ptr_null(value(&reply, "Clear-Site-Data"));
	req.cookie = "new session";
	reply = answer(&req, SEE_OTHER);
	ck_assert_ptr_null(value(&reply, "Clear-Site-Data"));
	req.cookie = "";
	reply = answer(&req, SEE_OTHER);
	ck_assert_str_eq(value(&reply, "Clear-Site-Data"), "\"cache\"");
}
END_TEST

/* A reader who only receives 304 must not be signed out for having been away. */
START_TEST(a_304_renews_the_session_cookie)
{
	struct request req = asking("GET");
	struct response reply;

	req.cookie_again = "session";
	reply = answer(&req, NOT_MODIFIED);
	ck_assert_ptr_nonnull(value(&reply, "Set-Cookie"));
}
END_TEST

START_TEST(a_finished_body_is_sent_unchanged)
{
	struct request req = asking("GET");
	struct response reply;

	req.body = "a\0b";
	req.body_length = 3;
	req.content_type = "text/plain; charset=utf-8";
	reply = answer(&req, OK);
	ck_assert_uint_eq(reply.body_length, 3);
	ck_assert_int_eq(memcmp(reply.body, "a\0b", 3), 0);
	ck_assert_str_eq(value(&reply, "Content-Type"), "text/plain; charset=utf-8");
	/* An error after that is an HTML page again. */
	reply = answer(&req, FAULT);
	ck_assert_str_eq(value(&reply, "Content-Type"), "text/html; charset=utf-8");
	ck_assert_ptr_nonnull(strstr(reply.body, "</html>"));
}
END_TEST

START_TEST(a_handler_without_a_body_is_a_fault)
{
	struct request req = asking("GET");
	struct response reply = answer(&req, OK);

	ck_assert_str_eq(value(&reply, "Status"), "500 Internal Server Error");
	/* serve() commits the transaction or not depending on this status. */
	ck_assert_int_eq(reply.status, FAULT);
	ck_assert_ptr_null(value(&reply, "ETag"));
	ck_assert_str_eq(value(&reply, "Cache-Control"), "private, no-store");
}
END_TEST

/* A refused form is shown again as a page, with the status of the refusal. */
START_TEST(a_refused_form_is_shown_again)
{
	struct request req = asking("POST");
	struct response reply;

	ck_assert_int_eq(request_page(&req, "en", "sign-in"), OK);
	(void)page_text(req.page->root, "heading", "What was typed");
	reply = answer(&req, INVALID);
	ck_assert_int_eq(reply.status, INVALID);
	ck_assert_ptr_nonnull(strstr(reply.body, "What was typed"));
	ck_assert_str_eq(value(&reply, "Status"), "422 Unprocessable Content");
	ck_assert_str_eq(value(&reply, "Cache-Control"), "private, no-store");
	/* A refused form starts no session. */
	req.cookie = "x";
	reply = answer(&req, INVALID);
	ck_assert_ptr_null(value(&reply, "Set-Cookie"));
}
END_TEST

/* An unfinished page must not be sent as a complete one. */
START_TEST(a_failed_handler_sends_only_the_error_page)
{
	struct request req = asking("GET");
	struct response reply;

	ck_assert_int_eq(request_page(&req, "en", "list"), OK);
	(void)page_text(req.page->root, "heading", "Half of what was to be said");
	request_translation(&req, "zh", "/zh/blog");
	reply = answer(&req, NOT_FOUND);
	ck_assert_ptr_null(strstr(reply.body, "Half of what"));
	ck_assert_ptr_null(strstr(reply.body, "hreflang=\"zh\" href=\"https://example.org/zh/blog\""));
	ck_assert_str_eq(value(&reply, "Status"), "404 Not Found");
}
END_TEST

START_TEST(the_handler_sets_retry_after)
{
	struct request req = asking("GET");
	struct response reply;

	req.retry_after = 42;
	reply = answer(&req, TOO_MANY);
	ck_assert_str_eq(value(&reply, "Retry-After"), "42");
	req.retry_after = 0;
	reply = answer(&req, BUSY);
	ck_assert_int_gt(atoi(value(&reply, "Retry-After")), 0);
}
END_TEST

/* Without the database or the settings no page can be built. A fixed text in both languages is sent instead. */
START_TEST(a_fixed_error_text_is_sent_without_a_database)
{
	struct request req = asking("GET");
	struct response reply;

	req.settings = NULL;
	req.db = NULL;
	reply = answer(&req, BROKEN);
	ck_assert_str_eq(value(&reply, "Status"), "503 Service Unavailable");
	ck_assert_ptr_nonnull(value(&reply, "Retry-After"));
	ck_assert_ptr_nonnull(strstr(reply.body, "not available just now"));
	ck_assert_ptr_nonnull(strstr(reply.body, "lang=\"zh\""));
	ck_assert_ptr_null(value(&reply, "Content-Language"));
	/* The database fails between the handler and the error page. */
	req = asking("HEAD");
	ck_assert_int_eq(db_execute(store->db, "DROP TABLE post_text; DROP TABLE post_tag"), OK);
	reply = answer(&req, FAULT);
	ck_assert_str_eq(value(&reply, "Status"), "500 Internal Server Error");
	ck_assert_uint_eq(reply.body_length, 0);
}
END_TEST

/* --- bytes that could start a second line ---------------------------------------------------- */

static const char *const hostile[] = { "/x\r\nSet-Cookie: a=b", "/x\nX: y", "/x\rX: y", "/x\ty", "/\x01", "/\x7f",
	"/caf\xc3\xa9", "/\xff" };

/* Paths are encoded before this point. One that is not is a defect of the program. */
START_TEST(a_control_byte_in_a_header_ends_the_process)
{
	struct request req = asking("GET");
	struct response reply;

	req.location = request_url(&req, hostile[_i]);
	response_build(&req, MOVED, NULL, &reply);
}
END_TEST

START_TEST(an_encoded_url_is_accepted)
{
	struct request req = asking("GET");
	struct response reply;

	ck_assert_int_eq(request_moved(&req, arena_printf(store->arena, "/blog/%s", page_encode(store->arena, "caf\xc3\xa9\r\n:"))),
		MOVED);
	reply = answer(&req, MOVED);
	ck_assert_str_eq(value(&reply, "Location"), "https://example.org/blog/caf%C3%A9%0D%0A%3A");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("response");
	TCase *cases = tcase_create("response");

	tcase_add_checked_fixture(cases, request_setup, request_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, every_status_has_a_meaning);
	tcase_add_loop_test(cases, every_error_has_a_page, 0, STATUS_COUNT);
	tcase_add_test(cases, a_page_can_be_cached_and_revalidated);
	tcase_add_test(cases, head_has_the_same_headers_and_no_body);
	tcase_add_test(cases, a_current_copy_gets_304);
	tcase_add_test(cases, pages_for_one_user_are_not_cached);
	tcase_add_test(cases, a_reading_page_is_cached_only_by_the_browser);
	tcase_add_test(cases, errors_on_a_reading_page_are_not_cached);
	tcase_add_test(cases, signing_out_clears_the_browser_cache);
	tcase_add_test(cases, a_304_renews_the_session_cookie);
	tcase_add_test(cases, a_finished_body_is_sent_unchanged);
	tcase_add_test(cases, a_handler_without_a_body_is_a_fault);
	tcase_add_test(cases, a_refused_form_is_shown_again);
	tcase_add_test(cases, a_failed_handler_sends_only_the_error_page);
	tcase_add_test(cases, the_handler_sets_retry_after);
	tcase_add_test(cases, a_fixed_error_text_is_sent_without_a_database);
	tcase_add_loop_test_raise_signal(cases, a_control_byte_in_a_header_ends_the_process, SIGABRT, 0,
		sizeof(hostile) / sizeof(*hostile));
	tcase_add_test(cases, an_encoded_url_is_accepted);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
