/* Users, sessions and tags, and the rules for their names. */
#include "support/raw_sql.h"
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "store/auth/session.h"
#include "store/post/tag.h"

static enum status
add(const struct user *user, int64_t *ret_id)
{
	enum status status;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	status = user_add(store->db, store->arena, user, false, ret_id);
	if (status == OK)
		ck_assert_int_eq(db_commit(store->db), OK);
	db_end(store->db);
	return status;
}

START_TEST(a_user_is_found_by_everything_that_names_one)
{
	struct user user = { .name = "  王 小明 ", .email = " Wang.XiaoMing@Example.ORG", .role = "author",
		.bio = "Two\nlines." }, found;
	int64_t id;

	ck_assert_int_eq(add(&user, &id), OK);
	ck_assert_int_eq(user_by_id(store->db, store->arena, id, &found), OK);
	ck_assert_str_eq(found.name, "王 小明");
	ck_assert_str_eq(found.email, "wang.xiaoming@example.org");
	ck_assert_str_eq(found.slug, "王-小明");
	ck_assert_str_eq(found.bio, "Two\nlines.");
	ck_assert_int_eq(found.revision, 1);
	ck_assert_int_gt(found.created, 1600000000);
	ck_assert_int_eq(user_by_slug(store->db, store->arena, "王-小明", &found), OK);
	ck_assert_int_eq(user_by_email(store->db, store->arena, "WANG.xiaoming@EXAMPLE.org ", &found), OK);
	ck_assert_int_eq(user_by_name(store->db, store->arena, "王 小明", &found), OK);
	ck_assert_int_eq(found.id, id);
	ck_assert_int_eq(user_by_slug(store->db, store->arena, "nobody", &found), NOT_FOUND);
	ck_assert_int_eq(user_by_name(store->db, store->arena, "", &found), NOT_FOUND);
}
END_TEST

START_TEST(slugs_are_unique_and_never_too_long)
{
	struct user user = { .name = "Li", .role = "member" }, found;
	int64_t id;

	for (int i = 1; i <= 60; i++) {
		user.email = arena_printf(store->arena, "li%d@example.org", i);
		ck_assert_int_eq(add(&user, &id), OK);
		ck_assert_int_eq(user_by_id(store->db, store->arena, id, &found), OK);
		ck_assert_msg(text_is_slug(found.slug), "%s", found.slug);
		if (i > 1 && i <= 50)
			ck_assert_str_eq(found.slug, arena_printf(store->arena, "li-%d", i));
	}
	/* A wished slug is taken when it is one. */
	user = (struct user){ .name = "陆素笺", .slug = "lu-sujian", .email = "lu@example.org", .role = "owner" };
	ck_assert_int_eq(add(&user, &id), OK);
	ck_assert_int_eq(user_by_slug(store->db, store->arena, "lu-sujian", &found), OK);
	user = (struct user){ .name = "Someone", .slug = "../x", .email = "x@example.org", .role = "member" };
	ck_assert_int_eq(add(&user, &id), OK);
	ck_assert_int_eq(user_by_slug(store->db, store->arena, "someone", &found), OK);
	/* A name of signs alone, and one of a hundred letters twice. */
	user = (struct user){ .name = "✿✿✿", .email = "flower@example.org", .role = "member" };
	ck_assert_int_eq(add(&user, &id), OK);
	ck_assert_int_eq(user_by_slug(store->db, store->arena, "reader", &found), OK);
	for (int i = 0; i < 2; i++) {
		user.name = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
			"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十";
		user.email = i == 0 ? "long1@example.org" : "long2@example.org";
		ck_assert_int_eq(add(&user, &id), OK);
		ck_assert_int_eq(user_by_id(store->db, store->arena, id, &found), OK);
		ck_assert_msg(text_is_slug(found.slug), "%s", found.slug);
	}
}
END_TEST

START_TEST(an_address_that_no_mail_can_reach_is_refused)
{
	const char *const good[] = { "a@b", "a.b+c@example.org", "o'neill@example.org", "x_y@sub.example.org",
		"a@localhost", "1@2.3", "a!#$%&*/=?^`{|}~-@example.org" };
	const char *const bad[] = { "", "a", "@b", "a@", "a@@b", "a b@example.org", "a@exa mple.org", "a@-b.org", "a@b-.org",
		"a@b..org", "a@.org", "a@b.", ".a@b.org", "a.@b.org", "a..b@c.org", "<a@b.org>", "a@b.org,c@d.org",
		"a@b.org\nBcc: c@d.org", "a\r@b.org", "\"a b\"@c.org", "a@b.org>", "a@[127.0.0.1]", "ü@example.org",
		"a@\xc3\xbc.org", "a;b@c.org", "a\\@c.org", "(a)@b.org" };
	struct user user = { .name = "A", .role = "member" };
	char local[80];
	int64_t id;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		user.email = good[i];
		ck_assert_msg(add(&user, &id) == OK, "%s", good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		user.email = bad[i];
		ck_assert_msg(add(&user, &id) == INVALID, "%s", bad[i]);
	}
	memset(local, 'a', 65);
	strcpy(local + 65, "@b.org");
	user.email = local;
	ck_assert_int_eq(add(&user, &id), INVALID);
	user.email = local + 1;
	ck_assert_int_eq(add(&user, &id), OK);
	user.email = NULL;
	ck_assert_int_eq(add(&user, &id), INVALID);
}
END_TEST

