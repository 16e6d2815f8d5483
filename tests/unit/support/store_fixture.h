/*
 * A fresh database in its own folder, for tests. Each function ends the test when
 * it fails. Open the database in the test or in a checked fixture, so that a
 * connection never crosses a fork.
 *
 *     struct store *store = store_open();
 *     int64_t author = store_user(store, "Mo Li", "author");
 *     struct post_save save = store_post(author, "first", "First post", "Open words.", "Closed words.");
 *     int64_t id = store_save(store, &save);
 *     store_close(store);
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <stdint.h>

#include "store/db/db.h"
#include "store/post/post.h"
#include "store/user/user.h"
#include "store/access/viewer.h"

/* The current time in all tests: 2026-11-24 05:23:42 UTC. */
enum { STORE_NOW = 1795497822 };

struct store {
	char folder[64];        /* made by mkdtemp(); also holds a folder "media" */
	const char *path;       /* of the database */
	const char *media;      /* of the folder of files */
	struct db *db;
	struct arena *arena;    /* until store_close() */
};

/* Creates the folder and a database with the newest schema. */
struct store *store_open(void);

/* Closes the connection and removes the folder and its contents. */
void store_close(struct store *store);

/* Returns the path of a file with that name in the database's folder. */
const char *store_beside(struct store *store, const char *name);

/* Writes a file into the database's folder and returns its path. */
const char *store_file(struct store *store, const char *name, const char *bytes, size_t length);

/* Runs SQL through a separate connection, as another program would. */
void store_elsewhere(const char *path, const char *sql);

/* Returns the next pseudo-random number. The sequence is the same in every run. */
unsigned store_number(void);

/* Adds a user with that name and role, in its own transaction, and returns the id. The email address is made from a counter. */
int64_t store_user(struct store *store, const char *name, const char *role);

/* Returns the user with that id. */
struct user store_user_by_id(struct store *store, int64_t id);

/*
 * Returns an English public article that was published a day ago. open is the text for everyone, closed the text behind
 * the cut ("" for none). Change what the test needs, then call store_save().
 */
struct post_save store_post(int64_t author_id, const char *slug, const char *title, const char *open,
	const char *closed);

/* Saves a post in its own transaction and returns its id. */
int64_t store_save(struct store *store, const struct post_save *save);

/* Saves a public article with that slug and these tags and returns its id. */
int64_t store_save_tagged(struct store *store, int64_t author_id, const char *slug, int64_t published, const char *lang,
	const char *const *tags, size_t count);

/* Returns the post with that id. */
struct post store_post_by_id(struct store *store, int64_t id);

/* Grants a user access from STORE_NOW - 10 days on, without an end, and returns the id of the grant. scope as in struct grant. */
int64_t store_grant(struct store *store, int64_t user_id, const char *scope, int64_t tag_or_post_id);

/* Returns the viewer for a user at STORE_NOW; user_id 0 is an anonymous visitor. */
struct viewer store_viewer(struct store *store, int64_t user_id);

#endif
