/* Access: every kind of viewer against every kind of post. A mistake here shows paid or private posts to everyone. */
#include "support/store_case.h"
#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/auth/session.h"

enum { DAY = 24 * 60 * 60 };

static int64_t author, other_author, member, payer, editor, owner, moderator;

static void
setup(void)
{
	store_setup();
	author = store_user(store, "Author", "author");
	other_author = store_user(store, "Other author", "author");
	member = store_user(store, "Member", "member");
	payer = store_user(store, "Payer", "member");
	editor = store_user(store, "Editor", "editor");
	owner = store_user(store, "Owner", "owner");
	moderator = store_user(store, "Moderator", "moderator");
}

static const char *const two_tags[] = { "Ink", "Paper" };

/* A saved post of that access and state, published so many days from STORE_NOW. */
static struct post
make(const char *kind, const char *access, const char *state, int days)
{
	struct post_save save = store_post(author, "post", "A post", "Open.", "Closed.");

	save.post.kind = kind;
	save.post.access = access;
	save.post.state = state;
	save.post.published = STORE_NOW + (int64_t)days * DAY;
	save.tags = two_tags;
	save.tag_count = 2;
	return store_post_by_id(store, store_save(store, &save));
}

static enum view
see(int64_t user_id, const struct post *post)
{
	struct viewer viewer = store_viewer(store, user_id);

	return viewer_may(&viewer, post);
}

START_TEST(access_decides_who_sees_a_published_post_in_full)
{
	const struct {
		const char *access;
		enum view nobody, reader;
	} rows[] = {
		{ "public", VIEW_FULL, VIEW_FULL },
		{ "members", VIEW_OPEN, VIEW_FULL },
		{ "paid", VIEW_OPEN, VIEW_OPEN },
	};
	const char *const kinds[] = { "article", "audio", "video", "page" };

	for (size_t kind = 0; kind < 4; kind++)
		for (size_t i = 0; i < 3; i++) {
			struct post post = make(kinds[kind], rows[i].access, "published", -1);
			ck_assert_int_eq(see(0, &post), rows[i].nobody);
			ck_assert_int_eq(see(member, &post), rows[i].reader);
			ck_assert_int_eq(see(other_author, &post), rows[i].reader);
			ck_assert_int_eq(see(moderator, &post), rows[i].reader);
			ck_assert_int_eq(see(author, &post), VIEW_FULL);
			ck_assert_int_eq(see(editor, &post), VIEW_FULL);
			ck_assert_int_eq(see(owner, &post), VIEW_FULL);
		}
}
END_TEST

START_TEST(unpublished_posts_are_seen_by_author_editors_and_owners_only)
{
	const struct {
		const char *state;
		int days;
	} rows[] = { { "draft", -1 }, { "unpublished", -1 }, { "published", 1 }, { "draft", 1 } };
	const char *const accesses[] = { "public", "members", "paid" };

	(void)store_grant(store, payer, "everything", 0);
	for (size_t i = 0; i < 4; i++)
		for (size_t access = 0; access < 3; access++) {
			struct post post = make("article", accesses[access], rows[i].state, rows[i].days);
			ck_assert_int_eq(see(0, &post), VIEW_NONE);
			ck_assert_int_eq(see(member, &post), VIEW_NONE);
			ck_assert_int_eq(see(payer, &post), VIEW_NONE);
			ck_assert_int_eq(see(moderator, &post), VIEW_NONE);
			ck_assert_int_eq(see(other_author, &post), VIEW_NONE);
			ck_assert_int_eq(see(author, &post), VIEW_FULL);
			ck_assert_int_eq(see(editor, &post), VIEW_FULL);
			ck_assert_int_eq(see(owner, &post), VIEW_FULL);
		}
}
END_TEST

START_TEST(a_post_is_public_from_the_second_of_its_publish_date)
{
	struct post post = make("article", "public", "published", 0);

	ck_assert_int_eq(see(0, &post), VIEW_FULL);
	post.published = STORE_NOW + 1;
	ck_assert_int_eq(see(0, &post), VIEW_NONE);
}
END_TEST

