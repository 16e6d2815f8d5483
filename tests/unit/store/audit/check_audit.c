/* The audit log: one line for each change, saved together with it, never changed, deleted after two years. */
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "store/account/user_role.h"
#include "store/audit/audit.h"
#include "store/auth/sign_in_link.h"
#include "store/setting/setting.h"

/* The newest line. */
static struct audit_line
newest(void)
{
	struct audit_line *lines;
	size_t count;

	ck_assert_int_eq(audit_list(store->db, store->arena, AUDIT_ANYONE, "", 0, 1, &lines, &count), OK);
	ck_assert_uint_eq(count, 1);
	return lines[0];
}

static size_t
count_of(int64_t user_id, const char *area)
{
	struct audit_line *lines;
	size_t count;

	ck_assert_int_eq(audit_list(store->db, store->arena, user_id, area, 0, 1000, &lines, &count), OK);
	return count;
}

static void
set(const char *name, const char *lang, const char *value)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(setting_save(store->db, name, lang, value), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

START_TEST(every_event_has_a_row_and_a_known_area)
{
	for (size_t i = 1; i < AUDIT_EVENTS; i++) {
		bool known = false;
		ck_assert_msg(audit_kinds[i].code != NULL, "event %zu has no row in the table", i);
		ck_assert_ptr_eq(audit_kind_of(audit_kinds[i].code), &audit_kinds[i]);
		for (const struct audit_area *area = audit_areas; area->code != NULL; area++)
			known = known || str_equal(area->code, audit_kinds[i].area);
		ck_assert_msg(known, "the area of %s is unknown", audit_kinds[i].code);
	}
	ck_assert_ptr_null(audit_kind_of("unknown"));
}
END_TEST

START_TEST(a_changed_setting_is_logged_with_its_old_and_new_value)
{
	struct audit_line line;
	int64_t owner = store_user(store, "Mo Li", "owner");

	db_set_actor(store->db, owner);
	set("title", "zh", "一");
	set("title", "zh", "二");
	line = newest();
	ck_assert_str_eq(line.user_name, "Mo Li");
	ck_assert_str_eq(line.event, "setting");
	ck_assert_str_eq(line.subject, "title (zh)");
	ck_assert_str_eq(line.before, "一");
	ck_assert_str_eq(line.after, "二");
	ck_assert_uint_eq(count_of(owner, ""), 2);
	set("title", "zh", "二"); /* nothing changes: no line */
	ck_assert_uint_eq(count_of(owner, "settings"), 2);
	ck_assert_uint_eq(count_of(0, "settings"), 0);
	ck_assert_uint_eq(count_of(owner, "users"), 0);
}
END_TEST

START_TEST(changes_of_users_and_sign_in_links_are_logged)
{
	const char *token;
	int64_t owner = store_user(store, "Mo Li", "owner"), id = store_user(store, "Edda", "editor");

	db_set_actor(store->db, owner);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(user_role_set(store->db, id, 1, "author", true), OK);
	ck_assert_int_eq(sign_in_link_add(store->db, store->arena, id, STORE_NOW, STORE_NOW + 60, &token), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_uint_eq(count_of(owner, "users"), 2);
	ck_assert_uint_eq(count_of(owner, "security"), 1);
	ck_assert_str_eq(newest().subject, "Edda");
	ck_assert_ptr_null(strstr(newest().after, token));
	/* A visitor who is not signed in cannot fill the audit log. */
	db_set_actor(store->db, DB_VISITOR);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(sign_in_link_add(store->db, store->arena, id, STORE_NOW, STORE_NOW + 60, &token), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_uint_eq(count_of(DB_VISITOR, ""), 0);
}
END_TEST

START_TEST(publishing_and_unpublishing_a_post_is_logged)
{
	int64_t author = store_user(store, "Anna", "author");
	struct post_save save = store_post(author, "first", "First post", "Words.", "");

	save.post.state = "draft";
	save.post.id = store_save(store, &save);
	ck_assert_uint_eq(count_of(AUDIT_ANYONE, "posts"), 0);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_set_state(store->db, store->arena, save.post.id, "published", STORE_NOW), OK);
	ck_assert_int_eq(post_set_state(store->db, store->arena, save.post.id, "unpublished", STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_uint_eq(count_of(AUDIT_ANYONE, "posts"), 2);
	ck_assert_str_eq(newest().event, "unpublished");
	ck_assert_str_eq(newest().subject, "First post");
}
END_TEST

START_TEST(a_change_without_an_audit_line_is_rolled_back)
{
	store_user(store, "Anna", "author");
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(db_begin_write(store->db), OK);
		ck_assert_int_eq(db_execute(store->db, i == 0 ? "UPDATE site_user SET role = 'owner'"
			: "INSERT INTO setting (name, value, updated) VALUES ('title', 'x', 1)"), OK);
		ck_assert_int_eq(db_commit(store->db), FAULT);
	}
	ck_assert_str_eq(store_user_by_id(store, 1).role, "author");
	ck_assert_uint_eq(count_of(AUDIT_ANYONE, ""), 1);
	/* A line of the previous transaction does not count. */
	set("title", "", "A");
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(db_execute(store->db, "DELETE FROM site_user WHERE id = 1"), OK);
	ck_assert_int_eq(db_commit(store->db), FAULT);
}
END_TEST

START_TEST(a_rolled_back_change_has_no_line)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(setting_save(store->db, "title", "", "Half"), OK);
	db_end(store->db);
	ck_assert_uint_eq(count_of(AUDIT_ANYONE, ""), 0);
}
END_TEST

START_TEST(lines_cannot_be_changed_and_are_deleted_after_two_years)
{
	int64_t now = clock_now();

	set("title", "", "A");
	ck_assert_int_ne(db_execute(store->db, "UPDATE audit SET user_id = 5"), OK);
	ck_assert_int_ne(db_execute(store->db, "DELETE FROM audit"), OK);
	ck_assert_uint_eq(count_of(0, ""), 1);
	ck_assert_int_eq(db_execute(store->db, arena_printf(store->arena,
		"INSERT INTO audit (id, time, user_id, area, event, subject, before, after)"
		" VALUES (-1, %lld, 0, 'settings', 'setting', 'old', '', ''), (-2, %lld, 0, 'settings', 'setting', 'older', '', '')",
		(long long)now - AUDIT_SECONDS + 3600, (long long)now - AUDIT_SECONDS - 1)), OK);
	set("title", "", "B");
	ck_assert_uint_eq(count_of(0, ""), 3); /* A, B and the one that is not quite two years old */
}
END_TEST

START_TEST(long_values_are_cut)
{
	struct str text = str_init(store->arena);

	for (int i = 0; i < 300; i++)
		str_add(&text, "印");
	set("home_intro", "", text.bytes);
	ck_assert_uint_eq(strlen(newest().after), (AUDIT_VALUE_MAX + 1) * strlen("印"));
}
END_TEST

START_TEST(the_list_continues_after_the_last_line)
{
	struct audit_line *lines, *more;
	size_t count;

	for (int i = 0; i < 5; i++)
		set("title", "", arena_printf(store->arena, "%d", i));
	ck_assert_int_eq(audit_list(store->db, store->arena, 0, "settings", 0, 3, &lines, &count), OK);
	ck_assert_uint_eq(count, 3);
	ck_assert_int_eq(audit_list(store->db, store->arena, 0, "settings", lines[2].id, 3, &more, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(more[1].after, "0");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("audit");
	TCase *tests = tcase_create("audit");

	tcase_add_checked_fixture(tests, store_setup, store_teardown);
	tcase_add_test(tests, every_event_has_a_row_and_a_known_area);
	tcase_add_test(tests, a_changed_setting_is_logged_with_its_old_and_new_value);
	tcase_add_test(tests, changes_of_users_and_sign_in_links_are_logged);
	tcase_add_test(tests, publishing_and_unpublishing_a_post_is_logged);
	tcase_add_test(tests, a_change_without_an_audit_line_is_rolled_back);
	tcase_add_test(tests, a_rolled_back_change_has_no_line);
	tcase_add_test(tests, lines_cannot_be_changed_and_are_deleted_after_two_years);
	tcase_add_test(tests, long_values_are_cut);
	tcase_add_test(tests, the_list_continues_after_the_last_line);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
