/* The job "learn": decisions are learned, undone decisions are unlearned exactly, and nothing is learned twice. */
#include "support/comment_case.h"
#include "support/raw_sql.h"
#include "support/suite.h"

#include <string.h>

#include "store/comment/comment_learned.h"
#include "store/moderation/classifier.h"
#include "store/moderation/decision.h"
#include "task/job/job.h"

static const char SPAM[] = "Zorbly plimth discount, ask quentle for more.", HAM[] = "The walk by the river was lovely.";
enum { MANY = 203 };

static int64_t now;

static void
setup(void)
{
	comment_setup();
	now = STORE_NOW;
}

static void
work(void)
{
	static const struct conf conf;

	ck_assert_int_eq(job_learn(store->db, store->arena, &conf, now), OK);
}

/* What was learned, without when. */
static const char *
counts(void)
{
	return raw_rows(store->db, store->arena, "SELECT name, spam, ham FROM spam_feature ORDER BY name; SELECT spam, ham, features FROM spam_total");
}

static const char *
total(void)
{
	return raw_rows(store->db, store->arena, "SELECT spam, ham FROM spam_total");
}

static int64_t
lessons(void)
{
	return raw_number(store->db, "SELECT count(*) FROM moderation_lesson");
}

static int64_t
add_held(const char *text)
{
	int64_t id;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	id = add(0, text, "held");
	ck_assert_int_eq(db_commit(store->db), OK);
	return id;
}

