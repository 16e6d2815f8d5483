/* How long recordings last, found by mediainfo where that is installed: a child without environment and privileges. */
#ifndef TASK_MEDIA_DURATION_PROBE_H
#define TASK_MEDIA_DURATION_PROBE_H

#include "core/conf.h"
#include "store/db/db.h"

/*
 * Looks at what was not looked at yet, each in a transaction of its own, at most so many; all of them with 0. Does nothing without the
 * tool: then nobody is told how long they last, until it is there.
 */
enum status duration_probe_files(struct db *db, struct arena *arena, const struct conf *conf, int64_t most);

#endif
