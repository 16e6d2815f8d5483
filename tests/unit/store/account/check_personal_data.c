/* Personal data: everything stored about a user is listed, and is deleted, or stays without their name, when they leave. */
#include "support/raw_sql.h"
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/comment/comment.h"
#include "store/auth/credential.h"
#include "store/user/invitation.h"
#include "store/mail/outbox.h"
#include "store/auth/second_factor.h"
#include "store/account/user_delete.h"
#include "store/account/personal_data.h"
#include "store/auth/email_verification.h"
#include "store/auth/session.h"
#include "support/store_invariants.h"

static int64_t anna, olga, post;

static void
add_comment(int64_t user_id, const char *name, const char *text)
{
	struct comment comment = { .post_id = post, .user_id = user_id, .name = name, .text = text, .xhtml = "<p/>", .created = STORE_NOW };
	int64_t id;

	ck_assert_int_eq(comment_add(store->db, store->arena, &comment, "shown", &id), OK);
}

/* Anna has something in every table that can name her. */
static void
setup(void)
{
	struct post_save save;
	struct user user;
	const char *token, *codes[RECOVERY_CODES];

	store_setup();
	olga = store_user(store, "Olga", "owner");
	anna = store_user(store, "Anna Lind", "author");
	save = store_post(anna, "first", "First post", "Windmill and harbour.", "");
	save.user_id = anna;
	post = store_save(store, &save);
	store_grant(store, anna, "everything", 0);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	add_comment(anna, "Anna Lind", "Hers.");
	add_comment(olga, "Olga", "Another's.");
	ck_assert_int_eq(credential_change_password(store->db, anna, "digest", STORE_NOW, ""), OK);
	ck_assert_int_eq(session_add(store->db, store->arena, anna, STORE_NOW + 60, "x", &token), OK);
	ck_assert_int_eq(sign_in_link_add(store->db, store->arena, anna, STORE_NOW, STORE_NOW + 60, &token), OK);
	ck_assert_int_eq(sign_in_challenge_add(store->db, store->arena, anna, true, STORE_NOW, &token), OK);
	ck_assert_int_eq(second_factor_begin(store->db, store->arena, anna, "JBSWY3DPEHPK3PXP", STORE_NOW), OK);
	ck_assert_int_eq(second_factor_confirm(store->db, anna, 1, STORE_NOW), OK);
	ck_assert_int_eq(recovery_code_renew(store->db, store->arena, anna, STORE_NOW, codes), OK);
	user = store_user_by_id(store, anna);
	ck_assert_int_eq(throttle_add(store->db, store->arena, THROTTLE_ACCOUNT, user.email, STORE_NOW), OK);
	ck_assert_int_eq(throttle_add(store->db, store->arena, THROTTLE_ACCOUNT, credential_code_name(store->arena, &user, BY_LINK), STORE_NOW), OK);
	ck_assert_int_eq(db_execute(store->db, arena_printf(store->arena, "INSERT INTO schedule_link (user_id, digest, created) VALUES (%lld, 'x', 1);"
		" INSERT INTO autosave (user_id, form_key, post_id, title, lang, saved) VALUES (%lld, 'k', 0, '', '', 1);"
		" INSERT INTO autosave_field (autosave_id, name, value) VALUES (1, 'text', 'Words.');"
		" INSERT INTO export_job (user_id, requested) VALUES (%lld, 1);"
		" INSERT INTO import_job (user_id, requested, folder, publish) VALUES (%lld, 1, 'f', 0);"
		" INSERT INTO fetch_job (post_id, user_id, address, requested, next_try) VALUES (%lld, %lld, 'https://example.org/a.mp3', 1, 1);"
		" INSERT INTO media (id, digest, suffix, type, bytes, name, created) VALUES (1, 'x', 'png', 'image/png', 1, 'a.png', 1);"
		" INSERT INTO media_owner (user_id, media_id) VALUES (%lld, 1);"
		" INSERT INTO feed_address (user_id, name, digest, created) VALUES (2, 'Reader', 'x', 1);"
		" INSERT INTO moderation_decision (action, comment_id, post_id, user_id, created, heading, note, version, old_state, old_reason,"
		"  old_reason_note, old_flags, old_text, old_xhtml, undone) VALUES ('approve', 2, 1, 2, 1, '', '', 2, 'held', '', '', 0, '', '', 0);"
		" INSERT INTO comment_flag (comment_id, user_id, reason, note, weight, created) VALUES (2, 2, 'rude', '', 10, 1);"
		" INSERT INTO moderation_ban (kind, subject, user_id, name, note, created, created_by, expires) VALUES ('account', '2', 2, 'Anna', '', 1, 1, 0);"
		" INSERT INTO moderation_purge (ban_id, user_id, created) VALUES (1, 2, 1);"
		" INSERT INTO moderation_trust (user_id, level, created) VALUES (2, 1, 1);"
		" INSERT INTO moderation_rule (field, pattern, action, note, created, created_by) VALUES ('word', 'x', 'hold', '', 1, 2);"
		" INSERT INTO moderation_link (digest, comment_id, user_id, action, expires) VALUES ('x', 2, 2, 'approve', 5);"
		" INSERT INTO moderation_digest (user_id, sent) VALUES (2, 1);"
		" INSERT INTO vote (comment_id, user_id, value, weight, created) VALUES (2, 2, 1, 4, 1);"
		" INSERT INTO reply_preference (user_id, mode, changed) VALUES (2, 'now', 1);"
		" INSERT INTO experiment (post_id, user_id, buckets, goal, min_difference, started, ends) VALUES (%lld, %lld, 'ABABABABABABABABABAB', 'read', 5, 1, 2);",
		(long long)anna, (long long)anna, (long long)anna, (long long)anna, (long long)post, (long long)anna, (long long)anna,
		(long long)post, (long long)anna)), OK);
	ck_assert_int_eq(throttle_add(store->db, store->arena, THROTTLE_MAIL, credential_mail_name(store->arena, user.email, false), STORE_NOW), OK);
	for (int i = 0; i < 2; i++) {
		struct user whose = store_user_by_id(store, i == 0 ? anna : olga);
		struct email_verification verification = { .user_id = whose.id, .created = STORE_NOW, .expires = STORE_NOW + 60 };
		struct invitation invitation = { .role = "member", .email = "", .user_id = whose.id, .created = STORE_NOW, .expires = STORE_NOW + 60 };
		struct mail mail = { .kind = "test", .to = whose.email, .subject = "Words", .text = "Words", .lang = "en", .created = STORE_NOW };
		struct email_verification_keys keys;
		int64_t id;
		ck_assert_int_eq(email_verification_add(store->db, store->arena, "sign-in x", &verification, &keys), OK);
		ck_assert_int_eq(invitation_add(store->db, store->arena, &invitation, &token), OK);
		ck_assert_int_eq(mail_queue(store->db, store->arena, &mail, &id), OK);
	}
	ck_assert_int_eq(db_commit(store->db), OK);
	db_end(store->db);
}