START_TEST(a_taken_address_is_a_conflict_and_a_wrong_user_invalid)
{
	struct user user = { .name = "A", .email = "a@example.org", .role = "member" };
	int64_t id = 0;
	char name[200];

	ck_assert_int_eq(add(&user, &id), OK);
	user.email = "A@EXAMPLE.ORG";
	ck_assert_int_eq(add(&user, &id), CONFLICT);
	user.email = "b@example.org";
	user.role = "god";
	ck_assert_int_eq(add(&user, &id), INVALID);
	user.role = NULL;
	ck_assert_int_eq(add(&user, &id), INVALID);
	user.role = "member";
	user.name = " ";
	ck_assert_int_eq(add(&user, &id), INVALID);
	user.name = "a\nb";
	ck_assert_int_eq(add(&user, &id), INVALID);
	user.name = "abc\xff";
	ck_assert_int_eq(add(&user, &id), INVALID);
	/* What turns the order of a line around is taken out. */
	user.name = "abc\u202Efed";
	user.email = "c@example.org";
	ck_assert_int_eq(add(&user, &id), OK);
	ck_assert_str_eq(store_user_by_id(store, id).name, "abcfed");
	user.email = "b@example.org";
	memset(name, 'a', sizeof(name));
	name[101] = '\0';
	user.name = name;
	ck_assert_int_eq(add(&user, &id), INVALID);
	user.name = name + 1;
	ck_assert_int_eq(add(&user, &id), OK);
}
END_TEST

/* The list in C and the CHECK in the schema say the same. */
START_TEST(roles_are_those_of_the_schema)
{
	for (size_t i = 0; user_roles[i] != NULL; i++) {
		struct user user;
		int64_t id = store_user(store, "Somebody", user_roles[i]);
		ck_assert_int_eq(user_by_id(store->db, store->arena, id, &user), OK);
		ck_assert(user_is_role(user.role));
		ck_assert_int_eq(user_may(&user, RIGHT_EDIT), str_equal(user.role, "editor") || str_equal(user.role, "owner"));
		user.disabled = 1;
		ck_assert(!user_may(&user, RIGHT_EDIT));
	}
	ck_assert(!user_is_role("Owner"));
	ck_assert(!user_is_role(""));
	ck_assert(!user_may(NULL, RIGHT_EDIT));
}
END_TEST

