#include "store/comment/comment_count.h"

#include "core/clock.h"
#include "core/str.h"
#include "store/comment/comment_columns.h"
#include "store/comment/comment_thread.h"

/* An operator runs all of these by hand, so some of them read whole tables. */

const char *const comment_states[] = { "shown", "held", "hidden", "rejected", "spam", "deleted", NULL };

QUERY(of_state, "SELECT count(*) FROM comment WHERE state = :state");

enum status
comment_count_states(struct db *db, int64_t ret_counts[COMMENT_STATES])
{
	for (size_t i = 0; comment_states[i] != NULL; i++)
		TRY(query_integer(db, of_state, &ret_counts[i], BIND(TEXT("state", comment_states[i]))));
	return OK;
}

QUERY(list_all, "SELECT" COMMENT_COLUMNS " FROM comment WHERE comment.id < :below AND (:state = '' OR state = :state)"
	" AND (:post = 0 OR post_id = :post) ORDER BY comment.id DESC LIMIT :most");

enum status
comment_count_list(struct db *db, struct arena *arena, const char *state, int64_t post_id, int64_t below, int64_t most,
	struct comment **ret_comments, size_t *ret_count)
{
	return query_list(db, arena, list_all, &comment_row, ret_comments, ret_count,
		BIND(TEXT("state", state), INT("post", post_id), INT("below", below), INT("most", most)));
}

/* --- repair ---------------------------------------------------------------------- */

QUERY(place_shown, "UPDATE comment SET listed = 1 WHERE state = 'shown' AND listed = 0");
/* What stands above a comment with a place has one; repeated until it holds. */
QUERY_WITH(QUERY_SCANS, place_above,
	"UPDATE comment SET listed = 1 WHERE listed = 0 AND EXISTS (SELECT 1 FROM comment AS r WHERE r.parent_id = comment.id AND r.listed = 1)");
QUERY_WITH(QUERY_SCANS, displace,
	"UPDATE comment SET listed = 0 WHERE listed = 1 AND state <> 'shown' AND NOT EXISTS"
	" (SELECT 1 FROM comment AS r WHERE r.parent_id = comment.id AND r.listed = 1)");
QUERY_WITH(QUERY_SCANS, count_replies,
	"UPDATE comment SET replies = (SELECT count(*) FROM comment AS r WHERE r.root_id = comment.id AND r.listed = 1 AND r.id <> comment.id)"
	" WHERE parent_id IS NULL AND replies <>"
	" (SELECT count(*) FROM comment AS r WHERE r.root_id = comment.id AND r.listed = 1 AND r.id <> comment.id)");
QUERY_WITH(QUERY_SCANS, add_threads,
	"INSERT INTO thread (post_id, shown, waiting, version, changed) SELECT post_id, 0, 0, 1, :now FROM comment"
	" WHERE NOT EXISTS (SELECT 1 FROM thread WHERE thread.post_id = comment.post_id) AND comment.state IN ('shown', 'held') GROUP BY post_id");
QUERY_WITH(QUERY_SCANS, count_threads,
	"UPDATE thread SET version = version + 1, changed = :now,"
	" shown = (SELECT count(*) FROM comment AS c WHERE c.post_id = thread.post_id AND c.state = 'shown'),"
	" waiting = (SELECT count(*) FROM comment AS c WHERE c.post_id = thread.post_id AND c.state = 'held')"
	" WHERE shown <> (SELECT count(*) FROM comment AS c WHERE c.post_id = thread.post_id AND c.state = 'shown')"
	" OR waiting <> (SELECT count(*) FROM comment AS c WHERE c.post_id = thread.post_id AND c.state = 'held')");
QUERY_WITH(QUERY_SCANS, touch_threads, "UPDATE thread SET version = version + 1, changed = :now");

static enum status
repair_places(struct db *db, int64_t *ret_wrong)
{
	const struct query *const steps[] = { place_shown, place_above, displace };

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		do {
			TRY(query_run(db, steps[i], BIND()));
			*ret_wrong += db_changed_rows(db);
		} while (steps[i] != place_shown && db_changed_rows(db) > 0);
	return OK;
}

struct step {
	int64_t post_id, shown, comment_step;
};
static const struct column step_columns[] = {
	COLUMN_INT(struct step, post_id), COLUMN_INT(struct step, shown), COLUMN_INT(struct step, comment_step), { 0 }
};
static const struct row step_row = { sizeof(struct step), step_columns };

QUERY_WITH(QUERY_SCANS, all_steps,
	"SELECT p.id AS post_id, coalesce(t.shown, 0) AS shown, p.comment_step FROM post AS p LEFT JOIN thread AS t ON t.post_id = p.id"
	" WHERE p.comment_step <> 0 OR t.shown <> 0 ORDER BY p.id");
QUERY(set_step, "UPDATE post SET comment_step = :step WHERE id = :post");

static enum status
repair_steps(struct db *db, int64_t *ret_wrong)
{
	struct arena *arena = arena_new();
	struct step *rows;
	size_t count;
	enum status status = query_list(db, arena, all_steps, &step_row, &rows, &count, BIND());

	for (size_t i = 0; status == OK && i < count; i++) {
		int64_t step = comment_step(rows[i].shown);
		if (step == rows[i].comment_step)
			continue;
		++*ret_wrong;
		status = query_run(db, set_step, BIND(INT("post", rows[i].post_id), INT("step", step)));
	}
	arena_free(arena);
	return status;
}

enum status
comment_count_repair(struct db *db, struct comment_count *ret_wrong)
{
	struct comment_count wrong = { 0 };
	int64_t now = clock_now();

	TRY(repair_places(db, &wrong.places));
	TRY(query_run(db, count_replies, BIND()));
	wrong.replies = db_changed_rows(db);
	TRY(query_run(db, add_threads, BIND(INT("now", now))));
	TRY(query_run(db, count_threads, BIND(INT("now", now))));
	wrong.threads = db_changed_rows(db);
	TRY(repair_steps(db, &wrong.steps));
	if (wrong.places + wrong.replies > 0)
		TRY(query_run(db, touch_threads, BIND(INT("now", now))));
	if (wrong.places + wrong.replies + wrong.threads > 0)
		db_count_comments(db);
	if (wrong.steps > 0)
		db_count_steps(db);
	*ret_wrong = wrong;
	return OK;
}
