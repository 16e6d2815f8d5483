/*
 * When to publish: the site's plan, its slots, and the posts that wait.
 *
 * A slot is held by the published post of that very time. So a post holds one slot at most, what is withdrawn or moved frees its slot,
 * and a slot that is looked for and taken inside one write transaction is nobody else's.
 */
#ifndef STORE_SCHEDULE_H
#define STORE_SCHEDULE_H

#include "core/rrule.h"
#include "store/post/post.h"
#include "store/user/user.h"

enum {
	SCHEDULE_RULES_MOST = 12,
	SCHEDULE_WEEKS = 8,              /* how far ahead the plan is shown */
	SCHEDULE_RECORD_WEEKS = 12,      /* how far back it is judged */
	SCHEDULE_POSTS_MOST = 300,       /* waiting posts that are shown */
	SCHEDULE_WEEK = 7 * 24 * 3600,
};

/* --- rules ------------------------------------------------------------------- */

struct schedule_rule {
	int64_t id;
	const char *rule;
	int64_t since;
};

enum status schedule_rules(struct db *db, struct arena *arena, struct schedule_rule **ret_rules, size_t *ret_count);

/* INVALID: no rule (core/rrule.h). CONFLICT: there already. TOO_LARGE: SCHEDULE_RULES_MOST are there. Inside a private write transaction. */
enum status schedule_rule_add(struct db *db, struct arena *arena, const char *rule, int64_t now);
enum status schedule_rule_remove(struct db *db, struct arena *arena, int64_t id);

/* --- slots ------------------------------------------------------------------- */

/* A time at which something comes out, or could. */
struct schedule_entry {
	int64_t time;
	bool slot;         /* a time of the plan */
	struct post *post; /* NULL: a free slot */
	bool may;          /* this user may write the post; free slots are everybody's */
};

/* Slots and published posts, no pages, in (after, until], ascending; at most SCHEDULE_POSTS_MOST posts. */
enum status schedule_entries(struct db *db, struct arena *arena, const struct user *user, int64_t after, int64_t until,
	struct schedule_entry **ret_entries, size_t *ret_count);

/* The time of the last waiting post, or 0. */
enum status schedule_last(struct db *db, int64_t now, int64_t *ret_time);

/* The first slot after now that is free or the post's own (0: none). NOT_FOUND: no plan, or none in the next years. */
enum status schedule_next_free(struct db *db, struct arena *arena, int64_t now, int64_t post_id, int64_t *ret_time);

/* --- the queue: inside a write transaction ------------------------------------- */

/*
 * Moves a post to the slot before or after its own, which is free or held by a post that the user may write; those change places.
 * CONFLICT when the post does not hold the slot `from` any more; NOT_FOUND when there is no such slot, or the post is not the user's to write.
 */
enum status schedule_move(struct db *db, struct arena *arena, const struct user *user, int64_t post_id, int64_t from, bool later,
	int64_t now);

/* Makes a draft of a waiting post; its slot is free. */
enum status schedule_take_out(struct db *db, struct arena *arena, const struct user *user, int64_t post_id, int64_t from, int64_t now);

/* Lets the user's posts that hold slots move up into those that are free, in their order. */
enum status schedule_close_gaps(struct db *db, struct arena *arena, const struct user *user, int64_t now);

/* --- how it was kept ------------------------------------------------------------ */

struct schedule_week {
	int64_t start;       /* the local Monday that begins it */
	int64_t slots, used; /* a slot is used when a post came out on its day; each post uses one */
};

/* The last weeks up to now, oldest first: SCHEDULE_RECORD_WEEKS of them. */
enum status schedule_record(struct db *db, struct arena *arena, int64_t now, struct schedule_week **ret_weeks);

#endif