START_TEST(a_grant_opens_the_posts_of_its_scope)
{
	struct post post = make("article", "paid", "published", -1), other = post;
	int64_t ink = post.tags[0].id;

	other.id = post.id + 1;
	other.tags = NULL;
	other.tag_count = 0;
	(void)store_grant(store, payer, "tag", ink);
	ck_assert_int_eq(see(payer, &post), VIEW_FULL);
	ck_assert_int_eq(see(payer, &other), VIEW_OPEN);
	ck_assert_int_eq(see(member, &post), VIEW_OPEN);
	(void)store_grant(store, member, "post", post.id);
	ck_assert_int_eq(see(member, &post), VIEW_FULL);
	ck_assert_int_eq(see(member, &other), VIEW_OPEN);
	(void)store_grant(store, moderator, "everything", 0);
	ck_assert_int_eq(see(moderator, &post), VIEW_FULL);
	ck_assert_int_eq(see(moderator, &other), VIEW_FULL);
}
END_TEST

/* A tag and a post often have the same id. */
START_TEST(a_grant_for_a_post_does_not_open_a_tag_with_the_same_id)
{
	struct post post = make("article", "paid", "published", -1);
	struct grant grant = { .user_id = payer, .starts = 1, .tag_id = post.id, .post_id = post.tags[0].id };
	struct user user = store_user_by_id(store, payer);
	struct viewer viewer = { .now = STORE_NOW, .user = &user, .grants = &grant, .grant_count = 1 };

	ck_assert_int_eq(post.id, 1);
	post.id = 1000;
	grant.scope = "post";
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_OPEN);
	grant.tag_id = 1000;
	grant.scope = "tag";
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_OPEN);
	/* With an unknown scope. */
	grant.scope = "all";
	grant.post_id = 1000;
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_OPEN);
	grant.scope = NULL;
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_OPEN);
}
END_TEST

static void
add_grant(int64_t starts, int64_t ends)
{
	struct grant grant = { .user_id = payer, .scope = "everything", .starts = starts, .ends = ends, .source = "test" };
	int64_t id;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(grant_add(store->db, &grant, false, &id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

START_TEST(a_grant_is_valid_from_its_start_to_before_its_end)
{
	struct post post = make("article", "paid", "published", -1);

	add_grant(STORE_NOW - 10 * DAY, STORE_NOW - DAY);
	ck_assert_msg(see(payer, &post) == VIEW_OPEN, "a grant that has ended is still valid");
	add_grant(STORE_NOW - 10 * DAY, STORE_NOW);
	ck_assert_msg(see(payer, &post) == VIEW_OPEN, "a grant is valid in the second of its end");
	add_grant(STORE_NOW + 1, STORE_NOW + DAY);
	ck_assert_msg(see(payer, &post) == VIEW_OPEN, "a grant is valid before its start");
	add_grant(STORE_NOW, STORE_NOW + 1);
	ck_assert_msg(see(payer, &post) == VIEW_FULL, "a grant is not valid in its only second");
}
END_TEST

/* A viewer that is filled by hand gets no more than a loaded one. */
START_TEST(viewer_may_checks_each_grant_again)
{
	struct post post = make("article", "paid", "published", -1);
	struct user user = store_user_by_id(store, payer);
	struct grant grant = { .user_id = payer, .scope = "everything", .starts = 1 };
	struct viewer viewer = { .now = STORE_NOW, .user = &user, .grants = &grant, .grant_count = 1 };

	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_FULL);
	grant.user_id = member;
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_OPEN);
	grant.user_id = payer;
	grant.ends = STORE_NOW;
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_OPEN);
	grant.ends = 0;
	viewer.user = NULL;
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_OPEN);
	viewer.user = &user;
	user.disabled = 1;
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_OPEN);
}
END_TEST

START_TEST(an_empty_viewer_sees_nothing)
{
	struct viewer viewer = { 0 };
	struct post post = make("article", "public", "published", -1), zero = { 0 };
	struct user user = store_user_by_id(store, owner);

	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_NONE);
	viewer.user = &user;
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_NONE);
	viewer.now = -1;
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_NONE);
	/* An empty post, or a post of user 0, is seen by nobody. */
	viewer = (struct viewer){ .now = STORE_NOW };
	ck_assert_int_eq(viewer_may(&viewer, &zero), VIEW_NONE);
	user = (struct user){ 0 };
	viewer.user = &user;
	ck_assert_int_eq(viewer_may(&viewer, &zero), VIEW_NONE);
	post.access = "free";
	ck_assert_int_eq(viewer_may(&viewer, &post), VIEW_NONE);
}
END_TEST

