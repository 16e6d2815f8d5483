/* Archives in an upload: an export of this program, or a packed folder. */
#ifndef TASK_IMPORT_UNPACK_H
#define TASK_IMPORT_UNPACK_H

#include <stdbool.h>

#include "task/frontmatter/data_node.h"

/* Limits for one archive. */
enum { UNPACK_FILES = 5000, UNPACK_BYTES = 1024 * 1024 * 1024 };

/* True for ".zip", ".tar.gz", ".tgz" and ".tar". */
bool import_unpack_is_archive(const char *name);

/* The folder into which an archive in folder is unpacked. In the arena. */
const char *import_unpack_folder(struct arena *arena, const char *folder, const char *name);

/* Callback for entries that are left out, with "ARCHIVE: NAME IN IT" as path. left_out may be NULL. */
struct import_unpack_listener {
	void *context;
	void (*left_out)(void *context, const char *path, const struct data_node_problem *problem);
};

/*
 * Unpacks folder/name into import_unpack_folder(), completely or not at all. If an earlier run has unpacked it, its
 * files stay. Only regular files are unpacked, and only with paths that stay inside the folder; links are left out. All
 * entries that are left out are reported, each time. INVALID with *ret_problem for a damaged archive or one that
 * exceeds the limits; FULL or FAULT when writing fails.
 */
enum status import_unpack(struct arena *arena, const char *folder, const char *name, const struct import_unpack_listener *listener,
	struct data_node_problem *ret_problem);

#endif
