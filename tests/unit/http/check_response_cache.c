/* The cache of finished responses: keys, limits, and which entries are removed. */
#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/str.h"
#include "http/response_cache.h"

enum { MOST = 64 * 1024 };

static struct arena *arena;
static struct response_cache *cache;

static void
setup(void)
{
	arena = arena_new();
	cache = response_cache_new(MOST);
}

static void
teardown(void)
{
	response_cache_free(cache);
	arena_free(arena);
}

static void
add(const char *key, const char *body)
{
	struct cached_response response = { .etag = "\"tag\"", .lang = "en", .event = "post", .row = 7 };

	response.bodies[RESPONSE_PLAIN].bytes = body;
	response.bodies[RESPONSE_PLAIN].length = strlen(body);
	response_cache_add(cache, key, &response);
}

static const char *
body_of(const char *key)
{
	const struct cached_response *found = response_cache_find(cache, key);

	return found == NULL ? NULL : found->bodies[RESPONSE_PLAIN].bytes;
}

/* A body of that many bytes. */
static const char *
long_body(size_t length)
{
	char *body = arena_alloc(arena, length + 1);

	memset(body, 'x', length);
	body[length] = '\0';
	return body;
}

START_TEST(a_response_is_found_by_its_whole_key)
{
	const struct cached_response *found;

	ck_assert_ptr_null(response_cache_find(cache, "a"));
	add("a", "one");
	add("ab", "two");
	add("", "three");
	found = response_cache_find(cache, "a");
	ck_assert_str_eq(found->bodies[RESPONSE_PLAIN].bytes, "one");
	ck_assert_uint_eq(found->bodies[RESPONSE_PLAIN].length, 3);
	ck_assert_ptr_null(found->bodies[RESPONSE_GZIP].bytes);
	ck_assert_str_eq(found->etag, "\"tag\"");
	ck_assert_str_eq(found->lang, "en");
	ck_assert_str_eq(found->event, "post");
	ck_assert_int_eq(found->row, 7);
	ck_assert_ptr_null(found->vary);
	ck_assert_ptr_null(found->content_type);
	ck_assert_str_eq(body_of("ab"), "two");
	ck_assert_str_eq(body_of(""), "three");
	ck_assert_ptr_null(body_of("abc"));
	ck_assert_uint_eq(response_cache_count(cache), 3);
}
END_TEST

START_TEST(the_same_key_replaces_its_response)
{
	size_t bytes;

	add("a", "one");
	bytes = response_cache_bytes(cache);
	add("a", "two");
	ck_assert_str_eq(body_of("a"), "two");
	ck_assert_uint_eq(response_cache_count(cache), 1);
	ck_assert_uint_eq(response_cache_bytes(cache), bytes);
}
END_TEST

/* A body may contain zero bytes, such as a compressed one. */
START_TEST(a_compressed_body_is_stored_beside_the_plain_one)
{
	const struct cached_response *found;
	size_t bytes;

	add("a", "plain");
	bytes = response_cache_bytes(cache);
	response_cache_add_body(cache, "a", RESPONSE_GZIP, "\x1f\0\x8b", 3);
	found = response_cache_find(cache, "a");
	ck_assert_uint_eq(found->bodies[RESPONSE_GZIP].length, 3);
	ck_assert_int_eq(memcmp(found->bodies[RESPONSE_GZIP].bytes, "\x1f\0\x8b", 3), 0);
	ck_assert_str_eq(found->bodies[RESPONSE_PLAIN].bytes, "plain");
	ck_assert_uint_eq(response_cache_bytes(cache), bytes + 4);
	response_cache_add_body(cache, "a", RESPONSE_GZIP, "again", 5);
	ck_assert_uint_eq(found->bodies[RESPONSE_GZIP].length, 3);
	response_cache_add_body(cache, "unknown", RESPONSE_GZIP, "x", 1);
	ck_assert_uint_eq(response_cache_count(cache), 1);
	/* A new response has none of the encodings of the old one. */
	add("a", "other");
	ck_assert_ptr_null(response_cache_find(cache, "a")->bodies[RESPONSE_GZIP].bytes);
	ck_assert_uint_eq(response_cache_bytes(cache), bytes);
}
END_TEST

