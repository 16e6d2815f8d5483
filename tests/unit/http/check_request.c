/* What a handler can ask of a request: languages, URLs, and whether the reader's copy is current. */
#include "support/request_case.h"
#include "support/suite.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "http/response.h"
#include "page/lang/lang.h"

static const struct conf conf = { .base_url = "https://example.org/sub", .base_path = "/sub",
	.origin = "https://example.org", .https = true };

static void
set(const char *name, const char *value)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(setting_save(store->db, name, "", value), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
}

static struct request
asking(void)
{
	return request_sample(&conf, "GET");
}

/* --- the reader's copy ------------------------------------------------------------ */

static const struct {
	const char *list; /* @ stands for our tag */
	bool current;
} tags[] = {
	{ "@", true }, { "W/@", true }, { "\"a\", @", true }, { "\"a\",W/\"b\" , W/@ ,\"c\"", true }, { "\t@\t", true },
	{ "*", true }, { " * ", true },
	{ "\"a\"", false }, { "", false }, { "W/", false }, { "\"", false }, { "**", false }, { "* , @", false },
	/* Our tag inside another one, or cut off. */
	{ "\"a@b\"", false }, { "\"a,@,b\"", false }, { "\"a\" x@", false }, { "w/@", false },
};

START_TEST(the_entity_tag_is_found_in_a_list)
{
	struct request req = asking();
	struct str list = str_init(store->arena);
	const char *etag;

	req.lang = "en";
	etag = response_etag(&req, false);
	for (const char *c = tags[_i].list; *c != '\0'; c++)
		str_add_bytes(&list, *c == '@' ? etag : c, *c == '@' ? strlen(etag) : 1);
	req.if_none_match = list.bytes;
	ck_assert_msg((request_fresh(&req, "en") == NOT_MODIFIED) == tags[_i].current, "%s", list.bytes);
	/* A tag that does not match counts more than a date that does. */
	req.if_modified_since = clock_http(store->arena, STORE_NOW);
	ck_assert_msg((request_fresh(&req, "en") == NOT_MODIFIED) == tags[_i].current, "%s", list.bytes);
}
END_TEST

/* Everything that makes one response differ from another changes its tag. */
START_TEST(the_entity_tag_changes_with_all_that_a_response_depends_on)
{
	struct request req = asking(), other = asking();
	const char *etag;
	struct user user = { .id = 3, .revision = 1, .role = "member" };

	req.lang = other.lang = "en";
	etag = response_etag(&req, false);
	ck_assert_str_eq(response_etag(&other, false), etag);
	other.change.counter++;
	ck_assert_str_ne(response_etag(&other, false), etag);
	other = req;
	other.change.newest++;
	ck_assert_str_ne(response_etag(&other, false), etag);
	other = req;
	other.lang = "zh";
	ck_assert_str_ne(response_etag(&other, false), etag);
	other = req;
	other.viewer.user = &user;
	ck_assert_str_ne(response_etag(&other, false), etag);
	/* The clock alone changes nothing. */
	other = req;
	other.viewer.now += 1000;
	ck_assert_str_eq(response_etag(&other, false), etag);
	ck_assert_uint_eq(strlen(etag), 24);
	ck_assert_int_eq(etag[0], '"');
}
END_TEST

static const struct {
	int64_t offset; /* of If-Modified-Since from the newest change, which is STORE_NOW - 50 */
	bool current;
} dates[] = { { -1, false }, { 0, true }, { 1, true }, { 1000000, true }, { -1000000, false } };

START_TEST(if_modified_since_is_compared_with_the_newest_change)
{
	struct request req = asking();

	req.if_modified_since = clock_http(store->arena, STORE_NOW - 50 + dates[_i].offset);
	ck_assert_int_eq(request_fresh(&req, "en") == NOT_MODIFIED, dates[_i].current);
	/* The other time decides when it is the later one. */
	req.change.changed = STORE_NOW - 50;
	req.change.newest = STORE_NOW - 100;
	ck_assert_int_eq(request_fresh(&req, "en") == NOT_MODIFIED, dates[_i].current);
}
END_TEST

static const char *const bad_dates[] = { "", "yesterday", "Tuesday, 24-Nov-26 05:23:42 GMT", "Tue, 99 Nov 2026 05:23:42 GMT",
	"1795497822" };

START_TEST(a_malformed_date_is_ignored)
{
	struct request req = asking();

	req.if_modified_since = bad_dates[_i];
	ck_assert_int_eq(request_fresh(&req, "en"), OK);
}
END_TEST

/* A second change within the same second would have the same time: a copy from between would never be renewed. */
START_TEST(no_date_is_sent_within_the_second_of_a_change)
{
	struct request req = asking();

	req.change.changed = STORE_NOW;
	ck_assert_int_eq(response_modified(&req), 0);
	req.if_modified_since = clock_http(store->arena, STORE_NOW);
	ck_assert_int_eq(request_fresh(&req, "en"), OK);
	req.viewer.now++;
	ck_assert_int_eq(response_modified(&req), STORE_NOW);
	ck_assert_int_eq(request_fresh(&req, "en"), NOT_MODIFIED);
	/* A database without any change has no such time. */
	req.change.changed = req.change.newest = 0;
	ck_assert_int_eq(request_fresh(&req, "en"), OK);
}
END_TEST

