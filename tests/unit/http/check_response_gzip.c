/* Compressed responses: which are compressed, their entity tags, and that they expand to the plain bytes. */
#include "support/response_case.h"
#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <zlib.h>

#include "core/str.h"
#include "http/response_gzip.h"

/* Fails unless the compressed bytes expand to the plain ones. */
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

START_TEST(a_compressed_page_has_its_own_entity_tag)
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

/* A 304 repeats the tag of the client's copy, and only if the client can read that encoding. */
START_TEST(a_compressed_copy_gets_304_only_if_gzip_is_accepted)
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

/* BREACH: a response whose length could reveal a secret is not compressed. */
START_TEST(pages_whose_length_could_reveal_a_secret_are_not_compressed)
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

int
main(void)
{
	Suite *suite = suite_create("response_gzip");
	TCase *cases = tcase_create("response_gzip");

	tcase_add_checked_fixture(cases, request_setup, request_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, a_compressed_page_has_its_own_entity_tag);
	tcase_add_test(cases, a_compressed_copy_gets_304_only_if_gzip_is_accepted);
	tcase_add_test(cases, pages_whose_length_could_reveal_a_secret_are_not_compressed);
	tcase_add_test(cases, a_short_body_is_not_compressed);
	tcase_add_test(cases, a_body_without_memory_for_the_compressor_is_sent_plain);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