START_TEST(the_least_recently_used_response_is_removed_first)
{
	const char *body = long_body(MOST / 6);

	for (int i = 0; i < 5; i++)
		add(arena_printf(arena, "%d", i), body);
	ck_assert_uint_eq(response_cache_count(cache), 5);
	ck_assert_ptr_nonnull(body_of("0"));
	add("5", body);
	add("6", body);
	/* 1 and 2 are the oldest, since 0 was used. */
	ck_assert_ptr_null(body_of("1"));
	ck_assert_ptr_null(body_of("2"));
	for (int i = 0; i < 7; i++)
		if (i != 1 && i != 2)
			ck_assert_str_eq(body_of(arena_printf(arena, "%d", i)), body);
	ck_assert_uint_le(response_cache_bytes(cache), MOST);
}
END_TEST

START_TEST(a_cleared_cache_is_empty_and_can_be_used)
{
	add("a", "one");
	add("b", "two");
	response_cache_clear(cache);
	ck_assert_uint_eq(response_cache_count(cache), 0);
	ck_assert_uint_eq(response_cache_bytes(cache), 0);
	ck_assert_ptr_null(body_of("a"));
	add("a", "three");
	ck_assert_str_eq(body_of("a"), "three");
}
END_TEST

START_TEST(a_large_response_is_not_stored)
{
	add("small", "x");
	add("large", long_body(MOST / RESPONSE_CACHE_PARTS));
	ck_assert_ptr_null(body_of("large"));
	/* The smaller response that was stored before is removed. */
	add("small", long_body(MOST / RESPONSE_CACHE_PARTS));
	ck_assert_ptr_null(body_of("small"));
	ck_assert_uint_eq(response_cache_count(cache), 0);
	ck_assert_uint_eq(response_cache_bytes(cache), 0);
	add("fits", long_body(MOST / RESPONSE_CACHE_PARTS - 1000));
	response_cache_add_body(cache, "fits", RESPONSE_GZIP, long_body(1000), 1000);
	ck_assert_ptr_null(response_cache_find(cache, "fits")->bodies[RESPONSE_GZIP].bytes);
}
END_TEST

/* If a compressed body exceeds the limit of the cache, other responses are removed, not the one that it belongs to. */
START_TEST(adding_a_compressed_body_removes_other_responses)
{
	for (int i = 0; i < 5; i++)
		add(arena_printf(arena, "%d", i), long_body(MOST / 7));
	response_cache_add_body(cache, "0", RESPONSE_GZIP, long_body(MOST / 12), MOST / 12);
	response_cache_add_body(cache, "1", RESPONSE_GZIP, long_body(MOST / 12), MOST / 12);
	response_cache_add_body(cache, "2", RESPONSE_GZIP, long_body(MOST / 12), MOST / 12);
	response_cache_add_body(cache, "3", RESPONSE_GZIP, long_body(MOST / 12), MOST / 12);
	ck_assert_uint_le(response_cache_bytes(cache), MOST);
	ck_assert_ptr_null(body_of("4"));
	ck_assert_ptr_nonnull(response_cache_find(cache, "3")->bodies[RESPONSE_GZIP].bytes);
}
END_TEST

