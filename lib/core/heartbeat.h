/*
 * Whether somebody works in the background. `renown work` takes turns by the lock of a file beside the store, and touches that file
 * as it begins each job; a page that shows what waits for it looks at the file's time.
 */
#ifndef CORE_HEARTBEAT_H
#define CORE_HEARTBEAT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

/* Seconds without a beat after which nobody works: longer than the longest job, a backup of a large site, and than cron's five minutes. */
enum { HEARTBEAT_SECONDS = 15 * 60 };

/* The file of that store; it need not exist. */
char *heartbeat_path(struct arena *arena, const char *store);

/* Somebody works, now. fd: that file, open for writing. */
void heartbeat_beat(int fd);

/* Nobody has worked for HEARTBEAT_SECONDS, or ever. */
bool heartbeat_rests(struct arena *arena, const char *store, int64_t now);

#endif
