/*
 * Access control: what a viewer may see. All output calls viewer_may(): pages, lists, feeds,
 * search, sitemap and machine-readable data.
 */
#ifndef STORE_ACCESS_VIEWER_H
#define STORE_ACCESS_VIEWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db/db.h"
#include "store/user/user.h"

struct post;

/* One access grant of a reader (table grant_right). Times are Unix seconds. */
struct grant {
	int64_t id;
	int64_t user_id;
	const char *scope;  /* everything, tag or post */
	int64_t tag_id;     /* or 0 */
	int64_t post_id;    /* or 0 */
	int64_t starts;
	int64_t ends;       /* first second without access; 0: no end */
	const char *source;
	const char *what;   /* title of the post or name of the tag; "" for everything */
};

/* The viewer of a request. All zero: a visitor at time 0, who sees nothing. */
struct viewer {
	int64_t now;                /* request time; decides what is due and which grants hold */
	const struct user *user;    /* NULL: not signed in */
	const struct grant *grants; /* the user's grants that hold now */
	size_t grant_count;
	bool owns_no_post;          /* the user is the author of no post; false: unknown, or has posts */
};

enum view {
	VIEW_NONE, /* nothing, not even that the post exists */
	VIEW_OPEN, /* title, summary and the part before the paywall */
	VIEW_FULL, /* everything */
};

/* How much of a post this viewer may see. */
enum view viewer_may(const struct viewer *viewer, const struct post *post);

/*
 * The viewer of a session token. For NULL or an unknown token: a visitor. OK or the database's
 * errors.
 */
enum status viewer_by_token(struct db *db, struct arena *arena, const char *token, int64_t now,
	struct viewer *ret_viewer);

/*
 * The viewer of a user, for the command line and tests. For a disabled user: a visitor. Copies
 * only the struct: the strings of user must live as long.
 */
enum status viewer_of_user(struct db *db, struct arena *arena, const struct user *user,
	int64_t now, struct viewer *ret_viewer);

/*
 * A digest of the viewer's rights. Viewers of one class have equal rights, so they may receive equal
 * bytes. It is made of the role, the sorted scopes of the grants that hold now (everything, tag ids,
 * post ids) and, for users with any other right, the user's id, because an author sees more of their
 * own posts. This includes a member who still has posts from an earlier role. "" for a visitor. In
 * the arena.
 */
const char *viewer_class(struct arena *arena, const struct viewer *viewer);

/* --- access grants, see `renown grant` ------------------------------------ */

/*
 * Adds a grant inside a write transaction, and a line in the audit log. scope decides whether
 * tag_id, post_id or neither is used. INVALID: an unknown scope, a missing id, or an end that is
 * not after the start.
 */
enum status grant_add(struct db *db, const struct grant *grant, bool sample, int64_t *ret_id);

/*
 * Ends a grant at that time, inside a write transaction; one that ends earlier keeps its end.
 * NOT_FOUND: there is no such grant.
 */
enum status grant_end(struct db *db, int64_t id, int64_t when);

/*
 * Lists all grants of a user, with those that have ended, newest first; at most 1,000. In the
 * arena.
 */
enum status grant_list(struct db *db, struct arena *arena, int64_t user_id,
	struct grant **ret_grants, size_t *ret_count);

#endif
