#include "store/job/fetch_job.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"

enum { DETAIL_MAX = 300 };

static const struct column fetch_columns[] = {
	COLUMN_INT(struct fetch_job, post_id),
	COLUMN_INT(struct fetch_job, user_id),
	COLUMN_TEXT(struct fetch_job, address),
	COLUMN_INT(struct fetch_job, requested),
	COLUMN_INT(struct fetch_job, tries),
	COLUMN_INT(struct fetch_job, next_try),
	COLUMN_INT(struct fetch_job, finished),
	COLUMN_TEXT(struct fetch_job, problem),
	COLUMN_TEXT(struct fetch_job, detail),
	{ 0 },
};
static const struct row fetch_row = { sizeof(struct fetch_job), fetch_columns };

#define FETCH "SELECT post_id, user_id, address, requested, tries, next_try, finished, problem, detail FROM fetch_job"

bool
fetch_job_is_address(const char *address)
{
	const char *host = str_starts(address, "https://") ? address + 8 : str_starts(address, "http://") ? address + 7 : NULL;
	size_t length = host == NULL ? 0 : strcspn(host, "/?#");

	/* A URL that others can read must not contain a password. */
	return length > 0 && memchr(host, '@', length) == NULL && strcspn(host, " \"<>\\^`{|}") == strlen(host);
}

QUERY(of_post, FETCH " WHERE post_id = :post");

enum status
fetch_job_read(struct db *db, struct arena *arena, int64_t post_id, struct fetch_job *ret_fetch)
{
	return query_one(db, arena, of_post, &fetch_row, ret_fetch, BIND(INT("post", post_id)));
}

QUERY(ask_for,
	"INSERT INTO fetch_job (post_id, user_id, address, requested, next_try) VALUES (:post, :user, :address, :now, :now)"
	" ON CONFLICT (post_id) DO UPDATE SET user_id = excluded.user_id, address = excluded.address, requested = excluded.requested, tries = 0,"
	" next_try = excluded.next_try, finished = 0, problem = '', detail = ''");

enum status
fetch_job_ask(struct db *db, const struct fetch_job *fetch)
{
	if (!fetch_job_is_address(fetch->address))
		return INVALID;
	return query_run(db, ask_for, BIND(INT("post", fetch->post_id), INT("user", fetch->user_id), TEXT("address", fetch->address),
		INT("now", fetch->requested)));
}

QUERY(forget_fetch, "DELETE FROM fetch_job WHERE post_id = :post");

enum status
fetch_job_forget(struct db *db, int64_t post_id)
{
	return query_run(db, forget_fetch, BIND(INT("post", post_id)));
}

QUERY(due_fetch, FETCH " WHERE finished = 0 AND next_try <= :now ORDER BY next_try LIMIT 1");

enum status
fetch_job_next(struct db *db, struct arena *arena, int64_t now, struct fetch_job *ret_fetch)
{
	return query_one(db, arena, due_fetch, &fetch_row, ret_fetch, BIND(INT("now", now)));
}

static int64_t
pause_after(int64_t tries)
{
	int64_t seconds = FETCH_TRY_SECONDS;

	while (--tries > 0)
		seconds *= 2;
	return seconds;
}

QUERY(count_fetch, "UPDATE fetch_job SET tries = :tries, next_try = :next WHERE post_id = :post AND requested = :requested");

enum status
fetch_job_begin(struct db *db, struct fetch_job *fetch, int64_t now)
{
	fetch->tries++;
	fetch->next_try = now + pause_after(fetch->tries);
	TRY(db_begin_private(db));
	TRY(query_run(db, count_fetch, BIND(INT("tries", fetch->tries), INT("next", fetch->next_try), INT("post", fetch->post_id),
		INT("requested", fetch->requested))));
	return db_commit(db);
}

/* asked and address are compared, so that a newer request is left alone. */
QUERY(note_failure,
	"UPDATE fetch_job SET finished = :finished, problem = :problem, detail = :detail WHERE post_id = :post AND requested = :requested AND address = :address");

enum status
fetch_job_failed(struct db *db, const struct fetch_job *fetch, bool again, const char *problem, const char *detail, int64_t now)
{
	struct arena *arena = arena_new();
	const char *words = text_shorten(arena, text_clean(arena, detail, strlen(detail), TEXT_LINE), DETAIL_MAX);
	enum status status = db_begin_private(db);

	if (status == OK)
		status = query_run(db, note_failure, BIND(INT("finished", again && fetch->tries < FETCH_TRIES ? 0 : now), TEXT("problem", problem),
			TEXT("detail", words), INT("post", fetch->post_id), INT("requested", fetch->requested), TEXT("address", fetch->address)));
	if (status == OK)
		status = db_commit(db);
	arena_free(arena);
	return status;
}

QUERY(old_fetch, "SELECT EXISTS (SELECT 1 FROM fetch_job WHERE finished > 0 AND finished < :before)");
QUERY(sweep_fetch, "DELETE FROM fetch_job WHERE finished > 0 AND finished < :before");

enum status
fetch_job_is_old(struct db *db, int64_t before, bool *ret_old)
{
	int64_t old;

	TRY(query_integer(db, old_fetch, &old, BIND(INT("before", before))));
	*ret_old = old != 0;
	return OK;
}

enum status
fetch_job_sweep(struct db *db, int64_t before)
{
	TRY(db_begin_private(db));
	TRY(query_run(db, sweep_fetch, BIND(INT("before", before))));
	return db_commit(db);
}
