/* Archives among the files that an author sends: one's own export, or a folder that was packed. */
#ifndef BIN_IMPORT_UNPACK_H
#define BIN_IMPORT_UNPACK_H

#include <stdbool.h>

#include "node.h"

/* What one archive may hold. */
enum { UNPACK_FILES = 5000, UNPACK_BYTES = 1024 * 1024 * 1024 };

/* ".zip", ".tar.gz", ".tgz", ".tar" */
bool unpack_is_archive(const char *name);

/* The folder that an archive in that folder becomes. */
const char *unpack_folder(struct arena *arena, const char *folder, const char *name);

/*
 * Unpacks folder/name into unpack_folder(), all of it or nothing; what an earlier run has done stays. Files only, at names that lead
 * out of nowhere; links are left out, and names that are no UTF-8 text. INVALID with *ret_problem, FULL or FAULT.
 */
enum status unpack(struct arena *arena, const char *folder, const char *name, struct node_problem *ret_problem);

/* Removes a folder with all that is in it; links are not followed. */
void unpack_remove(const char *path);

#endif