static void
teardown(void)
{
	db_end(store->db);
	store_close(store);
}

static const struct personal_data_table *
own_find(const char *name)
{
	for (const struct personal_data_table *table = personal_data_tables; table->table != NULL; table++)
		if (str_equal(table->table, name))
			return table;
	return NULL;
}

static int64_t
number(const char *sql)
{
	return raw_number(store->db, sql);
}

/* The first line of what it gives. */
static const char *
text(const char *sql)
{
	char *found = arena_dup(store->arena, raw_rows(store->db, store->arena, sql));

	ck_assert_msg(*found != '\0', "no row: %s", sql);
	found[strcspn(found, "\n")] = '\0';
	return found;
}

/* A table that somebody adds tomorrow fails here until own.c says what its rows are to a person, or why they are left out. */
START_TEST(every_table_that_names_a_user_is_listed)
{
	char *names = arena_dup(store->arena, raw_rows(store->db, store->arena, "SELECT DISTINCT t.name FROM pragma_table_list AS t"
		" JOIN pragma_foreign_key_list(t.name) AS f WHERE t.schema = 'main' AND t.type = 'table' AND f.\"table\" = 'site_user'"));
	int tables = 0;

	for (char *name = strtok(names, "\n"); name != NULL; name = strtok(NULL, "\n"), tables++) {
		const struct personal_data_table *table = own_find(name);
		ck_assert_msg(table != NULL, "%s names a user, and lib/store/account/personal_data.c does not know it", name);
		ck_assert_msg((table->query != NULL) != (table->left_out != NULL), "%s: rows, or a reason why they are left out", name);
	}
	ck_assert_int_ge(tables, 10);
}
END_TEST

START_TEST(every_listed_table_is_there_and_says_what_it_is)
{
	for (const struct personal_data_table *table = personal_data_tables; table->table != NULL; table++) {
		ck_assert_msg(number(arena_printf(store->arena, "SELECT count(*) FROM pragma_table_list WHERE name = '%s'", table->table)) == 1,
			"%s is no table", table->table);
		ck_assert((table->what != NULL) != (table->left_out != NULL));
		ck_assert((table->columns != NULL) == (table->what != NULL));
	}
}
END_TEST