START_TEST(only_a_valid_token_gives_a_signed_in_viewer)
{
	struct viewer viewer;
	const char *token, *over;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(session_add(store->db, store->arena, payer, STORE_NOW + 1, NULL, &token), OK);
	ck_assert_int_eq(session_add(store->db, store->arena, payer, STORE_NOW, NULL, &over), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(viewer_by_token(store->db, store->arena, token, STORE_NOW, &viewer), OK);
	ck_assert_ptr_nonnull(viewer.user);
	ck_assert_int_eq(viewer.user->id, payer);
	ck_assert_int_eq(viewer.now, STORE_NOW);
	const char *const others[] = { NULL, "", over, "unknown", "' OR 1=1 --" };
	for (size_t i = 0; i < 5; i++) {
		ck_assert_int_eq(viewer_by_token(store->db, store->arena, others[i], STORE_NOW, &viewer), OK);
		ck_assert_ptr_null(viewer.user);
		ck_assert_int_eq(viewer.now, STORE_NOW);
		ck_assert_uint_eq(viewer.grant_count, 0);
	}
	ck_assert_int_eq(db_execute(store->db, "UPDATE site_user SET disabled = 1"), OK);
	ck_assert_int_eq(viewer_by_token(store->db, store->arena, token, STORE_NOW, &viewer), OK);
	ck_assert_ptr_null(viewer.user);
}
END_TEST

static const char *
class_of(int64_t user_id)
{
	struct viewer viewer = store_viewer(store, user_id);

	return viewer_class(store->arena, &viewer);
}

/* Responses are cached by class: two viewers who see different pages must never share one. */
START_TEST(viewers_of_different_pages_have_different_classes)
{
	struct post post = make("article", "paid", "published", -1);
	const char *classes[12];
	struct viewer viewer;
	size_t count = 0;

	classes[count++] = class_of(0);
	ck_assert_str_eq(classes[0], "");
	classes[count++] = class_of(member);
	/* A grant ends at its time, even if the viewer was loaded before. */
	add_grant(STORE_NOW, STORE_NOW + 10);
	viewer = store_viewer(store, payer);
	classes[count++] = viewer_class(store->arena, &viewer);
	viewer.now = STORE_NOW + 10;
	ck_assert_str_eq(viewer_class(store->arena, &viewer), class_of(member));
	(void)store_grant(store, payer, "tag", post.tags[0].id);
	classes[count++] = class_of(payer);
	(void)store_grant(store, payer, "tag", post.tags[1].id);
	classes[count++] = class_of(payer);
	/* A tag and a post with the same number. */
	(void)store_grant(store, payer, "post", post.tags[0].id);
	classes[count++] = class_of(payer);
	/* A user with more rights than reading has a class of their own, because authors see more of their own posts. */
	classes[count++] = class_of(author);
	classes[count++] = class_of(other_author);
	classes[count++] = class_of(moderator);
	classes[count++] = class_of(editor);
	classes[count++] = class_of(owner);
	/* An author who became a member still sees the posts that they wrote. */
	ck_assert_int_eq(db_execute(store->db, "UPDATE site_user SET role = 'member' WHERE slug = 'author'"), OK);
	classes[count++] = class_of(author);
	ck_assert_int_eq(see(author, &post), VIEW_FULL);
	ck_assert_uint_eq(count, sizeof(classes) / sizeof(*classes));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			ck_assert_msg(!str_equal(classes[i], classes[j]), "%zu and %zu", i, j);
}
END_TEST

START_TEST(members_with_equal_grants_share_a_class)
{
	struct post post = make("article", "paid", "published", -1);
	struct viewer viewer = { .now = STORE_NOW };
	struct user user;

	ck_assert_str_eq(class_of(payer), class_of(member));
	/* The order, the number, the beginning and the end of grants do not change a page. */
	(void)store_grant(store, payer, "post", post.id);
	(void)store_grant(store, payer, "tag", post.tags[0].id);
	(void)store_grant(store, payer, "tag", post.tags[0].id);
	ck_assert_str_ne(class_of(payer), class_of(member));
	(void)store_grant(store, member, "tag", post.tags[0].id);
	(void)store_grant(store, member, "post", post.id);
	ck_assert_str_eq(class_of(payer), class_of(member));
	ck_assert_int_eq(db_execute(store->db, "UPDATE site_user SET revision = revision + 1, name = 'Other' WHERE slug = 'payer'"), OK);
	ck_assert_str_eq(class_of(payer), class_of(member));
	/* An author who became a member and wrote nothing is like any other member. */
	ck_assert_int_eq(db_execute(store->db, "DELETE FROM grant_right; UPDATE site_user SET role = 'member' WHERE slug = 'other-author'"), OK);
	ck_assert_str_eq(class_of(other_author), class_of(member));
	/* A viewer that is filled by hand may own a post, so it shares its class with nobody. */
	user = store_user_by_id(store, member);
	viewer.user = &user;
	ck_assert_str_ne(viewer_class(store->arena, &viewer), class_of(member));
}
END_TEST

START_TEST(grants_are_listed_and_ended)
{
	struct post post = make("article", "paid", "published", -1);
	int64_t tag = store_grant(store, payer, "tag", post.tags[1].id);
	int64_t one = store_grant(store, payer, "post", post.id);
	struct grant *grants;
	size_t count;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(grant_end(store->db, one, STORE_NOW), OK);
	/* A grant that has ended is not extended. */
	ck_assert_int_eq(grant_end(store->db, one, STORE_NOW + DAY), OK);
	ck_assert_int_eq(grant_end(store->db, 999, STORE_NOW), NOT_FOUND);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(see(payer, &post), VIEW_FULL);
	ck_assert_int_eq(grant_list(store->db, store->arena, payer, &grants, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(grants[0].id, one);
	ck_assert_int_eq(grants[0].ends, STORE_NOW);
	ck_assert_str_eq(grants[0].what, "A post");
	ck_assert_int_eq(grants[1].id, tag);
	ck_assert_int_eq(grants[1].ends, 0);
	ck_assert_str_eq(grants[1].what, "Paper");
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(grant_end(store->db, tag, STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(see(payer, &post), VIEW_OPEN);
}
END_TEST

START_TEST(an_inconsistent_grant_is_refused)
{
	const struct grant wrong[] = {
		{ .user_id = payer, .scope = "all", .starts = 1, .source = "" },
		{ .user_id = payer, .scope = NULL, .starts = 1, .source = "" },
		{ .user_id = payer, .scope = "tag", .post_id = 1, .starts = 1, .source = "" },
		{ .user_id = payer, .scope = "post", .tag_id = 1, .starts = 1, .source = "" },
		{ .user_id = payer, .scope = "everything", .starts = 2, .ends = 2, .source = "" },
		{ .user_id = payer, .scope = "everything", .starts = 2, .ends = 1, .source = "" },
	};
	int64_t id = 0;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_int_eq(grant_add(store->db, &wrong[i], false, &id), INVALID);
	db_end(store->db);
	ck_assert_int_eq(id, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("viewer");
	TCase *cases = tcase_create("viewer");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_add_test(cases, access_decides_who_sees_a_published_post_in_full);
	tcase_add_test(cases, unpublished_posts_are_seen_by_author_editors_and_owners_only);
	tcase_add_test(cases, a_post_is_public_from_the_second_of_its_publish_date);
	tcase_add_test(cases, a_grant_opens_the_posts_of_its_scope);
	tcase_add_test(cases, a_grant_for_a_post_does_not_open_a_tag_with_the_same_id);
	tcase_add_test(cases, a_grant_is_valid_from_its_start_to_before_its_end);
	tcase_add_test(cases, viewer_may_checks_each_grant_again);
	tcase_add_test(cases, an_empty_viewer_sees_nothing);
	tcase_add_test(cases, only_a_valid_token_gives_a_signed_in_viewer);
	tcase_add_test(cases, viewers_of_different_pages_have_different_classes);
	tcase_add_test(cases, members_with_equal_grants_share_a_class);
	tcase_add_test(cases, grants_are_listed_and_ended);
	tcase_add_test(cases, an_inconsistent_grant_is_refused);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
