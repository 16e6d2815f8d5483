#include "core/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/log.h"

struct file_lock {
	int fd; /* -1: released */
};

void
file_lock_release(struct file_lock *lock)
{
	if (lock == NULL || lock->fd < 0)
		return;
	(void)close(lock->fd);
	lock->fd = -1;
}

static void
release(void *lock)
{
	file_lock_release(lock);
}

enum status
file_lock_take(struct arena *arena, const char *path, struct file_lock **ret_lock)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct file_lock *lock;

	if (fd < 0) {
		log_line(LOG_WARNING, "file_lock", "%s: %s", path, strerror(errno));
		return FAULT;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		(void)close(fd);
		return BUSY;
	}
	lock = arena_new_of(arena, struct file_lock);
	lock->fd = fd;
	arena_cleanup(arena, release, lock);
	*ret_lock = lock;
	return OK;
}
