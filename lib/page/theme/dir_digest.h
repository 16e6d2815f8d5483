/* A folder of files as one digest. */
#ifndef PAGE_THEME_DIR_DIGEST_H
#define PAGE_THEME_DIR_DIGEST_H

#include "core/arena.h"
#include "core/status.h"
#include "core/token.h"

/*
 * Adds the names (in the order of their bytes) and contents of all files in a folder and the folders in
 * it; those whose name begins with a dot are no part of it. INVALID when one cannot be read, or
 * when there are more than 2,000 files or 8 levels.
 */
enum status dir_digest(struct arena *arena, struct digest *digest, const char *folder);

#endif
