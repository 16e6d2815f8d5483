#include "store/comment/comment_vote.h"

#include <math.h>

#include "core/str.h"
#include "core/token.h"
#include "store/comment/comment_place.h"

enum vote_refusal
vote_refusal(const struct setting_values *values, const struct vote_subject *subject, const struct comment_author *voter)
{
	const struct comment *comment = subject->comment;

	if (voter->user == NULL && !str_equal(setting_value(values, "votes_from", ""), "everybody"))
		return VOTE_NEEDS_ACCOUNT;
	if (voter->user == NULL && *voter->network == '\0')
		return VOTE_UNKNOWN;
	if (comment == NULL)
		return voter->user != NULL && voter->user->id == subject->author_id ? VOTE_OWN : VOTE_ALLOWED;
	if (comment_author_is(voter, comment))
		return VOTE_OWN;
	/* A guest without a cookie is known by the network only. */
	return voter->user == NULL && comment->user_id == 0 && token_is_same(voter->network, comment->network) ? VOTE_OWN : VOTE_ALLOWED;
}

struct vote {
	int64_t id, value, weight;
};
static const struct column vote_columns[] = {
	COLUMN_INT(struct vote, id),
	COLUMN_INT(struct vote, value),
	COLUMN_INT(struct vote, weight),
	{ 0 },
};
static const struct row vote_row = { sizeof(struct vote), vote_columns };

QUERY(vote_on_post_by_user, "SELECT id, value, weight FROM vote WHERE post_id = :subject AND user_id = :user");
QUERY(vote_on_post_by_network, "SELECT id, value, weight FROM vote WHERE post_id = :subject AND network = :network AND network <> ''");
QUERY(vote_on_comment_by_user, "SELECT id, value, weight FROM vote WHERE comment_id = :subject AND user_id = :user");
QUERY(vote_on_comment_by_network, "SELECT id, value, weight FROM vote WHERE comment_id = :subject AND network = :network AND network <> ''");

/* The person's row; id 0: none. */
static enum status
find_vote(struct db *db, const struct vote_subject *subject, const struct comment_author *voter, struct vote *ret_vote)
{
	struct arena *arena = arena_new();
	int64_t id = subject->comment != NULL ? subject->comment->id : subject->post_id;
	struct vote vote = { 0 };
	enum status status;

	if (voter->user != NULL)
		status = query_one(db, arena, subject->comment != NULL ? vote_on_comment_by_user : vote_on_post_by_user, &vote_row, &vote,
			BIND(INT("subject", id), INT("user", voter->user->id)));
	else
		status = query_one(db, arena, subject->comment != NULL ? vote_on_comment_by_network : vote_on_post_by_network, &vote_row, &vote,
			BIND(INT("subject", id), TEXT("network", voter->network)));
	arena_free(arena);
	if (status != NOT_FOUND)
		TRY(status);
	*ret_vote = vote;
	return OK;
}

enum status
vote_read(struct db *db, const struct vote_subject *subject, const struct comment_author *voter, int64_t *ret_value)
{
	struct vote vote;

	TRY(find_vote(db, subject, voter, &vote));
	*ret_value = vote.value;
	return OK;
}

int64_t
vote_rank(int64_t helpful, int64_t not_helpful)
{
	static const double z = 1.281551565545; /* 80 % of the normal distribution lie within -z and z */
	double count = (double)(helpful + not_helpful) / VOTE_MEMBER, share, bound;

	if (count <= 0)
		return 0;
	share = (double)helpful / (double)(helpful + not_helpful);
	bound = (share + z * z / (2 * count) - z * sqrt((share * (1 - share) + z * z / (4 * count)) / count)) / (1 + z * z / count);
	return bound <= 0 ? 0 : (int64_t)(bound * 1000000);
}

QUERY(add_vote,
	"INSERT INTO vote (post_id, comment_id, user_id, network, value, weight, created)"
	" VALUES (:post, :comment, :user, :network, :value, :weight, :now)");
QUERY(change_vote, "UPDATE vote SET value = :value, created = :now WHERE id = :id");
QUERY(remove_vote, "DELETE FROM vote WHERE id = :id");
QUERY(count_on_comment, "UPDATE comment SET helpful = :helpful, not_helpful = :not, rank = :rank WHERE id = :id");
QUERY(count_on_post, "UPDATE thread SET helpful = helpful + :helpful, not_helpful = not_helpful + :not WHERE post_id = :post");

/* Adds to the counts, and says that readers see something else. */
static enum status
count(struct db *db, struct arena *arena, const struct vote_subject *subject, int64_t helpful, int64_t not_helpful)
{
	struct comment now;

	TRY(thread_change(db, subject->post_id, &(struct thread_change){ .seen = true }));
	if (subject->comment == NULL)
		return query_run(db, count_on_post, BIND(INT("post", subject->post_id), INT("helpful", helpful), INT("not", not_helpful)));
	/* The counts may have changed since the comment was read. */
	TRY(comment_by_id(db, arena, subject->comment->id, &now));
	return query_run(db, count_on_comment, BIND(INT("id", now.id), INT("helpful", now.helpful + helpful), INT("not", now.not_helpful + not_helpful),
		INT("rank", vote_rank(now.helpful + helpful, now.not_helpful + not_helpful))));
}