/* Against a model: a list of keys by last use. */
START_TEST(any_sequence_stays_within_the_limit_and_finds_what_it_stored)
{
	unsigned random = (unsigned)_i * 2654435761U + 1;

	for (int step = 0; step < 3000; step++) {
		char key[8];
		const char *found;
		random = random * 1103515245U + 12345U;
		(void)snprintf(key, sizeof(key), "%u", random >> 16 & 63);
		if ((random & 3U) == 0)
			response_cache_add_body(cache, key, RESPONSE_GZIP, key, strlen(key));
		else if ((random & 3U) == 1)
			add(key, arena_printf(arena, "%s:%s", key, long_body(random >> 8 & 4095)));
		found = body_of(key);
		ck_assert(found == NULL || (strncmp(found, key, strlen(key)) == 0 && found[strlen(key)] == ':'));
		ck_assert_uint_le(response_cache_bytes(cache), MOST);
	}
	ck_assert_uint_gt(response_cache_count(cache), 5);
}
END_TEST

static void
add_with_document(const char *key, const char *document, const char *body)
{
	struct cached_response response = { .etag = "\"tag\"", .lang = "en", .document = document };

	response.bodies[RESPONSE_PLAIN].bytes = body;
	response.bodies[RESPONSE_PLAIN].length = strlen(body);
	response_cache_add(cache, key, &response);
}

static const char *
body_of_document(const char *document)
{
	const struct cached_response *found = response_cache_find_document(cache, document);

	return found == NULL ? NULL : found->bodies[RESPONSE_PLAIN].bytes;
}

START_TEST(a_response_is_also_found_by_its_document)
{
	add("a", "no document");
	ck_assert_ptr_null(body_of_document("a"));
	add_with_document("b", "d1", "one");
	add_with_document("c", "d2", "two");
	ck_assert_str_eq(body_of_document("d1"), "one");
	ck_assert_str_eq(body_of_document("d2"), "two");
	ck_assert_ptr_null(body_of_document("b"));
	ck_assert_ptr_null(body_of("d1"));
	/* Another key with the same document, whose first response is then replaced. */
	add_with_document("e", "d1", "one");
	add_with_document("b", "d3", "three");
	ck_assert_str_eq(body_of_document("d1"), "one");
	ck_assert_str_eq(body_of_document("d3"), "three");
	add_with_document("e", "d4", "four");
	ck_assert_ptr_null(body_of_document("d1"));
	response_cache_clear(cache);
	ck_assert_ptr_null(body_of_document("d2"));
}
END_TEST

/* Entries with few different documents are added and removed; each that is found is in the cache, with its own body. */
START_TEST(documents_leave_with_their_responses)
{
	for (int i = 0; i < 2000; i++) {
		const char *document = arena_printf(arena, "d%d", i * 7 % 50), *found;
		add_with_document(arena_printf(arena, "%d", i * 13 % 90), document, arena_printf(arena, "%s:%s", document, long_body(2000)));
		found = body_of_document(document);
		ck_assert(found != NULL && str_starts(found, arena_printf(arena, "%s:", document)));
		ck_assert_uint_le(response_cache_bytes(cache), MOST);
	}
	response_cache_clear(cache);
	for (int i = 0; i < 50; i++)
		ck_assert_ptr_null(body_of_document(arena_printf(arena, "d%d", i)));
	ck_assert_uint_eq(response_cache_bytes(cache), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("response_cache");
	TCase *cases = tcase_create("response_cache");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_response_is_found_by_its_whole_key);
	tcase_add_test(cases, the_same_key_replaces_its_response);
	tcase_add_test(cases, a_compressed_body_is_stored_beside_the_plain_one);
	tcase_add_test(cases, the_least_recently_used_response_is_removed_first);
	tcase_add_test(cases, a_cleared_cache_is_empty_and_can_be_used);
	tcase_add_test(cases, a_large_response_is_not_stored);
	tcase_add_test(cases, adding_a_compressed_body_removes_other_responses);
	tcase_add_loop_test(cases, any_sequence_stays_within_the_limit_and_finds_what_it_stored, 0, 5);
	tcase_add_test(cases, a_response_is_also_found_by_its_document);
	tcase_add_test(cases, documents_leave_with_their_responses);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
