/* Votes: one per person, their weights, the rank, and counts that equal the counted rows. */
#include "support/raw_sql.h"
#include "support/store_case.h"
#include "support/suite.h"

#include "core/str.h"
#include "store/comment/comment_vote.h"

static struct comment comment;
static struct user author, voter;
static struct setting_values *values;

static void
setup(void)
{
	struct post_save save;
	int64_t id;

	store_setup();
	author = store_user_by_id(store, store_user(store, "Author", "author"));
	voter = store_user_by_id(store, store_user(store, "Voter", "member"));
	save = store_post(author.id, "first", "First", "Words.", "");
	comment = (struct comment){ .post_id = store_save(store, &save), .name = "Guest", .text = "x", .xhtml = "<p>x</p>", .person = "p", .network = "n" };
	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(comment_add(store->db, store->arena, &comment, "shown", &id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(comment_by_id(store->db, store->arena, id, &comment), OK);
	ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
}

static void
vote(const struct comment *on, const struct comment_author *by, int64_t value)
{
	struct vote_subject subject = { .post_id = comment.post_id, .comment = on, .author_id = author.id };

	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(vote_save(store->db, store->arena, &subject, by, value, STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

static void
ck_counts(int64_t helpful, int64_t not_helpful)
{
	struct comment now;

	ck_assert_int_eq(comment_by_id(store->db, store->arena, comment.id, &now), OK);
	ck_assert_int_eq(now.helpful, helpful);
	ck_assert_int_eq(now.not_helpful, not_helpful);
	ck_assert_int_eq(now.rank, vote_rank(helpful, not_helpful));
	ck_assert_int_eq(raw_number(store->db, "SELECT coalesce(sum(weight), 0) FROM vote WHERE comment_id IS NOT NULL AND value > 0"), helpful);
	ck_assert_int_eq(raw_number(store->db, "SELECT coalesce(sum(weight), 0) FROM vote WHERE comment_id IS NOT NULL AND value < 0"), not_helpful);
}

START_TEST(a_vote_can_be_given_changed_and_removed)
{
	struct comment_author member = { .user = &voter, .person = "", .network = "m" }, guest = { .person = "", .network = "g" };
	int64_t version = raw_number(store->db, "SELECT version FROM thread"), counter = raw_number(store->db, "SELECT counter FROM content_version");

	vote(&comment, &member, 1);
	ck_counts(VOTE_MEMBER, 0);
	ck_assert_int_gt(raw_number(store->db, "SELECT version FROM thread"), version);
	vote(&comment, &member, 1);
	ck_counts(VOTE_MEMBER, 0);
	vote(&comment, &guest, -1);
	ck_counts(VOTE_MEMBER, VOTE_GUEST);
	vote(&comment, &member, -1);
	ck_counts(0, VOTE_MEMBER + VOTE_GUEST);
	vote(&comment, &member, 0);
	vote(&comment, &guest, 0);
	ck_counts(0, 0);
	/* No other page depends on it. */
	ck_assert_int_eq(raw_number(store->db, "SELECT counter FROM content_version"), counter);
}
END_TEST

START_TEST(a_post_has_votes_of_its_own)
{
	struct comment_author member = { .user = &voter, .person = "", .network = "" };
	int64_t helpful, not_helpful;

	vote(NULL, &member, 1);
	ck_assert_int_eq(vote_of_post(store->db, store->arena, comment.post_id, &helpful, &not_helpful), OK);
	ck_assert_int_eq(helpful, VOTE_MEMBER);
	ck_assert_int_eq(not_helpful, 0);
	ck_counts(0, 0);
}
END_TEST

START_TEST(only_permitted_voters_may_vote)
{
	struct vote_subject on_comment = { .post_id = comment.post_id, .comment = &comment, .author_id = author.id };
	struct vote_subject on_post = { .post_id = comment.post_id, .author_id = author.id };
	struct comment_author member = { .user = &voter, .person = "", .network = "" }, writer = { .user = &author, .person = "", .network = "" };
	struct comment_author stranger = { .person = "", .network = "g" }, same = { .person = "p", .network = "g" }, near = { .person = "", .network = "n" },
		unknown = { .person = "", .network = "" };

	ck_assert_int_eq(vote_refusal(values, &on_comment, &member), VOTE_ALLOWED);
	ck_assert_int_eq(vote_refusal(values, &on_post, &writer), VOTE_OWN);
	ck_assert_int_eq(vote_refusal(values, &on_comment, &writer), VOTE_ALLOWED);
	ck_assert_int_eq(vote_refusal(values, &on_comment, &stranger), VOTE_NEEDS_ACCOUNT);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(setting_save(store->db, "votes_from", "", "everybody"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
	ck_assert_int_eq(vote_refusal(values, &on_comment, &stranger), VOTE_ALLOWED);
	ck_assert_int_eq(vote_refusal(values, &on_comment, &same), VOTE_OWN);
	ck_assert_int_eq(vote_refusal(values, &on_comment, &near), VOTE_OWN);
	ck_assert_int_eq(vote_refusal(values, &on_comment, &unknown), VOTE_UNKNOWN);
}
END_TEST

START_TEST(a_network_is_forgotten_after_thirty_days_and_its_vote_stays)
{
	struct comment_author guest = { .person = "", .network = "g" };
	bool due;

	vote(&comment, &guest, 1);
	ck_assert_int_eq(vote_is_due(store->db, STORE_NOW + VOTE_NETWORK_SECONDS - 1, &due), OK);
	ck_assert(!due);
	ck_assert_int_eq(vote_is_due(store->db, STORE_NOW + VOTE_NETWORK_SECONDS, &due), OK);
	ck_assert(due);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(vote_sweep(store->db, STORE_NOW + VOTE_NETWORK_SECONDS), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM vote WHERE network <> ''"), 0);
	ck_counts(VOTE_GUEST, 0);
	vote(&comment, &guest, 1);
	ck_counts(2 * VOTE_GUEST, 0);
}
END_TEST

/* When an account is deleted, its votes still count, but no longer name it. */
START_TEST(the_vote_of_a_deleted_account_stays)
{
	struct comment_author member = { .user = &voter, .person = "", .network = "" };

	vote(&comment, &member, 1);
	ck_assert_int_eq(db_execute(store->db, arena_printf(store->arena, "DELETE FROM site_user WHERE id = %lld", (long long)voter.id)), OK);
	ck_counts(VOTE_MEMBER, 0);
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM vote WHERE user_id IS NULL"), 1);
}
END_TEST

START_TEST(wrong_counts_are_found_and_corrected)
{
	struct comment_author member = { .user = &voter, .person = "", .network = "" };
	int64_t wrong;

	vote(&comment, &member, 1);
	vote(NULL, &member, -1);
	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(vote_repair(store->db, store->arena, &wrong), OK);
	ck_assert_int_eq(wrong, 0);
	db_end(store->db);
	ck_assert_int_eq(db_execute(store->db, "UPDATE comment SET helpful = 99, rank = 5; UPDATE thread SET not_helpful = 0"), OK);
	ck_assert_int_eq(db_begin_comment(store->db), OK);
	ck_assert_int_eq(vote_repair(store->db, store->arena, &wrong), OK);
	ck_assert_int_eq(wrong, 2);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_counts(VOTE_MEMBER, 0);
	ck_assert_int_eq(raw_number(store->db, "SELECT not_helpful FROM thread"), VOTE_MEMBER);
}
END_TEST

START_TEST(the_rank_is_a_lower_bound)
{
	ck_assert_int_eq(vote_rank(0, 0), 0);
	ck_assert_int_eq(vote_rank(0, 400), 0);
	/* One vote of one: 1 / (1 + z²). */
	ck_assert_int_ge(vote_rank(VOTE_MEMBER, 0), 378000);
	ck_assert_int_le(vote_rank(VOTE_MEMBER, 0), 379000);
	ck_assert_int_gt(vote_rank(40, 0), vote_rank(4, 0));
	ck_assert_int_gt(vote_rank(400, 40), vote_rank(40, 4));
	ck_assert_int_gt(vote_rank(40, 4), vote_rank(40, 20));
	ck_assert_int_lt(vote_rank(1000000, 0), 1000001);
	ck_assert_int_lt(vote_rank(VOTE_GUEST, 0), vote_rank(VOTE_MEMBER, 0));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("comment_vote");
	TCase *cases = tcase_create("comment_vote");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, a_vote_can_be_given_changed_and_removed);
	tcase_add_test(cases, a_post_has_votes_of_its_own);
	tcase_add_test(cases, only_permitted_voters_may_vote);
	tcase_add_test(cases, a_network_is_forgotten_after_thirty_days_and_its_vote_stays);
	tcase_add_test(cases, the_vote_of_a_deleted_account_stays);
	tcase_add_test(cases, wrong_counts_are_found_and_corrected);
	tcase_add_test(cases, the_rank_is_a_lower_bound);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
