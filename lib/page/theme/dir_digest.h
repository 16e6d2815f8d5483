/* A digest of all files in a folder. */
#ifndef PAGE_THEME_DIR_DIGEST_H
#define PAGE_THEME_DIR_DIGEST_H

#include "core/arena.h"
#include "core/status.h"
#include "core/token.h"

/*
 * Adds the names (in byte order) and contents of all files in a folder and its subfolders. Names that
 * begin with a dot are skipped. INVALID when a file or folder cannot be read, or when there are more
 * than 2,000 files or 8 levels.
 */
enum status dir_digest(struct arena *arena, struct digest *digest, const char *folder);

#endif
