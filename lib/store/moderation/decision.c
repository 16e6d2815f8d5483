#include "store/moderation/decision.h"

#include "core/str.h"
#include "store/comment/comment.h"
#include "store/comment/comment_subscription.h"
#include "store/moderation/flag.h"

#define N_(message) message /* translated where it is shown */

enum { DECISIONS_OF_COMMENT = 50 };

const struct field_choice decision_actions[] = {
	{ "approve", N_("Approve") }, { "reject", N_("Reject") }, { "spam", N_("Spam") }, { 0 },
};
const struct field_choice decision_done[] = {
	{ "approve", N_("Comment approved") }, { "reject", N_("Comment rejected") }, { "spam", N_("Comment marked as spam") },
	{ "edit", N_("Comment edited") }, { "ban", N_("Somebody banned from commenting") }, { "trust", N_("Trust level set") }, { 0 },
};

const char *
decision_done_text(const char *action)
{
	for (const struct field_choice *choice = decision_done; choice->value != NULL; choice++)
		if (str_equal(choice->value, action))
			return choice->label;
	return "";
}

/* The state that an action leads to, or NULL. */
static const char *
state_of(const char *action)
{
	return str_equal(action, "approve") ? "shown" : str_equal(action, "reject") ? "rejected" : str_equal(action, "spam") ? "spam" : NULL;
}

/* --- making a decision ---------------------------------------------------------------------- */

QUERY(add_decision,
	"INSERT INTO moderation_decision (action, comment_id, post_id, user_id, created, heading, note, version, old_state, old_reason,"
	" old_reason_note, old_flags, old_text, old_xhtml, undone)"
	" VALUES (:action, :comment, :post, :user, :created, :heading, :note, :version, :old_state, :old_reason, :old_reason_note, :old_flags,"
	" :old_text, :old_xhtml, 0) RETURNING id");
QUERY(version_of_comment, "SELECT version FROM comment WHERE id = :id");
QUERY(add_lesson, "INSERT INTO moderation_lesson (comment_id) VALUES (:comment) ON CONFLICT (comment_id) DO NOTHING");

/* Adds the row. was: the comment before. */
static enum status
note_decision(struct db *db, const struct decision *decision, const struct comment *was, bool with_text, int64_t *ret_id)
{
	int64_t version;

	TRY(query_integer(db, version_of_comment, &version, BIND(INT("id", was->id))));
	return query_insert(db, add_decision, ret_id, BIND(TEXT("action", decision->action), INT("comment", was->id), INT("post", was->post_id),
		REFERENCE("user", decision->user_id), INT("created", decision->created), TEXT("heading", decision->heading),
		TEXT("note", decision->note), INT("version", version), TEXT("old_state", was->state), TEXT("old_reason", was->reason),
		TEXT("old_reason_note", was->reason_note), INT("old_flags", was->flags), TEXT("old_text", with_text ? was->text : ""),
		TEXT("old_xhtml", with_text ? was->xhtml : "")));
}

enum status
decision_make(struct db *db, struct arena *arena, const struct decision *decision, int64_t *ret_id)
{
	const char *state = state_of(decision->action);
	struct comment was;

	if (state == NULL)
		return INVALID;
	TRY(comment_by_id(db, arena, decision->comment_id, &was));
	if (str_equal(was.state, "deleted"))
		return NOT_FOUND;
	TRY(comment_set_state(db, arena, was.id, decision->version,
		&(struct comment_decision){ .state = state, .reason = "", .reason_note = "", .user_id = decision->user_id }));
	TRY(note_decision(db, decision, &was, false, ret_id));
	TRY(flag_decide(db, was.id, *ret_id, !str_equal(state, "shown")));
	if (str_equal(state, "shown")) {
		struct comment shown = was;
		shown.state = state;
		TRY(comment_notify_shown(db, arena, &shown, decision->created));
	}
	return query_run(db, add_lesson, BIND(INT("comment", was.id)));
}

