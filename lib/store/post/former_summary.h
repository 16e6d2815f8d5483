/*
 * Summaries that were stored before migration 15, when a generated summary was stored as if somebody had typed it. The migration
 * puts them all aside, and page/post/summary.h decides one post after the other which of them were typed.
 */
#ifndef STORE_POST_FORMER_SUMMARY_H
#define STORE_POST_FORMER_SUMMARY_H

#include <stdbool.h>

#include "store/db/db.h"

struct former_summary {
	int64_t number;      /* of the revision that held it; 0: the post itself */
	const char *summary;
	const char *origin;  /* "": not decided yet; "typed"; "generated"; "unknown": it may be either */
	bool shown;          /* on settling, of an unknown one: whether it goes back to the post */
};

/* A text that the post had at some time. */
struct former_text {
	int64_t number;
	const char *markdown;
};

/* Those of a post that are not decided yet. */
enum status former_summary_list(struct db *db, struct arena *arena, int64_t post_id, struct former_summary **ret_rows, size_t *ret_count);

/* Posts that have any of these, by id, above after; at most limit. */
enum status former_summary_posts(struct db *db, struct arena *arena, int64_t after, int64_t limit, int64_t **ret_ids, size_t *ret_count);

/* Every version of a post's text, newest first. each: as for query_each(), with a struct former_text. */
enum status former_text_each(struct db *db, int64_t post_id, enum status (*each)(void *context, struct arena *arena, void *text),
	void *context);

/*
 * Stores what was decided, inside a write transaction: what was typed goes back to where it stood, and what was generated
 * is removed from autosaved forms as well. The post is marked as stale (store/media/media_library.h).
 */
enum status former_summary_settle(struct db *db, int64_t post_id, const struct former_summary *rows, size_t count, int64_t now);

/*
 * Whether somebody sends back a summary that was generated, from a form that was opened before the migration: such a summary
 * is not typed. An author may type the same words again once the row is old; see former_summary_sweep().
 */
enum status former_summary_is_generated(struct db *db, int64_t post_id, const char *summary, bool *ret_is);

/* An author has seen the post's form and saved it: what was unknown is decided by that. Inside a write transaction. */
enum status former_summary_seen(struct db *db, int64_t post_id);

/* A post whose summary is unknown, for `renown doctor`. */
struct unknown_summary {
	const char *slug, *summary;
	int64_t shown;       /* 1: the post shows it as typed; 0: it is withheld */
};

/* At most limit, by post. */
enum status former_summary_unknown(struct db *db, struct arena *arena, int64_t limit, struct unknown_summary **ret_rows, size_t *ret_count);

/* Whether there is one that was decided so long ago that no form from before the migration can come any more. */
enum status former_summary_is_due(struct db *db, int64_t now, bool *ret_due);
enum status former_summary_sweep(struct db *db, int64_t now);

#endif
