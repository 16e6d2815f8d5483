#include "store/comment/comment_place.h"

#include "core/clock.h"
#include "core/str.h"
#include "store/comment/comment_thread.h"

/* --- counts of a post ---------------------------------------------------------- */

QUERY(change_thread,
	"INSERT INTO thread (post_id, shown, waiting, version, changed) VALUES (:post, :shown, :waiting, :seen, CASE WHEN :seen <> 0 THEN :now ELSE 0 END)"
	" ON CONFLICT (post_id) DO UPDATE SET shown = thread.shown + :shown, waiting = thread.waiting + :waiting,"
	" version = thread.version + :seen, changed = CASE WHEN :seen <> 0 THEN :now ELSE thread.changed END");
QUERY(shown_count, "SELECT shown FROM thread WHERE post_id = :post");
QUERY(set_step, "UPDATE post SET comment_step = :step WHERE id = :post AND comment_step <> :step");

enum status
thread_change(struct db *db, int64_t post_id, const struct thread_change *change)
{
	int64_t shown;

	TRY(query_run(db, change_thread, BIND(INT("post", post_id), INT("shown", change->shown), INT("waiting", change->waiting),
		INT("seen", change->seen), INT("now", clock_now()))));
	if (change->seen)
		db_count_comments(db);
	if (change->shown == 0)
		return OK;
	TRY(query_integer(db, shown_count, &shown, BIND(INT("post", post_id))));
	TRY(query_run(db, set_step, BIND(INT("post", post_id), INT("step", comment_step(shown)))));
	if (db_changed_rows(db) > 0)
		db_count_steps(db);
	return OK;
}

/* --- places in a thread --------------------------------------------------------- */

QUERY(set_listed, "UPDATE comment SET listed = :listed WHERE id = :id");
QUERY(count_reply, "UPDATE comment SET replies = replies + :more WHERE id = :root");
QUERY(has_listed_reply, "SELECT EXISTS (SELECT 1 FROM comment WHERE parent_id = :id AND listed = 1)");
QUERY(has_reply, "SELECT EXISTS (SELECT 1 FROM comment WHERE parent_id = :id)");
QUERY(remove_row, "DELETE FROM comment WHERE id = :id");

static enum status
set_place(struct db *db, const struct comment *comment, bool listed)
{
	TRY(query_run(db, set_listed, BIND(INT("id", comment->id), INT("listed", listed))));
	if (comment->root_id == comment->id)
		return OK;
	return query_run(db, count_reply, BIND(INT("root", comment->root_id), INT("more", listed ? 1 : -1)));
}

enum status
comment_place(struct db *db, struct arena *arena, const struct comment *comment)
{
	struct comment each = *comment;

	/* What stands above a comment with a place has one already. */
	while (!each.listed) {
		TRY(set_place(db, &each, true));
		if (each.parent_id == 0)
			break;
		TRY(comment_by_id(db, arena, each.parent_id, &each));
	}
	return OK;
}

enum status
comment_displace(struct db *db, struct arena *arena, int64_t id)
{
	/* Each turn takes a place or removes a row, so a long chain of placeholders is walked once in its life. */
	while (id != 0) {
		struct comment comment;
		int64_t replies;
		TRY(comment_by_id(db, arena, id, &comment));
		if (str_equal(comment.state, "shown"))
			return OK;
		TRY(query_integer(db, has_listed_reply, &replies, BIND(INT("id", id))));
		if (replies)
			return OK;
		if (comment.listed)
			TRY(set_place(db, &comment, false));
		TRY(query_integer(db, has_reply, &replies, BIND(INT("id", id))));
		if (!replies && str_equal(comment.state, "deleted"))
			TRY(query_run(db, remove_row, BIND(INT("id", id))));
		else if (!comment.listed)
			return OK;
		id = comment.parent_id;
	}
	return OK;
}