START_TEST(signed_in_users_never_get_304)
{
	struct request req = asking();
	struct user user = { .id = 3, .revision = 1, .role = "member" };

	req.if_none_match = "*";
	ck_assert_int_eq(request_fresh(&req, "en"), NOT_MODIFIED);
	req.no_store = true;
	ck_assert_int_eq(request_fresh(&req, "en"), OK);
	req.no_store = false;
	req.viewer.user = &user;
	ck_assert_int_eq(request_fresh(&req, "en"), OK);
	req.if_none_match = NULL;
	req.if_modified_since = clock_http(store->arena, STORE_NOW + 100);
	ck_assert_int_eq(request_fresh(&req, "en"), OK);
}
END_TEST

START_TEST(no_page_is_built_for_a_current_copy)
{
	struct request req = asking();

	req.if_none_match = "*";
	ck_assert_int_eq(request_page(&req, "en", "list"), NOT_MODIFIED);
	ck_assert_ptr_null(req.page);
	req.if_none_match = NULL;
	ck_assert_int_eq(request_page(&req, "en", "list"), OK);
	ck_assert_ptr_nonnull(req.page);
}
END_TEST

/* --- languages -------------------------------------------------------------------- */

START_TEST(only_languages_of_the_settings_are_accepted)
{
	struct request req = asking();

	ck_assert(request_speaks(&req, "en") && request_speaks(&req, "zh"));
	/* The language that the web server names is looked up, never copied into a header. */
	ck_assert(!request_speaks(&req, "fr") && !request_speaks(&req, "") && !request_speaks(&req, "n "));
	ck_assert(!request_speaks(&req, " z") && !request_speaks(&req, "en zh") && !request_speaks(&req, "e"));
	set("languages", "zh");
	req = asking();
	ck_assert(!request_speaks(&req, "en") && request_speaks(&req, "zh"));
}
END_TEST

START_TEST(the_url_prefix_decides_the_language)
{
	struct request req = asking();

	ck_assert_str_eq(request_language(&req), "en");
	req.prefix = "/zh";
	ck_assert_str_eq(request_language(&req), "zh");
	req.lang = "zh";
	ck_assert_str_eq(request_prefix(&req), "/zh");
	/* Without a language in the URL, links stay in the language of the page. */
	req.prefix = "";
	ck_assert_str_eq(request_prefix(&req), "/zh");
	req.lang = "en";
	ck_assert_str_eq(request_prefix(&req), "");
}
END_TEST

/* --- addresses -------------------------------------------------------------------- */

START_TEST(absolute_urls_use_the_base_url)
{
	struct request req = asking();

	ck_assert_str_eq(request_url(&req, "/blog/x"), "https://example.org/sub/blog/x");
	ck_assert_int_eq(request_moved(&req, "/blog/y"), MOVED);
	ck_assert_str_eq(req.location, "https://example.org/sub/blog/y");
}
END_TEST

START_TEST(translations_are_stored_by_language)
{
	struct request req = asking();

	request_translation(&req, "zh", "/blog/x");
	request_translation(&req, "fr", "/blog/y");
	for (size_t i = 0; languages[i].code != NULL; i++)
		if (str_equal(languages[i].code, "zh"))
			ck_assert_str_eq(req.translations[i], "/blog/x");
		else
			ck_assert_ptr_null(req.translations[i]);
}
END_TEST

START_TEST(reading_a_part_that_the_pattern_lacks_ends_the_process)
{
	struct request req = asking();

	(void)route_text(&req, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("request");
	TCase *cases = tcase_create("request");

	tcase_add_checked_fixture(cases, request_setup, request_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_loop_test(cases, the_entity_tag_is_found_in_a_list, 0, sizeof(tags) / sizeof(*tags));
	tcase_add_test(cases, the_entity_tag_changes_with_all_that_a_response_depends_on);
	tcase_add_loop_test(cases, if_modified_since_is_compared_with_the_newest_change, 0, sizeof(dates) / sizeof(*dates));
	tcase_add_loop_test(cases, a_malformed_date_is_ignored, 0, sizeof(bad_dates) / sizeof(*bad_dates));
	tcase_add_test(cases, no_date_is_sent_within_the_second_of_a_change);
	tcase_add_test(cases, signed_in_users_never_get_304);
	tcase_add_test(cases, no_page_is_built_for_a_current_copy);
	tcase_add_test(cases, only_languages_of_the_settings_are_accepted);
	tcase_add_test(cases, the_url_prefix_decides_the_language);
	tcase_add_test(cases, absolute_urls_use_the_base_url);
	tcase_add_test(cases, translations_are_stored_by_language);
	tcase_add_test_raise_signal(cases, reading_a_part_that_the_pattern_lacks_ends_the_process, SIGABRT);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
