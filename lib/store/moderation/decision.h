/*
 * Decisions of moderators about comments (table moderation_decision): carried out, listed, undone. A decision carries the
 * version of the comment that its moderator saw, so of two decisions about one version only the first is carried out.
 */
#ifndef STORE_MODERATION_DECISION_H
#define STORE_MODERATION_DECISION_H

#include "core/field.h"
#include "store/db/db.h"

enum { DECISION_NOTE_MAX = 500, DECISION_HEADING_MAX = 200, DECISION_UNDO_SECONDS = 24 * 3600, DECISION_TEXT_SECONDS = 30 * 24 * 3600 };

struct decision {
	int64_t id;
	const char *action;    /* approve, reject, spam, edit, ban or trust */
	int64_t comment_id;    /* 0: about a person, or the comment was deleted */
	int64_t post_id;       /* 0: about a person */
	int64_t user_id;       /* the moderator; 0: the account was deleted */
	const char *user_name; /* of the moderator; "" likewise. Only when read */
	int64_t created;
	const char *heading;   /* of the site's rules, that a rejection names; or "" */
	const char *note;      /* or "" */
	int64_t version;       /* of the comment: before it when it is made, after it when it is read */
	const char *old_state, *old_reason, *old_reason_note; /* of the comment before. Only when read, like the rest */
	int64_t old_flags;
	const char *old_text, *old_xhtml;
	int64_t undone, undone_by;
};

/* The decisions about comments, with their names (for buttons) in English for lang_text(); and what was done, for logs. */
extern const struct field_choice decision_actions[], decision_done[];

/* In English for lang_text(); "" for an unknown action. */
const char *decision_done_text(const char *action);

/*
 * Approves (and notes the emails about replies, once), rejects or marks as spam: decision->action, comment_id, version, user_id, created, heading and note. Inside a
 * transaction begun with db_begin_comment(). CONFLICT: the comment has another version than decision->version;
 * decision_latest() then says what happened. NOT_FOUND: it was deleted. In both cases nothing was written and the
 * transaction stays usable. INVALID: an unknown action.
 */
enum status decision_make(struct db *db, struct arena *arena, const struct decision *decision, int64_t *ret_id);

/* Saves another text for a comment (text as typed, xhtml rendered from it), with the same statuses. */
enum status decision_edit(struct db *db, struct arena *arena, const struct decision *decision, const char *text, const char *xhtml, int64_t *ret_id);

/* Notes a decision about a person: action ban or trust, with a note. */
enum status decision_note(struct db *db, const struct decision *decision);

/*
 * Undoes a decision about a comment. NOT_FOUND: no such decision, or the comment is deleted. CONFLICT: it was undone
 * before, or the comment was changed after it. TOO_MANY: it is older than DECISION_UNDO_SECONDS. Nothing is written then.
 */
enum status decision_undo(struct db *db, struct arena *arena, int64_t id, int64_t user_id, int64_t now);

/* Whether it can still be undone, as far as time and kind are concerned. */
bool decision_may_undo(const struct decision *decision, int64_t now);

enum status decision_by_id(struct db *db, struct arena *arena, int64_t id, struct decision *ret_decision);
/* The newest decision about a comment. NOT_FOUND. */
enum status decision_latest(struct db *db, struct arena *arena, int64_t comment_id, struct decision *ret_decision);
/* Lists decisions with an id below before (0: from the newest), the newest first. */
enum status decision_list(struct db *db, struct arena *arena, int64_t before, size_t most, struct decision **ret_decisions, size_t *ret_count);
/* The same about one comment, at most 50. */
enum status decision_list_of_comment(struct db *db, struct arena *arena, int64_t comment_id, struct decision **ret_decisions, size_t *ret_count);

/* Empties old texts after DECISION_TEXT_SECONDS, at most 100. Inside a private write transaction. */
enum status decision_sweep(struct db *db, int64_t now);
/* Whether decision_sweep() would change anything. Reads only. */
enum status decision_is_due(struct db *db, int64_t now, bool *ret_due);

/* --- what the classifier learns ------------------------------------------------------------- */

/*
 * The label that follows from the decision about a comment: ham (approved), spam, or "" (none: rejected for another reason,
 * undone, or made about an earlier text).
 */
enum status decision_label(struct db *db, int64_t comment_id, const char **ret_label);

/* The next comment whose label changed, in *ret_id; NOT_FOUND: none is left. */
enum status lesson_next(struct db *db, int64_t *ret_id);
/* Removes it, in the transaction that notes what was learned. */
enum status lesson_done(struct db *db, int64_t comment_id);

#endif
