/*
 * A lock file (flock(2)) that one process at a time holds. It limits how many processes do expensive work at the
 * same time. The kernel releases the lock when the process ends for any reason.
 */
#ifndef CORE_FILE_LOCK_H
#define CORE_FILE_LOCK_H

#include "core/arena.h"
#include "core/status.h"

struct file_lock;

/*
 * Takes the lock at path without waiting. Creates the file if it is missing. BUSY: another process holds it. FAULT,
 * logged: the file cannot be opened. file_lock_release() releases the lock; the arena does so at the latest.
 */
enum status file_lock_take(struct arena *arena, const char *path, struct file_lock **ret_lock);

/* Releases a lock. NULL and a lock that is already released are allowed. */
void file_lock_release(struct file_lock *lock);

#endif
