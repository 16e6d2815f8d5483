/*
 * Where the site's database is, and facts about it from the outside: whether it exists, its size, its owner, and the
 * lock of `renown work`. No other file uses conf.store, so that another kind of database would change only this file
 * (tests/static/layers.sh checks this).
 */
#ifndef STORE_DB_LOCATION_H
#define STORE_DB_LOCATION_H

#include <sys/types.h>

#include "core/conf.h"
#include "store/db/db.h"

/* The name of the database for messages: the path of its file. */
const char *db_location(const struct conf *conf);

/* Sets the path of a new site's database, in the site's folder. The path is in the arena. */
void db_set_location(struct conf *conf, struct arena *arena, const char *folder);

/* Opens the site's database with db_open(), then calls db_use_media() with the site's media folder and settle_media. */
enum status db_open_site(const struct conf *conf, enum db_mode mode,
	enum status (*settle_media)(struct db *db, struct arena *arena, int64_t media_id), struct db **ret_db, const char **ret_problem);

/* Whether the database exists and is not empty. */
bool db_exists(const struct conf *conf);

/*
 * Why this process cannot reach the database: the message of folder_access_message() (core/folder_access.h), in the arena.
 * NULL when every folder of its path can be entered.
 */
const char *db_unreachable_reason(struct arena *arena, const struct conf *conf);

/* Gets the user who owns the database file. False when it does not exist. */
bool db_owner(const struct conf *conf, uid_t *ret_user);

/* The size of the database file in bytes, and the size of its write-ahead log. 0 when the file does not exist. */
int64_t db_bytes(const struct conf *conf);
int64_t db_log_bytes(struct arena *arena, const struct conf *conf);

/*
 * The files of the database by number, from 0, for a check of permissions, and the folder that programs must be able
 * to write to. The first file always exists, the others only while the database is in use. In the arena.
 */
enum { DB_FILES = 3 };
const char *db_file(struct arena *arena, const struct conf *conf, size_t number);
const char *db_folder(struct arena *arena, const struct conf *conf);

/*
 * Opens the file whose lock (flock(2)) is held by the one running `renown work`. Returns a descriptor for
 * heartbeat_beat(), or -1 with errno.
 */
int db_open_work_lock(struct arena *arena, const struct conf *conf);
bool db_worker_is_stopped(struct arena *arena, const struct conf *conf, int64_t now);
/* Whether no `renown work` is running, see heartbeat_is_stale() in core/heartbeat.h. */

#endif
