#include "core/heartbeat.h"

#include <sys/stat.h>

#include "core/clock.h"

char *
heartbeat_path(struct arena *arena, const char *store)
{
	return arena_printf(arena, "%s.work", store);
}

void
heartbeat_beat(int fd)
{
	const struct timespec now = { .tv_sec = (time_t)clock_now() };
	const struct timespec times[] = { now, now };

	(void)futimens(fd, times);
}

bool
heartbeat_is_stale(struct arena *arena, const char *store, int64_t now)
{
	struct stat found;

	return stat(heartbeat_path(arena, store), &found) != 0 || (int64_t)found.st_mtime + HEARTBEAT_SECONDS <= now;
}
