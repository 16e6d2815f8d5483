/*
 * A fresh store in a folder of its own, for tests. Everything here ends the
 * test when it fails. Open it in the test or in a checked fixture, so that a
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

/* The time at which the tests live: 2026-11-24 05:23:42 UTC. */
enum { STORE_NOW = 1795497822 };

struct store {
	char folder[64];        /* made by mkdtemp(); also holds a folder "media" */
	const char *path;       /* of the store */
	const char *media;      /* of the folder of files */
	struct db *db;
	struct arena *arena;    /* as long as the store */
};

/* Makes the folder and a store of the newest schema. */
struct store *store_open(void);

/* Closes the connection and removes the folder with all that is in it. */
void store_close(struct store *store);

/* The path of what has that name in the store's folder. */
const char *store_beside(struct store *store, const char *name);

/* Writes a file into the store's folder; its path. */
const char *store_file(struct store *store, const char *name, const char *bytes, size_t length);

/* Runs SQL over a connection as another program would open it. */
void store_elsewhere(const char *path, const char *sql);

/* The next of numbers that look like chance and are the same in every run. */
unsigned store_number(void);

/* Adds a user with that name and role, in a transaction of its own; the address is made from a counter. */
int64_t store_user(struct store *store, const char *name, const char *role);

/* The user of that id. */
struct user store_user_by_id(struct store *store, int64_t id);

/*
 * An English public article published a day ago, with these words as its text: open for everyone, closed behind
 * the cut ("" for none). Change what the test is about, then store_save().
 */
struct post_save store_post(int64_t author_id, const char *slug, const char *title, const char *open,
	const char *closed);

/* Saves a post in a transaction of its own; its id. */
int64_t store_save(struct store *store, const struct post_save *save);

/* Saves a public article of that slug with these tags; its id. */
int64_t store_save_tagged(struct store *store, int64_t author_id, const char *slug, int64_t published, const char *lang,
	const char *const *tags, size_t count);

/* The post of that id. */
struct post store_post_by_id(struct store *store, int64_t id);

/* Gives a user a right from STORE_NOW - 10 days for good; scope as in struct grant. The right's id. */
int64_t store_grant(struct store *store, int64_t user_id, const char *scope, int64_t tag_or_post_id);

/* A viewer for a user at STORE_NOW; user_id 0: a stranger. */
struct viewer store_viewer(struct store *store, int64_t user_id);

#endif