/* A decision about the comment as it is; its id. */
static int64_t
say(const char *action, int64_t comment_id)
{
	struct decision decision = { .action = action, .comment_id = comment_id, .version = read_comment(comment_id).version, .user_id = author,
		.created = now, .heading = "", .note = "" };
	int64_t id;

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(decision_make(store->db, store->arena, &decision, &id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	return id;
}

static void
undo(int64_t decision_id)
{
	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(decision_undo(store->db, store->arena, decision_id, author, now), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

static void
edit(int64_t id, const char *text)
{
	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(comment_save_text(store->db, store->arena, id, read_comment(id).version, text, "<p>x</p>", now), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

static int
score(const char *text)
{
	const struct classifier_subject subject = { .guest = true, .text = text, .name = "Other", .link = "" };
	int thousandths;

	ck_assert_int_eq(classifier_read(store->db, store->arena, &subject, &thousandths, NULL), OK);
	return thousandths;
}

START_TEST(decisions_are_learned)
{
	int64_t spam = add_held(SPAM), ham = add_held(HAM), rude = add_held("Rude but human.");
	int before = score(SPAM);

	say("spam", spam);
	say("approve", ham);
	say("reject", rude);
	ck_assert_str_eq(total(), "0\t0\n");
	ck_assert_int_eq(score(SPAM), before);
	work();
	ck_assert_str_eq(total(), "1\t1\n");
	ck_assert_str_eq(read_comment(spam).learned, "spam");
	ck_assert_str_eq(read_comment(ham).learned, "ham");
	ck_assert_str_eq(read_comment(rude).learned, "");
	ck_assert_int_eq(lessons(), 0);
	ck_assert_int_gt(score(SPAM), before);
}
END_TEST

START_TEST(held_comments_alone_teach_nothing)
{
	(void)add_held(SPAM);
	work();
	ck_assert_str_eq(total(), "0\t0\n");
}
END_TEST

START_TEST(an_undone_decision_is_unlearned_exactly)
{
	int64_t other = add_held(HAM), id = add_held(SPAM), decision;
	const char *before;

	say("approve", other);
	work();
	before = counts();
	decision = say("spam", id);
	work();
	ck_assert_str_ne(counts(), before);
	undo(decision);
	work();
	ck_assert_str_eq(counts(), before);
	ck_assert_str_eq(read_comment(id).learned, "");
	/* Undone before it was learned. */
	undo(say("spam", id));
	work();
	ck_assert_str_eq(counts(), before);
}
END_TEST

START_TEST(another_decision_replaces_the_lesson)
{
	int64_t id = add_held(SPAM), second;
	const char *approved;

	say("approve", id);
	work();
	approved = counts();
	second = say("spam", id);
	work();
	ck_assert_str_eq(total(), "1\t0\n");
	/* After the undo, the first decision holds again. */
	undo(second);
	work();
	ck_assert_str_eq(counts(), approved);
	ck_assert_str_eq(read_comment(id).learned, "ham");
}
END_TEST

START_TEST(nothing_is_learned_twice)
{
	int64_t id = add_held(SPAM);
	const char *once;

	say("spam", id);
	work();
	once = counts();
	work();
	ck_assert_str_eq(counts(), once);
	/* The same decision again, as a lesson that was already learned. */
	say("spam", id);
	ck_assert_int_eq(lessons(), 1);
	work();
	ck_assert_str_eq(counts(), once);
}
END_TEST

START_TEST(a_kill_in_between_changes_nothing)
{
	int64_t id = add_held(SPAM);
	const char *before = counts(), *once;

	say("spam", id);
	/* Killed before the commit: SQLite rolls back, as here. */
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(classifier_learn(store->db, store->arena, 5, now), NOT_FOUND);
	ck_assert_str_eq(total(), "1\t0\n");
	db_end(store->db);
	ck_assert_str_eq(counts(), before);
	ck_assert_str_eq(read_comment(id).learned, "");
	ck_assert_int_eq(lessons(), 1);
	work();
	once = counts();
	ck_assert_str_eq(total(), "1\t0\n");
	work();
	ck_assert_str_eq(counts(), once);
}
END_TEST

START_TEST(a_run_is_bounded)
{
	for (int i = 0; i < MANY; i++)
		say("spam", add_held(arena_printf(store->arena, "Number %d of many.", i)));
	work();
	ck_assert_int_eq(lessons(), MANY - 200);
	work();
	ck_assert_int_eq(lessons(), 0);
	ck_assert_str_eq(total(), "203\t0\n");
}
END_TEST

START_TEST(an_edit_does_not_change_what_was_learned)
{
	int64_t id = add_held(SPAM);
	const char *nothing = counts(), *learned;

	say("spam", id);
	work();
	learned = counts();
	now += 10;
	edit(id, HAM);
	edit(id, "A third text.");
	work();
	ck_assert_str_eq(counts(), learned);
	/* The decision about the new text replaces the lesson from the old one. */
	now += 10;
	say("reject", id);
	work();
	ck_assert_str_eq(counts(), nothing);
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM comment_learned"), 0);
}
END_TEST

START_TEST(a_text_that_nobody_decided_about_is_not_learned)
{
	int64_t id = add_held(HAM);

	say("approve", id);
	now += 10;
	edit(id, SPAM);
	work();
	ck_assert_str_eq(total(), "0\t0\n");
	ck_assert_int_eq(lessons(), 0);
}
END_TEST

START_TEST(an_old_text_is_kept_for_a_month)
{
	int64_t id = add_held(SPAM);

	say("spam", id);
	work();
	edit(id, HAM);
	now += COMMENT_LEARNED_KEPT - 1;
	work();
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM comment_learned"), 1);
	now++;
	work();
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM comment_learned"), 0);
	/* What was learned stays. The next decision is about another text and takes nothing away. */
	ck_assert_str_eq(total(), "1\t0\n");
	say("approve", id);
	work();
	ck_assert_str_eq(total(), "1\t1\n");
}
END_TEST

START_TEST(a_member_can_be_renamed_and_deleted)
{
	const char *before = counts(), *learned;
	int64_t id = add_held(SPAM), member = store_user(store, "Mia Zorblyname", "member"), decision;

	raw_run_file(store->path, arena_printf(store->arena, "UPDATE comment SET user_id = %lld, name = 'Mia Zorblyname' WHERE id = %lld",
		(long long)member, (long long)id));
	decision = say("spam", id);
	work();
	learned = counts();
	ck_assert_ptr_null(strstr(learned, "zorblyname"));
	/* As after the deletion of the account, which keeps the comment. */
	raw_run_file(store->path, arena_printf(store->arena, "UPDATE comment SET user_id = NULL, name = '', link = '' WHERE id = %lld", (long long)id));
	undo(decision);
	work();
	ck_assert_str_eq(counts(), before);
}
END_TEST

START_TEST(a_deleted_comment_leaves_no_text)
{
	int64_t id = add_held(HAM), reply;

	say("approve", id);
	work();
	edit(id, SPAM);
	ck_assert_int_eq(db_begin_comment(store->db), OK);
	reply = add(id, "Answer", "shown");
	ck_assert_int_eq(comment_remove(store->db, store->arena, id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_gt(reply, 0);
	ck_assert_str_eq(read_comment(id).state, "deleted");
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM comment_learned"), 0);
	/* A lesson that was still waiting. */
	raw_run_file(store->path, arena_printf(store->arena, "INSERT INTO moderation_lesson VALUES (%lld)", (long long)id));
	work();
	ck_assert_int_eq(lessons(), 0);
	ck_assert_str_eq(total(), "0\t1\n");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("learn");
	TCase *cases = tcase_create("learn");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_add_test(cases, decisions_are_learned);
	tcase_add_test(cases, held_comments_alone_teach_nothing);
	tcase_add_test(cases, an_undone_decision_is_unlearned_exactly);
	tcase_add_test(cases, another_decision_replaces_the_lesson);
	tcase_add_test(cases, nothing_is_learned_twice);
	tcase_add_test(cases, a_kill_in_between_changes_nothing);
	tcase_add_test(cases, a_run_is_bounded);
	tcase_add_test(cases, an_edit_does_not_change_what_was_learned);
	tcase_add_test(cases, a_text_that_nobody_decided_about_is_not_learned);
	tcase_add_test(cases, an_old_text_is_kept_for_a_month);
	tcase_add_test(cases, a_member_can_be_renamed_and_deleted);
	tcase_add_test(cases, a_deleted_comment_leaves_no_text);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
