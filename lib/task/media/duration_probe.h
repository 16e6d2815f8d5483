/*
 * Determines the duration of recordings with mediainfo, if it is installed. It runs as a child process without
 * environment and privileges.
 */
#ifndef TASK_MEDIA_DURATION_PROBE_H
#define TASK_MEDIA_DURATION_PROBE_H

#include "core/conf.h"
#include "store/db/db.h"

/*
 * Processes at most `most` recordings (0: all) whose duration is unknown, each in a transaction of its own. Without
 * mediainfo nothing is done; the durations stay unknown until it is installed.
 */
enum status duration_probe_files(struct db *db, struct arena *arena, const struct conf *conf, int64_t most);

#endif
