/* The table of statuses and the function that writes the headers. */
#include "support/request_case.h"
#include "support/suite.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <zlib.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "http/response.h"
#include "http/response_gzip.h"
#include "http/serve.h"

static const struct conf conf = { .base_url = "https://example.org", .base_path = "", .origin = "https://example.org",
	.https = true };

static enum status
handle(struct request *req)
{
	(void)req;
	return OK;
}
static const struct route route = { GET, "/blog", handle, .role = ANYONE, .languages = true };

static struct request
asking(const char *method)
{
	struct request req = request_sample(&conf, method);

	req.route = &route;
	return req;
}

/* The value of a header, or NULL. */
static const char *
value(const struct response *reply, const char *name)
{
	const char *found = strstr(reply->head, arena_printf(store->arena, "%s: ", name));

	if (found == NULL || (found != reply->head && found[-1] != '\n'))
		return NULL;
	found += strlen(name) + 2;
	return arena_bytes(store->arena, found, strcspn(found, "\r"));
}

/* What every answer has: whole lines, an end, a length that is true. */
static void
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

static struct response
answer(struct request *req, enum status status)
{
	struct response reply;

	response_build(req, status, status == WRONG_METHOD ? "GET, HEAD" : NULL, &reply);
	assert_sound(&reply, status != NOT_MODIFIED && !str_equal(req->method, "HEAD"));
	return reply;
}

static struct response
answer_page(const char *method)
{
	struct request req = asking(method);

	ck_assert_int_eq(request_page(&req, "en", "list"), OK);
	(void)page_text(req.page->root, "heading", "Writing");
	req.event = "list";
	req.row = 12;
	return answer(&req, OK);
}

/* --- the table ------------------------------------------------------------------- */

static const struct {
	enum status status;
	int http;
	bool public; /* may be kept by everyone */
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
	/* A number that is no status is our fault, not a hole in a table. */
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
	/* Whoever reports a fault can name it; nobody else needs the number. */
	ck_assert_int_eq(strstr(reply.body, "4f2a4f2a") != NULL, meanings[_i].http >= 500);
}
END_TEST

/* --- answers ----------------------------------------------------------------------- */

START_TEST(a_page_may_be_kept_and_asked_for_again)
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

START_TEST(head_is_the_same_without_a_body)
{
	struct response get = answer_page("GET"), head = answer_page("HEAD");

	ck_assert_str_eq(head.head, get.head);
	ck_assert_uint_eq(head.body_length, 0);
	ck_assert_uint_gt(get.body_length, 500);
}
END_TEST

/* RFC 9110, 15.4.5: what a 200 would have said of the copy, and nothing of a body. */
START_TEST(a_current_copy_is_confirmed)
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

/* --- compression --------------------------------------------------------------------- */

/* The uncompressed bytes, which must be these. */
static void
assert_unpacks_to(const char *bytes, size_t length, const char *plain, size_t plain_length)
{
	z_stream stream = { .next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)length };
	char *out = arena_alloc(store->arena, plain_length + 1);

	stream.next_out = (Bytef *)out;
	stream.avail_out = (uInt)plain_length + 1;
	ck_assert_int_eq(inflateInit2(&stream, 15 + 16), Z_OK);
	ck_assert_int_eq(inflate(&stream, Z_FINISH), Z_STREAM_END);
	ck_assert_uint_eq(stream.total_out, plain_length);
	ck_assert_uint_eq(stream.avail_in, 0);
	(void)inflateEnd(&stream);
	ck_assert_mem_eq(out, plain, plain_length);
}

static struct response
answer_gzip(const char *method)
{
	struct request req = asking(method);

	req.accepts_gzip = true;
	ck_assert_int_eq(request_page(&req, "en", "list"), OK);
	(void)page_text(req.page->root, "heading", "Writing");
	req.event = "list";
	req.row = 12;
	return answer(&req, OK);
}

