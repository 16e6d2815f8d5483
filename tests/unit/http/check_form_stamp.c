/* The proof of forms on pages that caches keep: what a stamp is signed for, when it is valid, and what is said about one that is not. */
#include "support/request_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "http/form_internal.h"
#include "http/form_stamp.h"
#include "http/route_table.h"
#include "store/comment/comment_flood.h"

static const struct conf conf = { .base_url = "https://example.org", .base_path = "", .origin = "https://example.org", .https = true };
static const struct field written[] = { { .name = "text", .type = FIELD_TEXT, .max = 100 }, { 0 } };
static const struct field chosen[] = { { .name = "value", .type = FIELD_HIDDEN, .max = 10 }, { 0 } };
static const struct route route = { .method = POST, .pattern = "/comment/on/:slug", .role = ANYONE, .fields = written, .proof = COMMENT_STAMP };
static const struct route vote = { .method = POST, .pattern = "/comment/:id/vote", .role = ANYONE, .fields = chosen, .proof = COMMENT_STAMP };
static const char path[] = "/comment/on/first";

static struct request
sent(const struct route *to)
{
	struct request req = request_sample(&conf, "POST");

	req.route = to;
	req.address = "192.0.2.1";
	req.path = path;
	return req;
}

static const char *
stamp_made(int64_t ago)
{
	struct request req = sent(&route);
	const char *stamp;

	ck_assert_int_eq(form_stamp_make(&req, path, "id", STORE_NOW - ago, &stamp), OK);
	return stamp;
}

static const struct { int64_t ago; enum status status; bool again; } ages[] = {
	{ 0, FORBIDDEN, true }, { 2, FORBIDDEN, true }, { 3, OK, false }, { 60, OK, false }, { FORM_STAMP_SECONDS, OK, false },
	{ FORM_STAMP_SECONDS + 1, FORBIDDEN, false }, { -1, FORBIDDEN, false }, { -100000, FORBIDDEN, false },
};

START_TEST(a_stamp_is_valid_from_three_seconds_to_a_day)
{
	struct request req = sent(&route);

	ck_assert_int_eq(form_stamp_check(&req, path, stamp_made(ages[_i].ago)), ages[_i].status);
	/* One that was too early becomes valid: it is shown again with the same time. */
	ck_assert_int_eq(req.form_time, ages[_i].again ? STORE_NOW - ages[_i].ago : 0);
	ck_assert_int_eq(req.problems != NULL, ages[_i].status != OK);
	if (ages[_i].status == OK)
		ck_assert_str_eq(req.form_id, "id");
}
END_TEST

START_TEST(a_form_without_a_text_has_no_minimum_age)
{
	struct request req = sent(&vote);

	ck_assert_int_eq(form_stamp_check(&req, path, stamp_made(0)), OK);
}
END_TEST

START_TEST(a_stamp_is_for_one_path_network_and_session)
{
	struct user user = { .id = 3, .role = "member" };
	struct request req = sent(&route);
	const char *stamp = stamp_made(10), *own;

	ck_assert_int_eq(form_stamp_check(&req, "/comment/on/second", stamp), FORBIDDEN);
	req.address = "192.0.2.200"; /* the same network */
	ck_assert_int_eq(form_stamp_check(&req, path, stamp), OK);
	req.address = "192.0.3.1";
	ck_assert_int_eq(form_stamp_check(&req, path, stamp), FORBIDDEN);
	req.address = NULL;
	ck_assert_int_eq(form_stamp_check(&req, path, stamp), FORBIDDEN);
	req.address = "192.0.2.1";
	req.viewer.user = &user;
	req.token = "one";
	ck_assert_int_eq(form_stamp_check(&req, path, stamp), FORBIDDEN);
	ck_assert_int_eq(form_stamp_make(&req, path, "id", STORE_NOW - 10, &own), OK);
	ck_assert_int_eq(form_stamp_check(&req, path, own), OK);
	req.token = "two";
	ck_assert_int_eq(form_stamp_check(&req, path, own), FORBIDDEN);
	req.viewer.user = NULL;
	ck_assert_int_eq(form_stamp_check(&req, path, own), FORBIDDEN);
}
END_TEST

static const char *const forged[] = { "", ".", "..", "...", "x", "1.x", "1..x", "x.id.y", "1795497812.id.", "1795497812.id.0000", "-1.id.x", "99999999999999999999.id.x" };

