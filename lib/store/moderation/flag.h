/*
 * Flags: members report a comment to the moderators, with a reason. A flag weighs more when the member was right before
 * (Discourse's rule, see flag_weight()). At a threshold the comment is hidden until a moderator decides. A comment with
 * flags is always in the moderation queue.
 */
#ifndef STORE_MODERATION_FLAG_H
#define STORE_MODERATION_FLAG_H

#include "core/field.h"
#include "store/db/db.h"
#include "store/moderation/trust.h"

struct comment;

/*
 * Weights are in tenths: FLAG_ONE is one flag of a new member. After FLAGS_MAX flags on one comment, further ones are
 * accepted but not stored, because the comment is in the queue anyway.
 */
enum { FLAG_ONE = 10, FLAG_STAFF = 50, FLAGS_MAX = 200, FLAG_NOTE_MAX = 500 };

/* The reasons, with their names in English for lang_text(). */
extern const struct field_choice flag_reasons[];

/*
 * The weight of a flag, at least 0: one, plus one for each level of trust, plus a bonus for accuracy. The bonus is 0 until more
 * than five flags of the member were decided; then ±|share − 0.7| / range · log4(number) · 5, where range is 0.3 above and 0.7
 * below.
 */
int64_t flag_weight(enum trust_level level, bool staff, int64_t upheld, int64_t declined);

struct flag {
	int64_t id, comment_id, user_id;
	const char *reason, *note; /* note may be "" */
	const char *name;          /* of the member; only when read */
	int64_t weight, created;
};

/*
 * Adds a flag, inside a write transaction begun with db_begin_comment(), and hides the comment when the weights of its
 * flags reach threshold (in tenths; 0: never) and no moderator has approved it before. CONFLICT: this member flagged it
 * before; the transaction stays usable. NOT_FOUND: the comment is not shown. FORBIDDEN: it is the member's own.
 */
enum status flag_add(struct db *db, struct arena *arena, const struct flag *flag, int64_t threshold);

/* How many flags of a member were upheld and declined, each counted up to 1,000. Reads only. */
enum status flag_accuracy(struct db *db, int64_t user_id, int64_t *ret_upheld, int64_t *ret_declined);

/* Lists the flags of a comment that are not decided yet, the oldest first, at most 50. */
enum status flag_list(struct db *db, struct arena *arena, int64_t comment_id, struct flag **ret_flags, size_t *ret_count);

/*
 * For decision.c: notes the outcome of a comment's open flags and sets their sum to 0; takes that back, with the sum that
 * was. Inside the transaction of the decision.
 */
enum status flag_decide(struct db *db, int64_t comment_id, int64_t decision_id, bool upheld);
enum status flag_reopen(struct db *db, int64_t comment_id, int64_t decision_id, int64_t weight);

#endif
