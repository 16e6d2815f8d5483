/*
 * The gate: who may see what. There is one function, viewer_may(), and every
 * output asks it: page, list, feed, search, sitemap, machine-readable parts.
 */
#ifndef STORE_ACCESS_VIEWER_H
#define STORE_ACCESS_VIEWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db/db.h"
#include "store/user/user.h"

struct post;

/* One right of a reader, see table grant_right. */
struct grant {
	int64_t id;
	int64_t user_id;
	const char *scope;  /* everything, tag or post */
	int64_t tag_id;     /* or 0 */
	int64_t post_id;    /* or 0 */
	int64_t starts;
	int64_t ends;       /* first second without it; 0: for good */
	const char *source;
	const char *what;   /* title of the post or name of the tag; "" for everything */
};

/* Whoever looks. All zero: a stranger, now being 1970, who sees nothing at all. */
struct viewer {
	int64_t now;                /* the request's time: decides what is due and which rights hold */
	const struct user *user;    /* NULL: nobody has signed in */
	const struct grant *grants; /* those of the user that hold now */
	size_t grant_count;
};

enum view {
	VIEW_NONE, /* must not know that it exists */
	VIEW_OPEN, /* title, summary and the part before the cut */
	VIEW_FULL, /* everything */
};

/* What this viewer may see of this post. */
enum view viewer_may(const struct viewer *viewer, const struct post *post);

/* A viewer for a session's token (NULL or unknown: a stranger). */
enum status viewer_by_token(struct db *db, struct arena *arena, const char *token, int64_t now,
	struct viewer *ret_viewer);

/* A viewer for a user, as the command line and tests need it. */
enum status viewer_of_user(struct db *db, struct arena *arena, const struct user *user,
	int64_t now, struct viewer *ret_viewer);

/*
 * A digest of all that makes this viewer's pages differ from another's: "" for
 * a stranger; the user, the user's revision and the rights that hold otherwise.
 */
const char *viewer_class(struct arena *arena, const struct viewer *viewer);

/* --- rights, see `renown grant` ------------------------------------------- */

/* Adds a right inside a write transaction; scope decides which of tag_id and post_id is used. */
enum status grant_add(struct db *db, const struct grant *grant, bool sample, int64_t *ret_id);

/* Ends a right at that time. NOT_FOUND when there is no such right. */
enum status grant_end(struct db *db, int64_t id, int64_t when);

/* All rights of a user, ended ones too, newest first; at most 1,000. */
enum status grant_list(struct db *db, struct arena *arena, int64_t user_id,
	struct grant **ret_grants, size_t *ret_count);

#endif