enum status
vote_save(struct db *db, struct arena *arena, const struct vote_subject *subject, const struct comment_author *voter, int64_t value, int64_t now)
{
	struct vote old;
	int64_t weight = voter->user != NULL ? VOTE_MEMBER : VOTE_GUEST, helpful = 0, not_helpful = 0;

	TRY(find_vote(db, subject, voter, &old));
	if (old.value == value)
		return OK;
	if (old.id != 0)
		weight = old.weight;
	*(old.value > 0 ? &helpful : &not_helpful) -= old.id != 0 ? weight : 0;
	*(value > 0 ? &helpful : &not_helpful) += value != 0 ? weight : 0;
	if (old.id == 0)
		TRY(query_run(db, add_vote, BIND(REFERENCE("post", subject->comment != NULL ? 0 : subject->post_id),
			REFERENCE("comment", subject->comment != NULL ? subject->comment->id : 0), REFERENCE("user", voter->user != NULL ? voter->user->id : 0),
			TEXT("network", voter->user != NULL ? "" : voter->network), INT("value", value), INT("weight", weight), INT("now", now))));
	else if (value != 0)
		TRY(query_run(db, change_vote, BIND(INT("id", old.id), INT("value", value), INT("now", now))));
	else
		TRY(query_run(db, remove_vote, BIND(INT("id", old.id))));
	return count(db, arena, subject, helpful, not_helpful);
}

struct weights {
	int64_t helpful, not_helpful;
};
static const struct column weights_columns[] = { COLUMN_INT(struct weights, helpful), COLUMN_INT(struct weights, not_helpful), { 0 } };
static const struct row weights_row = { sizeof(struct weights), weights_columns };

QUERY(weights_of_post, "SELECT helpful, not_helpful FROM thread WHERE post_id = :post");

enum status
vote_of_post(struct db *db, struct arena *arena, int64_t post_id, int64_t *ret_helpful, int64_t *ret_not_helpful)
{
	struct weights weights = { 0 };
	enum status status = query_one(db, arena, weights_of_post, &weights_row, &weights, BIND(INT("post", post_id)));

	if (status != NOT_FOUND)
		TRY(status);
	*ret_helpful = weights.helpful;
	*ret_not_helpful = weights.not_helpful;
	return OK;
}

#define VOTES_OF(subject) \
	"(SELECT " subject " AS id, sum(CASE WHEN value > 0 THEN weight ELSE 0 END) AS helpful," \
	" sum(CASE WHEN value < 0 THEN weight ELSE 0 END) AS not_helpful FROM vote WHERE " subject " IS NOT NULL GROUP BY " subject ") AS v"

struct miscounted {
	int64_t id, post_id, helpful, not_helpful; /* the right counts */
};
static const struct column miscounted_columns[] = {
	COLUMN_INT(struct miscounted, id),
	COLUMN_INT(struct miscounted, post_id),
	COLUMN_INT(struct miscounted, helpful),
	COLUMN_INT(struct miscounted, not_helpful),
	{ 0 },
};
static const struct row miscounted_row = { sizeof(struct miscounted), miscounted_columns };

QUERY_WITH(QUERY_SCANS, miscounted_comments,
	"SELECT c.id, c.post_id, coalesce(v.helpful, 0) AS helpful, coalesce(v.not_helpful, 0) AS not_helpful FROM comment AS c"
	" LEFT JOIN " VOTES_OF("comment_id") " ON v.id = c.id"
	" WHERE c.helpful <> coalesce(v.helpful, 0) OR c.not_helpful <> coalesce(v.not_helpful, 0) ORDER BY c.id");
QUERY_WITH(QUERY_SCANS, miscounted_posts,
	"SELECT t.post_id AS id, t.post_id, coalesce(v.helpful, 0) AS helpful, coalesce(v.not_helpful, 0) AS not_helpful FROM thread AS t"
	" LEFT JOIN " VOTES_OF("post_id") " ON v.id = t.post_id"
	" WHERE t.helpful <> coalesce(v.helpful, 0) OR t.not_helpful <> coalesce(v.not_helpful, 0) ORDER BY t.post_id");
QUERY(correct_post, "UPDATE thread SET helpful = :helpful, not_helpful = :not WHERE post_id = :post");

enum status
vote_repair(struct db *db, struct arena *arena, int64_t *ret_wrong)
{
	struct miscounted *comments, *posts;
	size_t comment_count, post_count;

	TRY(query_list(db, arena, miscounted_comments, &miscounted_row, &comments, &comment_count, BIND()));
	TRY(query_list(db, arena, miscounted_posts, &miscounted_row, &posts, &post_count, BIND()));
	for (size_t i = 0; i < comment_count; i++) {
		TRY(query_run(db, count_on_comment, BIND(INT("id", comments[i].id), INT("helpful", comments[i].helpful), INT("not", comments[i].not_helpful),
			INT("rank", vote_rank(comments[i].helpful, comments[i].not_helpful)))));
		TRY(thread_change(db, comments[i].post_id, &(struct thread_change){ .seen = true }));
	}
	for (size_t i = 0; i < post_count; i++) {
		TRY(query_run(db, correct_post, BIND(INT("post", posts[i].id), INT("helpful", posts[i].helpful), INT("not", posts[i].not_helpful))));
		TRY(thread_change(db, posts[i].post_id, &(struct thread_change){ .seen = true }));
	}
	*ret_wrong = (int64_t)(comment_count + post_count);
	return OK;
}

QUERY(networks_due, "SELECT EXISTS (SELECT 1 FROM vote WHERE created <= :before AND network <> '')");

enum status
vote_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, networks_due, ret_due, BIND(INT("before", now - VOTE_NETWORK_SECONDS)));
}

QUERY(forget_networks,
	"UPDATE vote SET network = '' WHERE id IN (SELECT id FROM vote WHERE created <= :before AND network <> '' ORDER BY created LIMIT 100)");

enum status
vote_sweep(struct db *db, int64_t now)
{
	return query_run(db, forget_networks, BIND(INT("before", now - VOTE_NETWORK_SECONDS)));
}
