/*
 * Where the site's database is, and what is asked about it from outside: whether it exists, its size, its owner, whose turn
 * it is to work. Nothing else uses conf.store, so that another database than a SQLite file would change this file only
 * (tests/static/layers.sh).
 */
#ifndef STORE_DB_LOCATION_H
#define STORE_DB_LOCATION_H

#include <sys/types.h>

#include "core/conf.h"
#include "store/db/db.h"

/* What to call the database in a message: the path of the file. */
const char *db_location(const struct conf *conf);

/* Sets where the database of a new site is: in the site's folder. Lives as long as the arena. */
void db_set_location(struct conf *conf, struct arena *arena, const char *folder);

/* db_open() for the site's database, then db_use_media() with the site's media folder and that function. */
enum status db_open_site(const struct conf *conf, enum db_mode mode,
	enum status (*settle_media)(struct db *db, struct arena *arena, int64_t media_id), struct db **ret_db, const char **ret_problem);

/* There is a database, and it is not empty. */
bool db_exists(const struct conf *conf);

/* Why this process cannot reach it: closed_sentence() of core/closed_folder.h, for its folders. NULL: no folder is closed. */
const char *db_closed(struct arena *arena, const struct conf *conf);

/* Who owns it; false when it does not exist. */
bool db_owner(const struct conf *conf, uid_t *ret_user);

/* How many bytes it takes on the disk, and what of it waits in the write-ahead log; 0 when it does not exist. */
int64_t db_bytes(const struct conf *conf);
int64_t db_log_bytes(struct arena *arena, const struct conf *conf);

/*
 * The files that hold it, by number, for a check of permissions: the first is always there, the others while it is in use.
 * And the folder that programs must be able to write.
 */
enum { DB_FILES = 3 };
const char *db_file(struct arena *arena, const struct conf *conf, size_t number);
const char *db_folder(struct arena *arena, const struct conf *conf);

/*
 * A file descriptor whose lock (flock(2)) one `renown work` at a time holds, to be beaten with heartbeat_beat(); -1 and errno when
 * it cannot be opened. Whether nobody works: see heartbeat_rests() in core/heartbeat.h.
 */
int db_open_work_lock(struct arena *arena, const struct conf *conf);
bool db_work_rests(struct arena *arena, const struct conf *conf, int64_t now);

#endif
