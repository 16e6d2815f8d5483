#include "store/db/db_location.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "core/folder_access.h"
#include "core/heartbeat.h"

enum { LOCK_MODE = 0600 };

const char *
db_location(const struct conf *conf)
{
	return conf->store;
}

void
db_set_location(struct conf *conf, struct arena *arena, const char *folder)
{
	conf->store = arena_printf(arena, "%s/renown.db", folder);
}

enum status
db_open_site(const struct conf *conf, enum db_mode mode, enum status (*settle_media)(struct db *db, struct arena *arena, int64_t media_id),
	struct db **ret_db, const char **ret_problem)
{
	TRY(db_open(conf->store, mode, ret_db, ret_problem));
	db_use_media(*ret_db, conf->media, settle_media);
	return OK;
}

bool
db_exists(const struct conf *conf)
{
	struct stat found;

	return stat(conf->store, &found) == 0 && found.st_size > 0;
}

const char *
db_unreachable_reason(struct arena *arena, const struct conf *conf)
{
	return folder_access_message(arena, conf->store);
}

bool
db_owner(const struct conf *conf, uid_t *ret_user)
{
	struct stat found;

	if (stat(conf->store, &found) != 0)
		return false;
	*ret_user = found.st_uid;
	return true;
}

static int64_t
bytes_of(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0 ? (int64_t)found.st_size : 0;
}

int64_t
db_bytes(const struct conf *conf)
{
	return bytes_of(conf->store);
}

int64_t
db_log_bytes(struct arena *arena, const struct conf *conf)
{
	return bytes_of(arena_printf(arena, "%s-wal", conf->store));
}

const char *
db_file(struct arena *arena, const struct conf *conf, size_t number)
{
	static const char *const ends[DB_FILES] = { "", "-wal", "-shm" };

	return arena_printf(arena, "%s%s", conf->store, ends[number]);
}

const char *
db_folder(struct arena *arena, const struct conf *conf)
{
	const char *slash = strrchr(conf->store, '/');

	/* The path is absolute, so there is a slash. */
	return slash == conf->store ? "/" : arena_bytes(arena, conf->store, (size_t)(slash - conf->store));
}

int
db_open_work_lock(struct arena *arena, const struct conf *conf)
{
	return open(heartbeat_path(arena, conf->store), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, LOCK_MODE);
}

bool
db_worker_is_stopped(struct arena *arena, const struct conf *conf, int64_t now)
{
	return heartbeat_is_stale(arena, conf->store, now);
}
