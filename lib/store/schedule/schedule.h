/*
 * The site's publishing schedule, its time slots, and scheduled posts.
 *
 * A slot is taken if a published post has exactly its time. So a post takes at most one slot, a post that is
 * unpublished or moved frees its slot, and a slot that is found and taken inside one write transaction cannot be
 * taken by another. Times are Unix seconds.
 */
#ifndef STORE_SCHEDULE_H
#define STORE_SCHEDULE_H

#include "core/rrule.h"
#include "store/post/post.h"
#include "store/user/user.h"

enum {
	SCHEDULE_RULES_MAX = 12,
	SCHEDULE_WEEKS = 8,              /* weeks ahead for which the schedule is shown */
	SCHEDULE_RECORD_WEEKS = 12,      /* past weeks for which its use is shown */
	SCHEDULE_POSTS_MAX = 300,       /* scheduled posts that are shown */
	SCHEDULE_WEEK = 7 * 24 * 3600,
};

/* --- rules ------------------------------------------------------------------- */

struct schedule_rule {
	int64_t id;
	const char *rule;
	int64_t since;
};

/* Lists the rules, oldest first. In the arena. */
enum status schedule_rules(struct db *db, struct arena *arena, struct schedule_rule **ret_rules, size_t *ret_count);

/*
 * Add or remove a rule, inside a private write transaction, with a line in the audit log. INVALID: not a rule
 * (core/rrule.h). CONFLICT: the rule exists. TOO_LARGE: there are SCHEDULE_RULES_MAX rules. NOT_FOUND: there is no rule
 * with that id.
 */
enum status schedule_rule_add(struct db *db, struct arena *arena, const char *rule, int64_t now);
enum status schedule_rule_remove(struct db *db, struct arena *arena, int64_t id);

/* --- slots ------------------------------------------------------------------- */

/* A time at which a post is or could be published. */
struct schedule_entry {
	int64_t time;
	bool slot;         /* it is a time slot of the schedule */
	struct post *post; /* NULL: a free slot */
	bool may;          /* this user may edit the post; true for free slots */
};

/*
 * Lists slots and published posts, no pages, in (after, until], in ascending order; at most SCHEDULE_POSTS_MAX posts. In
 * the arena.
 */
enum status schedule_entries(struct db *db, struct arena *arena, const struct user *user, int64_t after, int64_t until,
	struct schedule_entry **ret_entries, size_t *ret_count);

/* The publish date of the last scheduled post, or 0. */
enum status schedule_last(struct db *db, int64_t now, int64_t *ret_time);

/*
 * The first slot after now that is free, or taken by post_id (0: no post). NOT_FOUND: there is no schedule, or no
 * free slot in the next years.
 */
enum status schedule_next_free(struct db *db, struct arena *arena, int64_t now, int64_t post_id, int64_t *ret_time);

/* --- the queue: inside a write transaction ------------------------------------- */

/*
 * Moves a post to the slot before or after its own. If a post that the user may edit is there, the two are swapped.
 * CONFLICT: the post no longer has the slot `from`. NOT_FOUND: there is no such slot, or the user may not edit the
 * post.
 */
enum status schedule_move(struct db *db, struct arena *arena, const struct user *user, int64_t post_id, int64_t from, bool later,
	int64_t now);

/* Turns a scheduled post into a draft, which frees its slot. CONFLICT and NOT_FOUND as above. */
enum status schedule_unschedule(struct db *db, struct arena *arena, const struct user *user, int64_t post_id, int64_t from, int64_t now);

/* Moves the user's posts that are in slots into earlier free slots, keeping their order. */
enum status schedule_close_gaps(struct db *db, struct arena *arena, const struct user *user, int64_t now);

/* --- past weeks ----------------------------------------------------------------- */

struct schedule_week {
	int64_t start;       /* the local Monday on which it begins */
	int64_t slots, used; /* a slot is used if a post was published on its day; each post uses one */
};

/* The last SCHEDULE_RECORD_WEEKS weeks up to now, oldest first. In the arena. */
enum status schedule_history(struct db *db, struct arena *arena, int64_t now, struct schedule_week **ret_weeks);

#endif