START_TEST(a_foreign_stamp_is_refused)
{
	struct request req = sent(&route);

	ck_assert_int_eq(form_stamp_check(&req, path, forged[_i]), FORBIDDEN);
	ck_assert_ptr_null(req.form_id);
}
END_TEST

START_TEST(every_changed_letter_is_noticed)
{
	const char *stamp = stamp_made(10);

	for (size_t i = 0; stamp[i] != '\0'; i++) {
		struct request req = sent(&route);
		char *changed = arena_dup(store->arena, stamp);
		changed[i] = changed[i] == '1' ? '2' : '1';
		ck_assert_msg(form_stamp_check(&req, path, changed) == FORBIDDEN, "%zu", i);
	}
}
END_TEST

/* Guests write more than the setting allows. */
static void
flood(int count)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(setting_save(store->db, "comments_flood", "", "5"), OK);
	for (int i = 0; i < count; i++)
		ck_assert_int_eq(comment_flood_count(store->db, store->arena, STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
}

static const struct { int count; int64_t age; } floods[] = { { 5, 3 }, { 6, 30 }, { 10, 30 }, { 11, 120 }, { 100, 120 } };

START_TEST(in_a_flood_guests_wait_longer_and_members_do_not)
{
	struct user user = { .id = 3, .role = "member" };
	struct request req;
	const char *own;

	flood(floods[_i].count);
	req = sent(&route);
	ck_assert_int_eq(form_stamp_check(&req, path, stamp_made(floods[_i].age - 1)), FORBIDDEN);
	req = sent(&route);
	ck_assert_int_eq(form_stamp_check(&req, path, stamp_made(floods[_i].age)), OK);
	req = sent(&route);
	req.viewer.user = &user;
	req.token = "one";
	ck_assert_int_eq(form_stamp_make(&req, path, "id", STORE_NOW - 3, &own), OK);
	ck_assert_int_eq(form_stamp_check(&req, path, own), OK);
}
END_TEST

START_TEST(a_script_gets_the_stamp_of_the_forms_address)
{
	struct request req = request_sample(&conf, "GET");
	long long seconds;
	char *rest;

	req.route = &route;
	req.address = "192.0.2.1";
	req.path = "/comment/on/first/stamp";
	ck_assert_int_eq(form_stamp_send(&req, written), OK);
	ck_assert(req.no_store);
	rest = arena_dup(store->arena, req.body);
	ck_assert(str_to_integer(strsep(&rest, " "), &seconds));
	ck_assert_int_eq(seconds, 3);
	rest[strlen(rest) - 1] = '\0';
	req = sent(&route);
	req.viewer.now += 3;
	ck_assert_int_eq(form_stamp_check(&req, path, rest), OK);
}
END_TEST

START_TEST(the_mark_of_a_used_stamp_does_not_tell_its_id)
{
	struct request req = sent(&route), other = sent(&route);

	req.form_id = "one";
	other.form_id = "two";
	ck_assert_str_ne(form_stamp_digest(&req), form_stamp_digest(&other));
	ck_assert_uint_eq(strlen(form_stamp_digest(&req)), 64);
	ck_assert_int_eq(form_stamp_used(&req), FORBIDDEN);
	ck_assert_int_eq(req.once, ONCE_SPENT);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("form_stamp");
	TCase *cases = tcase_create("form_stamp");

	tcase_add_checked_fixture(cases, request_setup, request_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_loop_test(cases, a_stamp_is_valid_from_three_seconds_to_a_day, 0, sizeof(ages) / sizeof(*ages));
	tcase_add_test(cases, a_form_without_a_text_has_no_minimum_age);
	tcase_add_test(cases, a_stamp_is_for_one_path_network_and_session);
	tcase_add_loop_test(cases, a_foreign_stamp_is_refused, 0, sizeof(forged) / sizeof(*forged));
	tcase_add_test(cases, every_changed_letter_is_noticed);
	tcase_add_loop_test(cases, in_a_flood_guests_wait_longer_and_members_do_not, 0, sizeof(floods) / sizeof(*floods));
	tcase_add_test(cases, a_script_gets_the_stamp_of_the_forms_address);
	tcase_add_test(cases, the_mark_of_a_used_stamp_does_not_tell_its_id);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
