#include "store/comment/rate_limit.h"

#include "store/db/site_key.h"

/* A row as it is stored. */
struct window {
	int64_t last, started, count, before;
};
static const struct column window_columns[] = {
	COLUMN_INT(struct window, last),
	COLUMN_INT(struct window, started),
	COLUMN_INT(struct window, count),
	COLUMN_INT(struct window, before),
	{ 0 },
};
static const struct row window_row = { sizeof(struct window), window_columns };

QUERY(limit_by_id, "SELECT last, started, count, before FROM rate_limit WHERE id = :id");

/* Reads the row as of now: windows that are over have moved on. last 0: there is no row. */
static enum status
read_window(struct db *db, struct arena *arena, const char *id, const struct rate_limit *limit, int64_t now, struct window *ret_window)
{
	struct window window = { .started = now };
	enum status status = query_one(db, arena, limit_by_id, &window_row, &window, BIND(TEXT("id", id)));

	if (status != NOT_FOUND)
		TRY(status);
	/* If the clock was set back, nobody must wait for the time between. */
	if (status == NOT_FOUND || window.started > now || now - window.started >= 2 * limit->seconds) {
		window.started = now;
		window.count = window.before = 0;
	} else if (now - window.started >= limit->seconds) {
		window.started += limit->seconds;
		window.before = window.count;
		window.count = 0;
	}
	*ret_window = window;
	return OK;
}

static enum status
id_of(struct db *db, struct arena *arena, const struct rate_limit *limit, const char **ret_id)
{
	return site_key_sign(db, arena, "comment", arena_printf(arena, "rate %s", limit->name), ret_id);
}

/* How much of the window before still counts, rounded up. */
static int64_t
still_counted(const struct window *window, const struct rate_limit *limit, int64_t now)
{
	int64_t share = window->before * (limit->seconds - (now - window->started));

	return limit->seconds == 0 ? 0 : (share + limit->seconds - 1) / limit->seconds;
}

/* Seconds until the number in the window falls below the limit. */
static int64_t
wait_for_window(const struct window *window, const struct rate_limit *limit, int64_t now)
{
	int64_t end = window->started + limit->seconds, room = limit->most - window->count, left;

	if (limit->most == 0 || window->count + still_counted(window, limit, now) < limit->most)
		return 0;
	/* The full window must first become the one before, and then fade below the limit. */
	if (room <= 0)
		return end - now + limit->seconds - (limit->most - 1) * limit->seconds / window->count;
	left = (room - 1) * limit->seconds / window->before; /* seconds of the window before that may still count */
	return end - left - now > 0 ? end - left - now : 1;
}

enum status
rate_limit_wait(struct db *db, struct arena *arena, const struct rate_limit *limit, int64_t now, int64_t *ret_seconds)
{
	struct window window;
	int64_t pause, wait;
	const char *id;

	TRY(id_of(db, arena, limit, &id));
	TRY(read_window(db, arena, id, limit, now, &window));
	pause = window.last == 0 || window.last > now || now - window.last >= limit->pause ? 0 : limit->pause - (now - window.last);
	wait = wait_for_window(&window, limit, now);
	*ret_seconds = pause > wait ? pause : wait;
	return OK;
}

enum status
rate_limit_recent(struct db *db, struct arena *arena, const struct rate_limit *limit, int64_t now, int64_t *ret_count)
{
	struct window window;
	const char *id;

	TRY(id_of(db, arena, limit, &id));
	TRY(read_window(db, arena, id, limit, now, &window));
	*ret_count = window.count + still_counted(&window, limit, now);
	return OK;
}

QUERY(save_limit,
	"INSERT INTO rate_limit (id, last, started, count, before, expires) VALUES (:id, :now, :started, :count, :before, :expires)"
	" ON CONFLICT (id) DO UPDATE SET last = excluded.last, started = excluded.started, count = excluded.count,"
	" before = excluded.before, expires = excluded.expires");

enum status
rate_limit_count(struct db *db, struct arena *arena, const struct rate_limit *limit, int64_t now)
{
	int64_t kept = 2 * limit->seconds > limit->pause ? 2 * limit->seconds : limit->pause;
	struct window window;
	const char *id;

	TRY(id_of(db, arena, limit, &id));
	TRY(read_window(db, arena, id, limit, now, &window));
	return query_run(db, save_limit, BIND(TEXT("id", id), INT("now", now), INT("started", window.started), INT("count", window.count + 1),
		INT("before", window.before), INT("expires", now + kept)));
}

QUERY(limits_due, "SELECT EXISTS (SELECT 1 FROM rate_limit WHERE expires <= :now)");

enum status
rate_limit_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, limits_due, ret_due, BIND(INT("now", now)));
}

QUERY(sweep_limits, "DELETE FROM rate_limit WHERE id IN (SELECT id FROM rate_limit WHERE expires <= :now ORDER BY expires LIMIT 100)");

enum status
rate_limit_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_limits, BIND(INT("now", now)));
}
