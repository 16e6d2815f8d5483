#include "core/folder_remove.h"

#include <ftw.h>
#include <stdio.h>

enum { FOLDERS_AT_ONCE = 16 };

static int
remove_one(const char *path, const struct stat *found, int type, struct FTW *place)
{
	(void)found;
	(void)type;
	(void)place;
	(void)remove(path);
	return 0;
}

void
folder_remove(const char *path)
{
	(void)nftw(path, remove_one, FOLDERS_AT_ONCE, FTW_DEPTH | FTW_PHYS);
}
