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
file_lock_release(struct file_lock *slot)
{
	if (slot == NULL || slot->fd < 0)
		return;
	(void)close(slot->fd);
	slot->fd = -1;
}

static void
release(void *slot)
{
	file_lock_release(slot);
}

enum status
file_lock_take(struct arena *arena, const char *path, struct file_lock **ret_slot)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct file_lock *slot;

	if (fd < 0) {
		log_line(LOG_WARNING, "slot", "%s: %s", path, strerror(errno));
		return FAULT;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		(void)close(fd);
		return BUSY;
	}
	slot = arena_new_of(arena, struct file_lock);
	slot->fd = fd;
	arena_cleanup(arena, release, slot);
	*ret_slot = slot;
	return OK;
}
