/* Who may read and write comments, and the access value of new posts. */
#include "support/comment_case.h"
#include "support/suite.h"

#include <string.h>

#include "store/comment/comment_access.h"
#include "store/setting/setting.h"

static struct setting_values *
values_now(void)
{
	struct setting_values *values;

	ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
	return values;
}

static void
set(const char *name, const char *value)
{
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(setting_save(store->db, name, "", value), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

/* "may read", then the reason why they may not write, for a visitor, a member, a payer and the author. */
static const char *
access_of(const char *post_access, const char *comment_access_word)
{
	static int64_t member, payer;
	struct post about = store_post_by_id(store, post);
	struct str text = str_init(store->arena);
	struct setting_values *values = values_now();
	int64_t people[4];

	if (member == 0) {
		member = store_user(store, "Member", "member");
		payer = store_user(store, "Payer", "member");
		(void)store_grant(store, payer, "everything", 0);
	}
	memcpy(people, (int64_t[]){ 0, member, payer, author }, sizeof(people));
	about.access = post_access;
	about.comment_access = comment_access_word;
	for (size_t i = 0; i < 4; i++) {
		struct viewer viewer = store_viewer(store, people[i]);
		struct comment_access access = comment_access(values, &viewer, &about);
		str_printf(&text, "%s%s%d", i == 0 ? "" : " ", access.may_read ? "+" : "-", (int)access.refusal);
	}
	return text.bytes;
}

START_TEST(comments_have_the_restriction_of_their_post)
{
	ck_assert_str_eq(access_of("public", "open"), "+0 +0 +0 +0");
	ck_assert_str_eq(access_of("public", "members"), "+5 +0 +0 +0");
	ck_assert_str_eq(access_of("public", "readers"), "+5 +6 +0 +0");
	ck_assert_str_eq(access_of("public", "closed"), "+2 +2 +2 +2");
	ck_assert_str_eq(access_of("members", "open"), "-1 +0 +0 +0");
	ck_assert_str_eq(access_of("paid", "open"), "-1 -1 +0 +0");
	ck_assert_str_eq(access_of("paid", "members"), "-1 -1 +0 +0");
	set("comments_from", "members");
	ck_assert_str_eq(access_of("public", "open"), "+5 +0 +0 +0");
	set("comments_from", "nobody");
	ck_assert_str_eq(access_of("public", "open"), "+4 +4 +4 +0");
	set("comments_from", "everybody");
	set("comments_days", "1"); /* the post was published a day ago */
	ck_assert_str_eq(access_of("public", "open"), "+3 +3 +3 +0");
	set("comments_days", "2");
	ck_assert_str_eq(access_of("public", "open"), "+0 +0 +0 +0");
	set("comments_shown", "no");
	ck_assert_str_eq(access_of("public", "open"), "-1 -1 -1 -1");
}
END_TEST

START_TEST(a_new_post_gets_the_access_of_the_setting)
{
	struct post_save save = store_post(author, "b", "B", "Words.", "");
	int64_t id = store_save(store, &save);

	ck_assert_str_eq(store_post_by_id(store, id).comment_access, "open");
	set("comment_access", "members");
	save = store_post(author, "c", "C", "Words.", "");
	ck_assert_str_eq(store_post_by_id(store, store_save(store, &save)).comment_access, "members");
	save.post.slug = "d";
	save.post.comment_access = "closed";
	ck_assert_str_eq(store_post_by_id(store, store_save(store, &save)).comment_access, "closed");
	ck_assert_str_eq(store_post_by_id(store, id).comment_access, "open");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("comment_access");
	TCase *cases = tcase_create("comment_access");

	tcase_add_checked_fixture(cases, comment_setup, store_teardown);
	tcase_add_test(cases, comments_have_the_restriction_of_their_post);
	tcase_add_test(cases, a_new_post_gets_the_access_of_the_setting);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
