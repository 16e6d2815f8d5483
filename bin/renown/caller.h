/*
 * Paths that the command line names: the folder of `renown import`, the file of `renown backup` and `renown export`.
 *
 * They are opened with the rights of whoever typed the command, the caller; the site's files with the rights of the site's user
 * (site_user.h). When root is the caller and the site belongs to another user, these are two users: then a second process stays
 * behind as root. All it does is what the functions below say, for the one folder and the one file that were named.
 * A command with such a path has an opener (command.h), which calls caller_read_folder() or caller_new_file(). It runs before
 * anything of the site is touched. The command itself then uses the other functions.
 */
#ifndef BIN_RENOWN_CALLER_H
#define BIN_RENOWN_CALLER_H

#include <stdbool.h>

#include "core/arena.h"
#include "task/import/import.h"

struct caller;

/* --- before the site is entered ----------------------------------------------------------- */

/*
 * A folder whose files will be read. DONE, or FAILED and said why: also when root would be led through a symbolic link that
 * another user can change.
 */
int caller_read_folder(struct arena *arena, const char *word, struct caller **caller);

/*
 * A new file, mode 0600, that has no name before caller_keep(). DONE, or FAILED and said why: it exists already, it cannot be
 * written, or as above.
 */
int caller_new_file(struct arena *arena, const char *word, struct caller **caller);

/* --- while the site is entered ------------------------------------------------------------- */

/* Before this process becomes another user: leaves the other process behind. caller may be NULL. 0 or an errno. */
int caller_stay(struct caller *caller);

/* At the end, whatever happened: a file that was not kept is gone. caller may be NULL. */
void caller_end(struct caller *caller);

/* --- for commands --------------------------------------------------------------------------- */

/*
 * Opens what lies below the folder, "" for the folder itself; no symbolic link is followed. A descriptor, or -1 with errno. caller: struct
 * caller, as struct import_options wants it.
 */
int caller_open(void *caller, const char *path, enum import_open_kind kind);

/* The folder's path, absolute and without symbolic links: for messages. */
const char *caller_folder(const struct caller *caller);

/* The new file, to be written. It is closed by caller_end(). */
int caller_file(const struct caller *caller);

/*
 * Gives the written file its name, which nobody else has taken, and syncs its folder. The caller of this has synced the file.
 * 0 or an errno: EEXIST when there is such a file meanwhile.
 */
int caller_keep(struct caller *caller);

#endif
