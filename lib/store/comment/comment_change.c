/* Changing and removing comments, declared in comment.h. */
#include "core/clock.h"
#include "core/str.h"
#include "store/comment/comment.h"
#include "store/comment/comment_learned.h"
#include "store/comment/comment_place.h"

/* Reads the comment as the caller saw it. */
static enum status
read_version(struct db *db, struct arena *arena, int64_t id, int64_t version, struct comment *ret_comment)
{
	TRY(comment_by_id(db, arena, id, ret_comment));
	if (str_equal(ret_comment->state, "deleted"))
		return INVALID;
	return ret_comment->version == version ? OK : CONFLICT;
}

/* After the state of a comment changed: moves it in or out of its thread, and counts. */
static enum status
follow_state(struct db *db, struct arena *arena, const struct comment *before, const char *state)
{
	bool was_shown = str_equal(before->state, "shown"), is_shown = str_equal(state, "shown");
	bool was_held = str_equal(before->state, "held"), is_held = str_equal(state, "held");

	if (is_shown)
		TRY(comment_place(db, arena, before));
	else if (was_shown || before->listed || str_equal(state, "deleted"))
		TRY(comment_displace(db, arena, before->id));
	return thread_change(db, before->post_id, &(struct thread_change){ .shown = is_shown - was_shown, .waiting = is_held - was_held,
		.seen = is_shown || was_shown || before->listed });
}

QUERY(set_state,
	"UPDATE comment SET state = :state, reason = :reason, reason_note = :reason_note, decided_by = :by, version = version + 1,"
	" decided = CASE WHEN :by IS NULL THEN decided ELSE :now END WHERE id = :id");

enum status
comment_set_state(struct db *db, struct arena *arena, int64_t id, int64_t version, const struct comment_decision *decision)
{
	struct comment before;

	TRY(read_version(db, arena, id, version, &before));
	TRY(query_run(db, set_state, BIND(INT("id", id), TEXT("state", decision->state), TEXT("reason", decision->reason),
		TEXT("reason_note", decision->reason_note), REFERENCE("by", decision->user_id), INT("now", clock_now()))));
	return follow_state(db, arena, &before, decision->state);
}

QUERY(set_text, "UPDATE comment SET text = :text, xhtml = :xhtml, edited = :now, version = version + 1 WHERE id = :id");

enum status
comment_save_text(struct db *db, struct arena *arena, int64_t id, int64_t version, const char *text, const char *xhtml, int64_t now)
{
	struct comment before;

	TRY(read_version(db, arena, id, version, &before));
	TRY(comment_learned_keep(db, &before, now));
	TRY(query_run(db, set_text, BIND(INT("id", id), TEXT("text", text), TEXT("xhtml", xhtml), INT("now", now))));
	return str_equal(before.state, "shown") ? comment_touch(db, &before) : OK;
}

/* The stamp stays: a form that is sent again after the comment was deleted does not create it again. */
QUERY(empty,
	"UPDATE comment SET state = 'deleted', user_id = NULL, name = '', link = '', person = '', network = '', subscriber_id = NULL, reason = '', reason_note = '',"
	" text = '', xhtml = '', version = version + 1 WHERE id = :id");

enum status
comment_remove(struct db *db, struct arena *arena, int64_t id)
{
	struct comment before;

	TRY(comment_by_id(db, arena, id, &before));
	TRY(comment_learned_forget(db, id));
	TRY(query_run(db, empty, BIND(INT("id", id))));
	return follow_state(db, arena, &before, "deleted");
}

enum { REMOVED_AT_ONCE = 200 };

struct id {
	int64_t id;
};
static const struct column id_columns[] = { COLUMN_INT(struct id, id), { 0 } };
static const struct row id_row = { sizeof(struct id), id_columns };

/* Those of the newest first: an answer to an own comment then does not keep it as a placeholder. */
QUERY(of_user, "SELECT id FROM comment WHERE user_id = :user ORDER BY id DESC LIMIT :most");

enum status
comment_remove_by_user(struct db *db, struct arena *arena, int64_t user_id)
{
	struct id *ids;
	size_t count;

	do {
		TRY(query_list(db, arena, of_user, &id_row, &ids, &count, BIND(INT("user", user_id), INT("most", REMOVED_AT_ONCE))));
		for (size_t i = 0; i < count; i++)
			TRY(comment_remove(db, arena, ids[i].id));
	} while (count == REMOVED_AT_ONCE);
	return OK;
}

enum status
comment_touch(struct db *db, const struct comment *comment)
{
	return thread_change(db, comment->post_id, &(struct thread_change){ .seen = true });
}