START_TEST(a_page_is_compressed_with_a_tag_of_its_own)
{
	struct response plain = answer_page("GET"), packed = answer_gzip("GET"), head = answer_gzip("HEAD");

	ck_assert_str_eq(value(&packed, "Content-Encoding"), "gzip");
	ck_assert_ptr_null(value(&plain, "Content-Encoding"));
	ck_assert_str_eq(value(&packed, "Vary"), "Accept-Encoding");
	ck_assert_str_eq(value(&plain, "Vary"), "Accept-Encoding");
	ck_assert_str_ne(value(&packed, "ETag"), value(&plain, "ETag"));
	ck_assert_str_eq(value(&packed, "Last-Modified"), value(&plain, "Last-Modified"));
	ck_assert_uint_lt(packed.body_length, plain.body_length);
	assert_unpacks_to(packed.body, packed.body_length, plain.body, plain.body_length);
	ck_assert_str_eq(head.head, packed.head);
	ck_assert_uint_eq(head.body_length, 0);
}
END_TEST

/* A 304 names the copy that the client has, and only one that it can read. */
START_TEST(a_compressed_copy_is_confirmed_to_whom_can_read_it)
{
	struct response plain = answer_page("GET"), packed = answer_gzip("GET");
	const char *tags[] = { value(&plain, "ETag"), value(&packed, "ETag") };

	for (int accepts = 0; accepts < 2; accepts++)
		for (int has = 0; has < 2; has++) {
			struct request req = asking("GET");
			struct response reply;
			req.accepts_gzip = accepts == 1;
			req.if_none_match = tags[has];
			ck_assert_int_eq(request_page(&req, "en", "list"), has == 1 && accepts == 0 ? OK : NOT_MODIFIED);
			if (has == 1 && accepts == 0)
				continue;
			reply = answer(&req, NOT_MODIFIED);
			ck_assert_str_eq(value(&reply, "ETag"), tags[has]);
			ck_assert_str_eq(value(&reply, "Vary"), "Accept-Encoding");
			ck_assert_ptr_null(value(&reply, "Content-Encoding"));
		}
}
END_TEST

/* BREACH: no page of which the length could help to guess something. */
START_TEST(what_a_length_could_reveal_is_not_compressed)
{
	struct user user = { .id = 3, .revision = 1, .role = "member", .name = "Reader" };
	enum { QUERY_OF_STRANGER, MEMBER_WITHOUT_QUERY, MEMBER_WITH_QUERY, PRIVATE, ANSWER_TO_POST, MISSING_FOR_MEMBER, FAILED, SENT_FILE, CASES };

	for (int i = 0; i < CASES; i++) {
		struct request req = asking(i == ANSWER_TO_POST ? "POST" : "GET");
		struct response reply;
		bool packed = i == QUERY_OF_STRANGER || i == MEMBER_WITHOUT_QUERY;
		req.accepts_gzip = true;
		req.has_query = i == QUERY_OF_STRANGER || i == MEMBER_WITH_QUERY;
		req.no_store = i == PRIVATE;
		if (i == MEMBER_WITHOUT_QUERY || i == MEMBER_WITH_QUERY || i == MISSING_FOR_MEMBER)
			req.viewer.user = &user;
		if (i == SENT_FILE)
			req.sending.header = req.sending.value = "X-Sendfile";
		ck_assert_int_eq(request_page(&req, "en", "list"), OK);
		response_build(&req, i == MISSING_FOR_MEMBER ? NOT_FOUND : i == FAILED ? FAULT : OK, NULL, &reply);
		assert_sound(&reply, i != SENT_FILE);
		ck_assert_msg(reply.compressed == packed, "case %d", i);
		ck_assert_int_eq(value(&reply, "Content-Encoding") != NULL, packed);
		ck_assert_int_eq(value(&reply, "Vary") != NULL, packed);
	}
}
END_TEST

START_TEST(a_short_body_is_not_compressed)
{
	char *text = arena_alloc(store->arena, GZIP_SHORTEST + 1);

	memset(text, 'a', GZIP_SHORTEST);
	for (size_t length = GZIP_SHORTEST - 1; length <= GZIP_SHORTEST; length++) {
		struct request req = asking("GET");
		struct response reply;
		req.accepts_gzip = true;
		req.body = text;
		req.body_length = length;
		reply = answer(&req, OK);
		ck_assert_int_eq(reply.compressed, length == GZIP_SHORTEST);
		ck_assert_str_eq(value(&reply, "Vary"), "Accept-Encoding");
	}
}
END_TEST

