/*
 * Paths outside the site that the command line names: the folder of `renown import`, the file of `renown backup` and
 * `renown export`, the file of `renown spam`.
 *
 * They are opened with the rights of the caller, the user who typed the command. The site's files are opened with the
 * rights of the site's user (site_user.h). If root calls the command and the site belongs to another user, these are
 * two users. A second process then stays behind as root. It does only what the functions below describe, for the one
 * folder or file that was named.
 *
 * A command with such a path has an opener (command.h), which calls caller_read_folder() or caller_new_file(). It runs
 * before anything of the site is opened. The command itself then uses the other functions.
 */
#ifndef BIN_RENOWN_CALLER_H
#define BIN_RENOWN_CALLER_H

#include <stdbool.h>

#include "core/arena.h"
#include "task/import/import.h"

struct caller;

/* --- before the site is opened ------------------------------------------------------------ */

/*
 * Opens a folder to read its files. DONE, or FAILED with the reason printed. It also fails when root would have to
 * follow a symbolic link that another user can change.
 */
int caller_read_folder(struct arena *arena, const char *word, struct caller **caller);

/*
 * Creates a file with mode 0600 that has no name before caller_keep(). DONE, or FAILED with the reason printed: the
 * file exists, it cannot be written, or as above.
 */
int caller_new_file(struct arena *arena, const char *word, struct caller **caller);

/*
 * Opens a regular file to read it. DONE, or FAILED with the reason printed. Root follows no symbolic link in its name, and fails
 * as above for the folders above it.
 */
int caller_read_file(struct arena *arena, const char *word, struct caller **caller);

/* --- while the site is opened -------------------------------------------------------------- */

/*
 * Leaves the other process behind. Call this before the process becomes another user. caller may be NULL. Returns 0 or
 * an errno.
 */
int caller_keep_root(struct caller *caller);

/* Call this at the end in all cases. A file that was not kept is removed. caller may be NULL. */
void caller_end(struct caller *caller);

/* --- for commands --------------------------------------------------------------------------- */

/*
 * Opens a path below the folder, "" for the folder itself; symbolic links are not followed. Returns a descriptor, or -1
 * with errno. caller is a struct caller; its type is that of struct import_options.
 */
int caller_open(void *caller, const char *path, enum import_open_kind kind);

/* The folder's absolute path without symbolic links, for messages. */
const char *caller_folder(const struct caller *caller);

/* The descriptor of the new file. caller_end() closes it. */
int caller_file(const struct caller *caller);

/* The descriptor of the file that is read. caller_end() closes it. */
int caller_input(const struct caller *caller);

/*
 * Gives the written file its name and syncs its folder. Sync the file before you call this. Returns 0 or an errno:
 * EEXIST when a file of that name was created in the meantime.
 */
int caller_keep(struct caller *caller);

#endif