START_TEST(the_owner_is_the_eldest)
{
	struct user user, *users;
	size_t count;
	int64_t owner;

	ck_assert_int_eq(user_owner(store->db, store->arena, &user), NOT_FOUND);
	(void)store_user(store, "A", "editor");
	owner = store_user(store, "B", "owner");
	(void)store_user(store, "B", "owner");
	ck_assert_int_eq(user_owner(store->db, store->arena, &user), OK);
	ck_assert_int_eq(user.id, owner);
	ck_assert_int_eq(user_by_name(store->db, store->arena, "B", &user), OK);
	ck_assert_int_eq(user.id, owner);
	ck_assert_int_eq(user_list(store->db, store->arena, 0, 2, &users, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(user_list(store->db, store->arena, users[1].id, 2, &users, &count), OK);
	ck_assert_uint_eq(count, 1);
	/* SQLite takes a negative limit for none. */
	ck_assert_int_eq(user_list(store->db, store->arena, 0, -1, &users, &count), OK);
	ck_assert_uint_eq(count, 0);
}
END_TEST

/* A stolen copy of the store opens no session. */
START_TEST(the_store_keeps_no_token)
{
	int64_t id = store_user(store, "A", "member");
	const char *token;
	char *kept;
	struct user user;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(session_add(store->db, store->arena, id, STORE_NOW + 60, NULL, &token), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(session_user(store->db, store->arena, token, STORE_NOW + 59, &user), OK);
	ck_assert_int_eq(user.id, id);
	ck_assert_int_eq(session_user(store->db, store->arena, token, STORE_NOW + 60, &user), NOT_FOUND);
	ck_assert_ptr_null(strstr(raw_rows(store->db, store->arena, "SELECT * FROM session"), token));
	/* Nor does what the store keeps. */
	kept = arena_dup(store->arena, raw_rows(store->db, store->arena, "SELECT id FROM session"));
	kept[strcspn(kept, "\n")] = '\0';
	token = kept;
	ck_assert_int_eq(session_user(store->db, store->arena, token, STORE_NOW, &user), NOT_FOUND);
	ck_assert_int_eq(db_execute(store->db, "UPDATE site_user SET disabled = 1"), OK);
	ck_assert_int_eq(session_user(store->db, store->arena, token, STORE_NOW, &user), NOT_FOUND);
}
END_TEST

/* --- tags ------------------------------------------------------------------- */

static struct tag
need(const char *name)
{
	struct tag tag = { 0 };

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(tag_find_or_add(store->db, store->arena, name, false, &tag), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	return tag;
}

START_TEST(spellings_of_a_tag_are_one_tag_and_languages_are_not)
{
	struct tag ink = need("Ink & Paper"), tag;
	const char *const same[] = { "ink & paper", " INK  paper", "ink-paper", "Ｉｎｋ paper" };
	const char *const apart[] = { "C", "C++", "C#", "F#", "F", "c--", "NET", "品牌" };

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		ck_assert_int_eq(need(same[i]).id, ink.id);
	ck_assert_str_eq(need("ink paper").name, "Ink & Paper");
	for (size_t i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
		for (size_t j = 0; j < i; j++)
			if (!(i == 5 && j == 0)) /* c-- is written nowhere but here */
				ck_assert_msg(need(apart[i]).id != need(apart[j]).id, "%s, %s", apart[i], apart[j]);
	ck_assert_str_eq(need("C++").slug, "c-plus-plus");
	ck_assert_str_eq(need("#hashtag").slug, "hashtag");
	ck_assert_int_eq(tag_by_name(store->db, store->arena, "c#", &tag), OK);
	ck_assert_str_eq(tag.slug, "c-sharp");
	ck_assert_int_eq(tag_by_name(store->db, store->arena, "C+", &tag), NOT_FOUND);
	ck_assert_int_eq(tag_by_name(store->db, store->arena, "!!", &tag), NOT_FOUND);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(tag_find_or_add(store->db, store->arena, "…", false, &tag), INVALID);
	db_end(store->db);
}
END_TEST

static void
save_tagged(const char *slug, const char *lang, const char *state, int64_t published, const char *one, const char *two)
{
	static int64_t author;
	const char *const tags[] = { one, two };
	struct post_save save;

	if (author == 0)
		author = store_user(store, "Author", "author");
	save = store_post(author, slug, slug, "Words.", "");
	save.post.lang = lang;
	save.post.state = state;
	save.post.published = published;
	save.tags = tags;
	save.tag_count = 2;
	(void)store_save(store, &save);
}

/* What is still to come must not be counted: a number would tell of it. */
START_TEST(tags_are_counted_over_what_is_due)
{
	struct tag *tags;
	size_t count;

	save_tagged("a", "en", "published", STORE_NOW - 10, "Zinc", "apple");
	save_tagged("b", "zh", "published", STORE_NOW, "Zinc", "苹果");
	save_tagged("c", "en", "published", STORE_NOW + 1, "Zinc", "Future");
	save_tagged("d", "en", "draft", STORE_NOW - 10, "Zinc", "Draft");
	ck_assert_int_eq(tag_list(store->db, store->arena, "", STORE_NOW, &tags, &count), OK);
	ck_assert_uint_eq(count, 3);
	ck_assert_str_eq(tags[0].name, "apple");
	ck_assert_int_eq(tags[0].posts, 1);
	ck_assert_str_eq(tags[1].name, "Zinc");
	ck_assert_int_eq(tags[1].posts, 2);
	ck_assert_str_eq(tags[2].name, "苹果");
	ck_assert_int_eq(tag_list(store->db, store->arena, "zh", STORE_NOW, &tags, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(tags[0].posts, 1);
	ck_assert_int_eq(tag_list(store->db, store->arena, "en", STORE_NOW + 1, &tags, &count), OK);
	ck_assert_uint_eq(count, 3);
	ck_assert_int_eq(tag_list(store->db, store->arena, NULL, 0, &tags, &count), OK);
	ck_assert_uint_eq(count, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("user");
	TCase *cases = tcase_create("user");

	tcase_add_checked_fixture(cases, store_setup, store_teardown);
	tcase_add_test(cases, a_user_is_found_by_everything_that_names_one);
	tcase_add_test(cases, slugs_are_unique_and_never_too_long);
	tcase_add_test(cases, an_address_that_no_mail_can_reach_is_refused);
	tcase_add_test(cases, a_taken_address_is_a_conflict_and_a_wrong_user_invalid);
	tcase_add_test(cases, roles_are_those_of_the_schema);
	tcase_add_test(cases, the_owner_is_the_eldest);
	tcase_add_test(cases, the_store_keeps_no_token);
	tcase_add_test(cases, spellings_of_a_tag_are_one_tag_and_languages_are_not);
	tcase_add_test(cases, tags_are_counted_over_what_is_due);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
