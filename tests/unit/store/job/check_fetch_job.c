/* External recordings in the database: which addresses are valid, and when each is tried. */
#include "support/suite.h"

#include "store/job/fetch_job.h"
#include "support/store_case.h"

static int64_t user, post;

static void
setup(void)
{
	struct post_save save;

	store_setup();
	user = store_user(store, "Anna", "author");
	save = store_post(user, "spoken", "Spoken", "Words.", "");
	post = store_save(store, &save);
}

static void
teardown(void)
{
	db_end(store->db);
	store_close(store);
}

static const struct {
	const char *address;
	bool is;
} addresses[] = {
	{ "https://example.org/a.mp3", true }, { "http://example.org", true }, { "https://[2001:db8::1]:8080/a?b=c#d", true },
	{ "https://例子.example/录音.mp3", true }, { "https://example.org/a@b.mp3", true }, { "", false }, { "https://", false }, { "https:///a.mp3", false },
	{ "ftp://example.org/a.mp3", false }, { "HTTPS://example.org/", false }, { "//example.org/a.mp3", false }, { "file:///etc/passwd", false },
	{ "javascript:alert(1)", false }, { "https://a:b@example.org/", false }, { "https://example.org/a b", false }, { "https://example.org/\"", false },
	{ "https://exam<ple.org/", false }, { "https://example.org\\@evil.example/", false }, { " https://example.org/", false },
};

START_TEST(only_http_addresses_without_credentials_are_valid)
{
	ck_assert_msg(fetch_job_is_address(addresses[_i].address) == addresses[_i].is, "%s", addresses[_i].address);
}
END_TEST

static enum status
ask(const char *address, int64_t now)
{
	const struct fetch_job fetch = { .post_id = post, .user_id = user, .address = address, .requested = now };
	enum status status;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	status = fetch_job_ask(store->db, &fetch);
	if (status == OK)
		ck_assert_int_eq(db_commit(store->db), OK);
	db_end(store->db);
	return status;
}

START_TEST(each_try_waits_longer_and_the_fifth_is_the_last)
{
	struct fetch_job fetch;
	int64_t now = STORE_NOW;

	ck_assert_int_eq(ask("ftp://example.org/a.mp3", now), INVALID);
	ck_assert_int_eq(ask("https://example.org/a.mp3", now), OK);
	for (int i = 1; i <= FETCH_TRIES; i++) {
		ck_assert_int_eq(fetch_job_next(store->db, store->arena, now, &fetch), OK);
		ck_assert_int_eq(fetch_job_begin(store->db, &fetch, now), OK);
		ck_assert_int_eq(fetch.next_try, now + ((int64_t)FETCH_TRY_SECONDS << (i - 1)));
		ck_assert_int_eq(fetch_job_next(store->db, store->arena, fetch.next_try - 1, &fetch), NOT_FOUND);
		ck_assert_int_eq(fetch_job_read(store->db, store->arena, post, &fetch), OK);
		ck_assert_int_eq(fetch_job_failed(store->db, &fetch, true, "Later.", "503", now), OK);
		now = fetch.next_try;
	}
	ck_assert_int_eq(fetch_job_next(store->db, store->arena, now, &fetch), NOT_FOUND);
	ck_assert_int_eq(fetch_job_read(store->db, store->arena, post, &fetch), OK);
	ck_assert_int_ne(fetch.finished, 0);
	ck_assert_str_eq(fetch.detail, "503");
}
END_TEST

START_TEST(the_latest_request_is_reported)
{
	struct fetch_job first, now;
	bool old;

	ck_assert_int_eq(ask("https://example.org/a.mp3", STORE_NOW), OK);
	ck_assert_int_eq(fetch_job_next(store->db, store->arena, STORE_NOW, &first), OK);
	ck_assert_int_eq(ask("https://example.org/b.mp3", STORE_NOW), OK);
	ck_assert_int_eq(fetch_job_failed(store->db, &first, false, "Nothing.", "404", STORE_NOW), OK);
	ck_assert_int_eq(fetch_job_read(store->db, store->arena, post, &now), OK);
	ck_assert_str_eq(now.address, "https://example.org/b.mp3");
	ck_assert_int_eq(now.finished, 0);
	ck_assert_int_eq(fetch_job_failed(store->db, &now, false, "Nothing.", "404", STORE_NOW), OK);
	ck_assert_int_eq(fetch_job_is_old(store->db, STORE_NOW, &old), OK);
	ck_assert(!old);
	ck_assert_int_eq(fetch_job_is_old(store->db, STORE_NOW + 1, &old), OK);
	ck_assert(old);
	ck_assert_int_eq(fetch_job_sweep(store->db, STORE_NOW + 1), OK);
	ck_assert_int_eq(fetch_job_read(store->db, store->arena, post, &now), NOT_FOUND);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("fetch_job");
	TCase *cases = tcase_create("fetch_job");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_loop_test(cases, only_http_addresses_without_credentials_are_valid, 0, sizeof(addresses) / sizeof(*addresses));
	tcase_add_test(cases, each_try_waits_longer_and_the_fifth_is_the_last);
	tcase_add_test(cases, the_latest_request_is_reported);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
