/*
 * Votes "helpful" and "not helpful" on posts and comments: one per person and subject, which can be changed and
 * removed. Members have one per account. Guests have one per network in 30 days, with a low weight. The counts and
 * the rank of a comment are written in the same transaction.
 */
#ifndef STORE_COMMENT_VOTE_H
#define STORE_COMMENT_VOTE_H

#include "store/comment/comment_author.h"
#include "store/setting/setting.h"

/* The weight of one vote. A number of votes for readers is a count divided by VOTE_MEMBER, rounded up. */
enum { VOTE_MEMBER = 4, VOTE_GUEST = 1, VOTE_NETWORK_SECONDS = 30 * 24 * 3600 };

/* What is voted on: a comment, or a post. */
struct vote_subject {
	int64_t post_id;               /* the post, or that of the comment */
	const struct comment *comment; /* NULL: the post itself */
	int64_t author_id;             /* of the post, or 0 */
};

enum vote_refusal {
	VOTE_ALLOWED,
	VOTE_NEEDS_ACCOUNT, /* setting votes_from: members */
	VOTE_OWN,           /* nobody votes on what they wrote */
	VOTE_UNKNOWN,       /* a guest whose network is not known */
};

/* Whether this person may vote on it. */
enum vote_refusal vote_refusal(const struct setting_values *values, const struct vote_subject *subject, const struct comment_author *voter);

/* The person's vote: 1 helpful, -1 not helpful, 0 none. Reads only. */
enum status vote_read(struct db *db, const struct vote_subject *subject, const struct comment_author *voter, int64_t *ret_value);

/* Sets the person's vote, or removes it (0), inside a transaction of db_begin_comment(). The caller has asked vote_refusal(). */
enum status vote_save(struct db *db, struct arena *arena, const struct vote_subject *subject, const struct comment_author *voter, int64_t value,
	int64_t now);

/* The weights of the votes on a post; 0 when there are none. */
enum status vote_of_post(struct db *db, struct arena *arena, int64_t post_id, int64_t *ret_helpful, int64_t *ret_not_helpful);

/*
 * The lower bound of the share of helpful votes (Wilson 1927; 80 %, so that it is exceeded nine times out of ten), scaled to 0 to 1,000,000.
 * 0 without votes.
 */
int64_t vote_rank(int64_t helpful, int64_t not_helpful);

/*
 * For `renown doctor`: corrects stored counts that are not those of the rows, and returns how many were wrong. Reads whole tables. In a
 * transaction of db_begin_comment(); db_end() instead of db_commit() only counts them.
 */
enum status vote_repair(struct db *db, struct arena *arena, int64_t *ret_wrong);

/* Whether vote_sweep() would do anything. Reads only. */
enum status vote_is_due(struct db *db, int64_t now, bool *ret_due);
/* Removes the network digests of votes after VOTE_NETWORK_SECONDS, at most 100 rows, inside a write transaction. The votes stay. */
enum status vote_sweep(struct db *db, int64_t now);

#endif