START_TEST(the_rows_of_one_person_are_found_and_no_others)
{
	struct user user = store_user_by_id(store, anna);

	for (const struct personal_data_table *table = personal_data_tables; table->table != NULL; table++) {
		struct personal_data_record *records;
		size_t count, expected = str_equal(table->table, "recovery_code") ? RECOVERY_CODES : str_equal(table->table, "throttle") ? 3 : 1;
		bool more;
		if (table->columns == NULL)
			continue;
		ck_assert_int_eq(personal_data_list(store->db, store->arena, table, &user, &records, &count, &more), OK);
		ck_assert_msg(!more && count == expected, "%s: %zu", table->table, count);
		if (str_equal(table->table, "comment"))
			ck_assert_str_eq(records[0].text[3], "Hers.");
	}
}
END_TEST

static bool removes_comments;

static enum status
leave(int64_t user_id)
{
	struct user user = store_user_by_id(store, user_id);
	enum status status;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	status = user_delete(store->db, store->arena, &user, "Former author", removes_comments, STORE_NOW);
	if (status == OK)
		ck_assert_int_eq(db_commit(store->db), OK);
	db_end(store->db);
	return status;
}

START_TEST(the_comments_go_too_when_asked)
{
	removes_comments = true;
	ck_assert_int_eq(leave(anna), OK);
	removes_comments = false;
	ck_assert_str_eq(text("SELECT group_concat(name || '/' || text, ' ') FROM comment"), "Olga/Another's.");
	ck_assert_int_eq(number("SELECT shown FROM thread"), 1);
}
END_TEST

START_TEST(name_and_address_go_and_words_stay)
{
	struct user user = store_user_by_id(store, anna);
	const char *dump;

	ck_assert_int_eq(leave(anna), OK);
	ck_assert_int_eq(number("SELECT count(*) FROM site_user WHERE name LIKE '%anna%' OR slug LIKE '%anna%'"), 0);
	ck_assert_int_eq(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
	ck_assert_str_eq(text("SELECT u.name || ' ' || u.role || ' ' || u.disabled FROM post AS p JOIN site_user AS u ON u.id = p.author_id"),
		"Former author member 1");
	ck_assert_str_eq(strchr(text("SELECT u.email FROM post AS p JOIN site_user AS u ON u.id = p.author_id"), '@'), "@former.invalid");
	ck_assert_str_eq(text("SELECT group_concat(name || '/' || coalesce(user_id, 0) || '/' || text, ' ') FROM comment"),
		arena_printf(store->arena, "/0/Hers. Olga/%lld/Another's.", (long long)olga));
	ck_assert_int_eq(number("SELECT count(*) FROM revision WHERE user_id IS NOT NULL"), 0);
	for (const char *const *name = (const char *const[]){ "session", "credential", "sign_in_link", "second_factor", "recovery_code",
		"sign_in_challenge", "grant_right", "throttle", NULL }; *name != NULL; name++)
		ck_assert_msg(number(arena_printf(store->arena, "SELECT count(*) FROM %s", *name)) == 0, "%s", *name);
	dump = store_dump(store->arena, store->path);
	ck_assert_ptr_nonnull(strstr(dump, "Olga"));
	ck_assert_ptr_null(strstr(dump, "Anna"));
	ck_assert_ptr_null(strstr(dump, user.email));
	ck_assert_str_eq(store_wrong(store->arena, store->path), "");
}
END_TEST

START_TEST(who_wrote_nothing_leaves_no_account_behind)
{
	int64_t bert = store_user(store, "Bert", "member");
	bool has;

	ck_assert_int_eq(user_delete_has_posts(store->db, bert, &has), OK);
	ck_assert(!has);
	ck_assert_int_eq(leave(bert), OK);
	ck_assert_int_eq(number("SELECT count(*) FROM site_user"), 2);
}
END_TEST

START_TEST(the_last_owner_stays)
{
	int64_t other;

	ck_assert_int_eq(leave(olga), INVALID);
	ck_assert_str_eq(store_user_by_id(store, olga).name, "Olga");
	other = store_user(store, "Otto", "owner");
	ck_assert_int_eq(leave(olga), OK);
	ck_assert_int_eq(leave(other), INVALID);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("own");
	TCase *own = tcase_create("own");

	tcase_add_checked_fixture(own, setup, teardown);
	tcase_add_test(own, every_table_that_names_a_user_is_listed);
	tcase_add_test(own, every_listed_table_is_there_and_says_what_it_is);
	tcase_add_test(own, the_rows_of_one_person_are_found_and_no_others);
	tcase_add_test(own, name_and_address_go_and_words_stay);
	tcase_add_test(own, the_comments_go_too_when_asked);
	tcase_add_test(own, who_wrote_nothing_leaves_no_account_behind);
	tcase_add_test(own, the_last_owner_stays);
	suite_add_tcase(suite, own);
	return suite_run(suite);
}
