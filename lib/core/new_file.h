/*
 * A new file that gets its name once it is complete. Until then nobody can put another file in its place, and nothing is left of it
 * when the process is killed. Where the file system has no files without a name (O_TMPFILE), or /proc is missing, through which
 * such a file gets its name, it has a name that nobody can guess, "NAME.unfinished-…", until then.
 */
#ifndef CORE_NEW_FILE_H
#define CORE_NEW_FILE_H

#include <stdbool.h>

#include "core/arena.h"

struct new_file {
	int folder;        /* where it will be; -1: nowhere */
	int fd;            /* to be written; mode 0600 */
	const char *name;  /* once it is kept */
	const char *draft; /* until then; NULL: it has none */
	bool kept;
};

/*
 * Begins a file with that name, which lives as long as the arena, in an open folder (O_PATH will do). Takes the descriptor of the
 * folder over, whatever it returns. 0, or an errno: EEXIST when there is such a file. On success new_file_end() is to be called.
 */
int new_file_begin(struct arena *arena, int folder, const char *name, struct new_file *ret_file);

/*
 * Gives the written file its name, which nobody else has taken, and syncs its folder. The caller has synced the file. 0 or an
 * errno: EEXIST when there is such a file meanwhile.
 */
int new_file_keep(struct new_file *file);

/* Closes it; a file that was not kept is gone. May be called again. */
void new_file_end(struct new_file *file);

#endif
