/*
 * A lock file (flock(2)) that one process at a time holds, to bound how many do something costly at the same time. The kernel releases
 * it when its holder ends, however that happens.
 */
#ifndef CORE_FILE_LOCK_H
#define CORE_FILE_LOCK_H

#include "core/arena.h"
#include "core/status.h"

struct file_lock;

/*
 * Takes the lock at path, without waiting; the file is made when it is missing. BUSY: another holds it. FAULT, logged: there can be
 * no such file. The slot is released by file_lock_release(), and at the latest with the arena.
 */
enum status file_lock_take(struct arena *arena, const char *path, struct file_lock **ret_slot);

/* NULL, and a slot that was released before, are fine. */
void file_lock_release(struct file_lock *slot);

#endif