enum status
decision_edit(struct db *db, struct arena *arena, const struct decision *decision, const char *text, const char *xhtml, int64_t *ret_id)
{
	struct comment was;

	TRY(comment_by_id(db, arena, decision->comment_id, &was));
	if (str_equal(was.state, "deleted"))
		return NOT_FOUND;
	TRY(comment_save_text(db, arena, was.id, decision->version, text, xhtml, decision->created));
	return note_decision(db, decision, &was, true, ret_id);
}

enum status
decision_note(struct db *db, const struct decision *decision)
{
	int64_t id;

	return query_insert(db, add_decision, &id, BIND(TEXT("action", decision->action), REFERENCE("comment", decision->comment_id),
		REFERENCE("post", decision->post_id), REFERENCE("user", decision->user_id), INT("created", decision->created), TEXT("heading", ""),
		TEXT("note", decision->note), INT("version", 0), TEXT("old_state", ""), TEXT("old_reason", ""), TEXT("old_reason_note", ""),
		INT("old_flags", 0), TEXT("old_text", ""), TEXT("old_xhtml", "")));
}

/* --- reading -------------------------------------------------------------------------------- */

static const struct column decision_columns[] = {
	COLUMN_INT(struct decision, id),
	COLUMN_TEXT(struct decision, action),
	COLUMN_INT(struct decision, comment_id),
	COLUMN_INT(struct decision, post_id),
	COLUMN_INT(struct decision, user_id),
	COLUMN_TEXT(struct decision, user_name),
	COLUMN_INT(struct decision, created),
	COLUMN_TEXT(struct decision, heading),
	COLUMN_TEXT(struct decision, note),
	COLUMN_INT(struct decision, version),
	COLUMN_TEXT(struct decision, old_state),
	COLUMN_TEXT(struct decision, old_reason),
	COLUMN_TEXT(struct decision, old_reason_note),
	COLUMN_INT(struct decision, old_flags),
	COLUMN_TEXT(struct decision, old_text),
	COLUMN_TEXT(struct decision, old_xhtml),
	COLUMN_INT(struct decision, undone),
	COLUMN_INT(struct decision, undone_by),
	{ 0 },
};
static const struct row decision_row = { sizeof(struct decision), decision_columns };

#define FROM_DECISION \
	"SELECT d.id, d.action, d.comment_id, d.post_id, d.user_id, u.name AS user_name, d.created, d.heading, d.note, d.version, d.old_state," \
	" d.old_reason, d.old_reason_note, d.old_flags, d.old_text, d.old_xhtml, d.undone, d.undone_by" \
	" FROM moderation_decision AS d LEFT JOIN site_user AS u ON u.id = d.user_id WHERE "
QUERY(one_decision, FROM_DECISION "d.id = :id");
QUERY(latest_decision, FROM_DECISION "d.comment_id = :comment ORDER BY d.id DESC LIMIT 1");
QUERY(newest_decisions, FROM_DECISION "d.id < :before ORDER BY d.id DESC LIMIT :most");
QUERY(decisions_of_comment, FROM_DECISION "d.comment_id = :comment ORDER BY d.id DESC LIMIT :most");

enum status
decision_by_id(struct db *db, struct arena *arena, int64_t id, struct decision *ret_decision)
{
	return query_one(db, arena, one_decision, &decision_row, ret_decision, BIND(INT("id", id)));
}

enum status
decision_latest(struct db *db, struct arena *arena, int64_t comment_id, struct decision *ret_decision)
{
	return query_one(db, arena, latest_decision, &decision_row, ret_decision, BIND(INT("comment", comment_id)));
}

enum status
decision_list(struct db *db, struct arena *arena, int64_t before, size_t most, struct decision **ret_decisions, size_t *ret_count)
{
	return query_list(db, arena, newest_decisions, &decision_row, ret_decisions, ret_count,
		BIND(INT("before", before == 0 ? INT64_MAX : before), INT("most", (int64_t)most)));
}

enum status
decision_list_of_comment(struct db *db, struct arena *arena, int64_t comment_id, struct decision **ret_decisions, size_t *ret_count)
{
	return query_list(db, arena, decisions_of_comment, &decision_row, ret_decisions, ret_count,
		BIND(INT("comment", comment_id), INT("most", DECISIONS_OF_COMMENT)));
}

