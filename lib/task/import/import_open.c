/* Opens the input of an import, with the rights of the person who named the folder and without following links. */
#include "task/import/import_internal.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/path_owner.h"

/* Opens a path with this process's rights: for uploads and sample content. */
static int
open_here(const struct import *import, const char *path, enum import_open_kind kind)
{
	int flags = kind == IMPORT_OPEN_FOLDER ? O_RDONLY | O_DIRECTORY : kind == IMPORT_OPEN_FILE ? O_RDONLY : O_PATH;
	int folder = open(import->options.folder, O_PATH | O_DIRECTORY | O_CLOEXEC), fd;

	if (folder < 0)
		return -1;
	fd = path_open_below(folder, path, flags);
	(void)close(folder);
	return fd;
}

int
import_open(const struct import *import, const char *path, enum import_open_kind kind)
{
	return import->options.open != NULL ? import->options.open(import->options.caller, path, kind) : open_here(import, path, kind);
}

bool
import_stat(const struct import *import, const char *path, struct stat *ret_found)
{
	int fd = import_open(import, path, IMPORT_OPEN_LOOK);
	bool there = fd >= 0 && fstat(fd, ret_found) == 0;

	if (fd >= 0)
		(void)close(fd);
	return there;
}
