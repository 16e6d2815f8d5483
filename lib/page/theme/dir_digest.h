/* A digest of all files in a folder. */
#ifndef PAGE_THEME_DIR_DIGEST_H
#define PAGE_THEME_DIR_DIGEST_H

#include "core/arena.h"
#include "core/status.h"
#include "core/token.h"

enum dir_digest_of {
	DIR_CONTENTS, /* the bytes of the files */
	DIR_TIMES,    /* their sizes, times and inodes, which is fast: another digest when a file has changed */
};

/*
 * Adds the names (in byte order) of all files in a folder and its subfolders, with their contents or times. Names that
 * begin with a dot are skipped. INVALID when a file or folder cannot be read, or when there are more
 * than 2,000 files or 8 levels.
 */
enum status dir_digest(struct arena *arena, struct digest *digest, const char *folder, enum dir_digest_of of);

#endif
