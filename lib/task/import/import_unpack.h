/* Archives among the files that an author sends: one's own export, or a folder that was packed. */
#ifndef TASK_IMPORT_UNPACK_H
#define TASK_IMPORT_UNPACK_H

#include <stdbool.h>

#include "task/frontmatter/data_node.h"

/* What one archive may hold. */
enum { UNPACK_FILES = 5000, UNPACK_BYTES = 1024 * 1024 * 1024 };

/* ".zip", ".tar.gz", ".tgz", ".tar" */
bool import_unpack_is_archive(const char *name);

/* The folder that an archive in that folder becomes. */
const char *import_unpack_folder(struct arena *arena, const char *folder, const char *name);

/* Who hears of what is not taken out of an archive, by the archive and its name in it, and of names that were read as GB 18030. */
struct import_unpack_ears {
	void *context;
	void (*left_out)(void *context, const char *path, const struct data_node_problem *problem);
};

/*
 * Unpacks folder/name into import_unpack_folder(), all of it or nothing; what an earlier run has unpacked stays. Files only, at names that lead
 * out of nowhere; links and other names are left out. All that is left out is told, each time. INVALID with *ret_problem, FULL or FAULT.
 */
enum status import_unpack(struct arena *arena, const char *folder, const char *name, const struct import_unpack_ears *ears,
	struct data_node_problem *ret_problem);

/* Removes a folder with all that is in it; links are not followed. */
void import_unpack_remove(const char *path);

#endif