/* RLIMIT_AS means nothing to a sanitizer, which reserves terabytes, or under valgrind (CK_FORK=no), where it would stay for all later tests. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

static size_t
memory_pages(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	unsigned long pages;

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fscanf(file, "%lu", &pages), 1);
	(void)fclose(file);
	return pages;
}

/* A long body for which the compressor finds no memory is sent as it is, with the headers of a plain response. */
START_TEST(a_body_without_memory_for_the_compressor_is_sent_plain)
{
	const char *fork_mode = getenv("CK_FORK");
	size_t length = 64 << 20;
	struct request req = asking("GET");
	struct response reply;
	struct rlimit limit;
	char *text;

	if (SANITIZED || (fork_mode != NULL && str_equal(fork_mode, "no")))
		return;
	text = arena_alloc(store->arena, length);
	memset(text, 'a', length);
	req.accepts_gzip = true;
	req.body = text;
	req.body_length = length;
	limit.rlim_cur = limit.rlim_max = memory_pages() * (size_t)sysconf(_SC_PAGESIZE) + (8 << 20);
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
	reply = answer(&req, OK);
	ck_assert(!reply.compressed);
	ck_assert_ptr_eq(reply.body, text);
	ck_assert_uint_eq(reply.body_length, length);
	ck_assert_ptr_null(value(&reply, "Content-Encoding"));
	ck_assert_str_eq(value(&reply, "Vary"), "Accept-Encoding");
	ck_assert_str_eq(value(&reply, "Content-Length"), arena_printf(store->arena, "%zu", length));
}
END_TEST

static void
assert_kept_by_nobody(struct request *req, enum status status)
{
	struct response reply = answer(req, status);

	ck_assert_str_eq(value(&reply, "Cache-Control"), "private, no-store");
	ck_assert_str_eq(value(&reply, "X-Accel-Expires"), "0");
	ck_assert_ptr_null(value(&reply, "ETag"));
	ck_assert_ptr_null(value(&reply, "Last-Modified"));
}

/* A page of a member in a shared cache is a page for everyone. */
START_TEST(what_is_for_one_reader_is_kept_by_nobody)
{
	static const enum status statuses[] = { OK, NOT_FOUND, MOVED };
	struct user user = { .id = 3, .revision = 1, .role = "member", .name = "Reader" };

	for (size_t i = 0; i < 3; i++) {
		struct request req = asking("GET");
		req.location = request_url(&req, "/x");
		req.body = "x";
		req.body_length = 1;
		req.viewer.user = &user;
		assert_kept_by_nobody(&req, statuses[i]);
		req = asking("GET");
		req.location = request_url(&req, "/x");
		req.body = "x";
		req.body_length = 1;
		req.no_store = true;
		assert_kept_by_nobody(&req, statuses[i]);
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

/* The browser keeps it, asks each time, and gets another response when the rights have changed. */
START_TEST(a_page_for_reading_is_kept_by_its_reader_alone)
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
	/* A date alone confirms nothing: a right ends without a later date. */
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

START_TEST(an_error_on_a_page_for_reading_is_kept_by_nobody)
{
	static const enum status others[] = { NOT_FOUND, MOVED, FAULT, BUSY, SEE_OTHER };
	struct user user = { .id = 3, .role = "member", .name = "" };

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		struct request req = asking("GET");
		req.route = &reading_route;
		req.viewer.user = &user;
		req.location = request_url(&req, "/x");
		assert_kept_by_nobody(&req, others[i]);
	}
}
END_TEST

/* After signing out, "Back" must not show what only this reader could see. */
START_TEST(the_end_of_a_session_clears_the_browsers_cache)
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
START_TEST(a_confirmed_copy_renews_the_session)
{
	struct request req = asking("GET");
	struct response reply;

	req.cookie_again = "session";
	reply = answer(&req, NOT_MODIFIED);
	ck_assert_ptr_nonnull(value(&reply, "Set-Cookie"));
}
END_TEST

START_TEST(a_finished_body_is_sent_as_it_is)
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
	/* An error after that is a page again. */
	reply = answer(&req, FAULT);
	ck_assert_str_eq(value(&reply, "Content-Type"), "text/html; charset=utf-8");
	ck_assert_ptr_nonnull(strstr(reply.body, "</html>"));
}
END_TEST

