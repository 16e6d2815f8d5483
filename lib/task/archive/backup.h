/* Backups: the whole site as one tar file that can be restored without this program. For `renown backup` and job_backup.c. */
#ifndef TASK_ARCHIVE_BACKUP_H
#define TASK_ARCHIVE_BACKUP_H

#include <stdint.h>

#include "core/conf.h"
#include "store/db/db.h"

struct backup_report {
	/* Both may be NULL. */
	void (*copied)(void *context);                        /* one more media file was copied */
	void (*problem)(void *context, const char *sentence); /* a file is missing or damaged in the backup, which goes on */
	void *context;
	/* The result. */
	int64_t files, problems;
	const char *reason; /* the sentence why it failed; NULL: the status says why, and doing what failed */
	const char *doing;  /* "Copying the store" */
};

/*
 * Writes the database, the media files, renown.conf and a text on how to restore them, as a pax archive, into an open file, and
 * syncs it. Works while the site is in use: the database is copied in one moment, into a folder in the site's folder, and the
 * media are those of the copy. A media file that is missing or damaged is reported and does not end the backup. now: seconds
 * since 1970. Sentences live as long as the arena, except those given to problem().
 */
enum status backup_write(struct db *db, struct arena *arena, const struct conf *conf, int fd, int64_t now, struct backup_report *report);

#endif
