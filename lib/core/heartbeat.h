/*
 * Shows whether `renown work` is running. It locks a file beside the database so that only one instance runs, and
 * touches the file when it begins each job. Pages read the file's time to warn about jobs that nobody runs.
 */
#ifndef CORE_HEARTBEAT_H
#define CORE_HEARTBEAT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

/*
 * Seconds without a heartbeat after which no worker is assumed to run. Longer than the longest job (a backup of a
 * large site) and than the 5 minutes between cron runs.
 */
enum { HEARTBEAT_SECONDS = 15 * 60 };

/* The path of the heartbeat file of a database, in the arena. The file need not exist. */
char *heartbeat_path(struct arena *arena, const char *store);

/* Records a heartbeat now. fd: the heartbeat file, open for writing. Errors are ignored. */
void heartbeat_beat(int fd);

/* True when there was no heartbeat in the last HEARTBEAT_SECONDS, or never. */
bool heartbeat_is_stale(struct arena *arena, const char *store, int64_t now);

#endif