START_TEST(a_handler_that_answers_nothing_is_a_fault)
{
	struct request req = asking("GET");
	struct response reply = answer(&req, OK);

	ck_assert_str_eq(value(&reply, "Status"), "500 Internal Server Error");
	/* By this serve() decides whether the store keeps anything. */
	ck_assert_int_eq(reply.status, FAULT);
	ck_assert_ptr_null(value(&reply, "ETag"));
	ck_assert_str_eq(value(&reply, "Cache-Control"), "private, no-store");
}
END_TEST

/* A form comes back as a page of its own, under the status that refused it. */
START_TEST(a_form_that_could_not_be_taken_comes_back)
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
	/* Nor does a session begin with it. */
	req.cookie = "x";
	reply = answer(&req, INVALID);
	ck_assert_ptr_null(value(&reply, "Set-Cookie"));
}
END_TEST

/* Half a page must not go out as a whole one. */
START_TEST(a_handler_that_fails_half_way_gives_the_error_alone)
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

START_TEST(retry_after_is_as_the_handler_says)
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

/* Without store or settings no page can be made; something is said all the same, in both languages. */
START_TEST(there_are_always_last_words)
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
	/* The store went away between the handler and the error page. */
	req = asking("HEAD");
	ck_assert_int_eq(db_execute(store->db, "DROP TABLE post_text; DROP TABLE post_tag"), OK);
	reply = answer(&req, FAULT);
	ck_assert_str_eq(value(&reply, "Status"), "500 Internal Server Error");
	ck_assert_uint_eq(reply.body_length, 0);
}
END_TEST

/* --- what could start a second line ---------------------------------------------------- */

static const char *const hostile[] = { "/x\r\nSet-Cookie: a=b", "/x\nX: y", "/x\rX: y", "/x\ty", "/\x01", "/\x7f",
	"/caf\xc3\xa9", "/\xff" };

/* The path of an address is encoded before it comes here; one that is not is a mistake in the program. */
START_TEST(a_control_byte_in_a_header_ends_the_process)
{
	struct request req = asking("GET");
	struct response reply;

	req.location = request_url(&req, hostile[_i]);
	response_build(&req, MOVED, NULL, &reply);
}
END_TEST

START_TEST(an_encoded_address_goes_through)
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
	Suite *suite = suite_create("reply");
	TCase *cases = tcase_create("reply");

	tcase_add_checked_fixture(cases, request_setup, request_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, every_status_has_a_meaning);
	tcase_add_loop_test(cases, every_error_has_a_page, 0, STATUS_COUNT);
	tcase_add_test(cases, a_page_may_be_kept_and_asked_for_again);
	tcase_add_test(cases, head_is_the_same_without_a_body);
	tcase_add_test(cases, a_current_copy_is_confirmed);
	tcase_add_test(cases, a_page_is_compressed_with_a_tag_of_its_own);
	tcase_add_test(cases, a_compressed_copy_is_confirmed_to_whom_can_read_it);
	tcase_add_test(cases, what_a_length_could_reveal_is_not_compressed);
	tcase_add_test(cases, a_short_body_is_not_compressed);
	tcase_add_test(cases, a_body_without_memory_for_the_compressor_is_sent_plain);
	tcase_add_test(cases, what_is_for_one_reader_is_kept_by_nobody);
	tcase_add_test(cases, a_page_for_reading_is_kept_by_its_reader_alone);
	tcase_add_test(cases, an_error_on_a_page_for_reading_is_kept_by_nobody);
	tcase_add_test(cases, the_end_of_a_session_clears_the_browsers_cache);
	tcase_add_test(cases, a_confirmed_copy_renews_the_session);
	tcase_add_test(cases, a_finished_body_is_sent_as_it_is);
	tcase_add_test(cases, a_handler_that_answers_nothing_is_a_fault);
	tcase_add_test(cases, a_form_that_could_not_be_taken_comes_back);
	tcase_add_test(cases, a_handler_that_fails_half_way_gives_the_error_alone);
	tcase_add_test(cases, retry_after_is_as_the_handler_says);
	tcase_add_test(cases, there_are_always_last_words);
	tcase_add_loop_test_raise_signal(cases, a_control_byte_in_a_header_ends_the_process, SIGABRT, 0,
		sizeof(hostile) / sizeof(*hostile));
	tcase_add_test(cases, an_encoded_address_goes_through);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