/* --- undoing -------------------------------------------------------------------------------- */

QUERY(mark_undone, "UPDATE moderation_decision SET undone = :now, undone_by = :user WHERE id = :id AND undone = 0");

bool
decision_may_undo(const struct decision *decision, int64_t now)
{
	return decision->undone == 0 && decision->comment_id != 0 && now - decision->created < DECISION_UNDO_SECONDS
		&& (state_of(decision->action) != NULL || (str_equal(decision->action, "edit") && *decision->old_text != '\0'));
}

enum status
decision_undo(struct db *db, struct arena *arena, int64_t id, int64_t user_id, int64_t now)
{
	struct decision decision;

	TRY(decision_by_id(db, arena, id, &decision));
	if (decision.comment_id == 0)
		return NOT_FOUND;
	if (decision.undone != 0)
		return CONFLICT;
	if (!decision_may_undo(&decision, now))
		return TOO_MANY;
	if (str_equal(decision.action, "edit")) {
		TRY(comment_save_text(db, arena, decision.comment_id, decision.version, decision.old_text, decision.old_xhtml, now));
	} else {
		/* Nobody decided: the state before comes back, and a held comment waits again. */
		TRY(comment_set_state(db, arena, decision.comment_id, decision.version, &(struct comment_decision){ .state = decision.old_state,
			.reason = decision.old_reason, .reason_note = decision.old_reason_note }));
		TRY(flag_reopen(db, decision.comment_id, decision.id, decision.old_flags));
		TRY(query_run(db, add_lesson, BIND(INT("comment", decision.comment_id))));
	}
	return query_run(db, mark_undone, BIND(INT("now", now), REFERENCE("user", user_id), INT("id", id)));
}

/* --- old texts ------------------------------------------------------------------------------ */

QUERY(has_old_text, "SELECT 1 FROM moderation_decision WHERE old_text <> '' AND created <= :until LIMIT 1");
QUERY(empty_old_texts,
	"UPDATE moderation_decision SET old_text = '', old_xhtml = '' WHERE id IN"
	" (SELECT d.id FROM moderation_decision AS d WHERE d.old_text <> '' AND d.created <= :until ORDER BY d.created LIMIT 100)");

enum status
decision_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, has_old_text, ret_due, BIND(INT("until", now - DECISION_TEXT_SECONDS)));
}

enum status
decision_sweep(struct db *db, int64_t now)
{
	return query_run(db, empty_old_texts, BIND(INT("until", now - DECISION_TEXT_SECONDS)));
}

/* --- what the classifier learns ------------------------------------------------------------- */

QUERY(label_of,
	"SELECT CASE WHEN d.created < c.edited THEN 0 WHEN d.action = 'approve' THEN 1 WHEN d.action = 'spam' THEN 2 ELSE 0 END"
	" FROM moderation_decision AS d JOIN comment AS c ON c.id = d.comment_id"
	" WHERE d.comment_id = :comment AND d.undone = 0 AND d.action IN ('approve', 'reject', 'spam') ORDER BY d.id DESC LIMIT 1");

enum status
decision_label(struct db *db, int64_t comment_id, const char **ret_label)
{
	int64_t number = 0;
	enum status status = query_integer(db, label_of, &number, BIND(INT("comment", comment_id)));

	if (status != NOT_FOUND)
		TRY(status);
	*ret_label = number == 1 ? "ham" : number == 2 ? "spam" : "";
	return OK;
}

QUERY(next_lesson, "SELECT comment_id FROM moderation_lesson WHERE comment_id > 0 ORDER BY comment_id LIMIT 1");
QUERY(remove_lesson, "DELETE FROM moderation_lesson WHERE comment_id = :comment");

enum status
lesson_next(struct db *db, int64_t *ret_id)
{
	return query_integer(db, next_lesson, ret_id, BIND());
}

enum status
lesson_done(struct db *db, int64_t comment_id)
{
	return query_run(db, remove_lesson, BIND(INT("comment", comment_id)));
}
