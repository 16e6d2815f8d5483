/*
 * Summaries stored before migration 15, when a generated summary was stored as if it had been typed. The migration
 * moved all of them to a table of their own. page/post/summary.h decides post by post which of them were typed.
 */
#ifndef STORE_POST_FORMER_SUMMARY_H
#define STORE_POST_FORMER_SUMMARY_H

#include <stdbool.h>

#include "store/db/db.h"

struct former_summary {
	int64_t number;      /* of the revision that contained it; 0: the post itself */
	const char *summary;
	const char *origin;  /* "": not decided yet; "typed"; "generated"; "unknown": may be either */
	bool shown;          /* for former_summary_decide(), of an unknown one: put it back into the post */
};

/* An earlier or current text of a post. */
struct former_text {
	int64_t number;
	const char *markdown;
};

/* Lists a post's summaries that are not decided yet. In the arena. */
enum status former_summary_list(struct db *db, struct arena *arena, int64_t post_id, struct former_summary **ret_rows, size_t *ret_count);

/* Lists the ids of posts that have any, in ascending order, above after; at most limit. In the arena. */
enum status former_summary_posts(struct db *db, struct arena *arena, int64_t after, int64_t limit, int64_t **ret_ids, size_t *ret_count);

/* Calls each() for every version of a post's text, newest first, with a struct former_text (see query_each()). */
enum status former_text_each(struct db *db, int64_t post_id, enum status (*each)(void *context, struct arena *arena, void *text),
	void *context);

/*
 * Stores the decisions, inside a write transaction. A typed summary is put back where it was. A generated one is also
 * removed from autosaved forms. The post is marked as stale (see post_stale()).
 */
enum status former_summary_decide(struct db *db, int64_t post_id, const struct former_summary *rows, size_t count, int64_t now);

/*
 * Whether a submitted summary is a generated one, from a form that was opened before the migration; it then does not
 * count as typed. Once the row is old, an author may type the same words again; see former_summary_sweep().
 */
enum status former_summary_is_generated(struct db *db, int64_t post_id, const char *summary, bool *ret_is);

/*
 * Removes the undecidable summaries of a post, because an author has seen its form and saved it. Inside a write
 * transaction.
 */
enum status former_summary_seen(struct db *db, int64_t post_id);

/* A post whose summary is undecidable, for `renown doctor`. */
struct unknown_summary {
	const char *slug, *summary;
	int64_t shown;       /* 1: the post shows it as typed; 0: it is not shown */
};

/* Lists such posts by id, at most limit. In the arena. */
enum status former_summary_unknown(struct db *db, struct arena *arena, int64_t limit, struct unknown_summary **ret_rows, size_t *ret_count);

/*
 * Whether there are summaries decided so long ago (90 days) that no form from before the migration can be submitted
 * any more; deletes them.
 */
enum status former_summary_is_due(struct db *db, int64_t now, bool *ret_due);
enum status former_summary_sweep(struct db *db, int64_t now);

#endif
