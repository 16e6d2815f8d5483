/* Backups of the whole site, by the command line and in the background. */
#ifndef BIN_RENOWN_BACKUP_H
#define BIN_RENOWN_BACKUP_H

#include "command.h"

/* Writes the site as a tar archive into an open file, and syncs it; DONE, or FAILED and said why. ret_problems: files that are not whole in it. */
int backup_write(struct context *context, int fd, int64_t *ret_files, int64_t *ret_problems);

/*
 * Jobs of the background. The backup that somebody asked for in a form, if any, into the site's folder "backup"; older ones
 * than the setting backups_kept keeps are removed.
 */
enum status job_backup(struct db *db, struct arena *arena, const struct conf *conf, int64_t now);

#endif
