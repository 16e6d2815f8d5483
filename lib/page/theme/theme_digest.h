/* The digest of a theme's files, which is its build (theme_build()). */
#ifndef PAGE_THEME_THEME_DIGEST_H
#define PAGE_THEME_THEME_DIGEST_H

#include "core/arena.h"
#include "core/status.h"
#include "page/theme/dir_digest.h"

enum { THEME_DIGEST_LENGTH = 16 };

/*
 * A digest of the files in a theme's folder and in the default theme's, THEME_DIGEST_LENGTH hexadecimal digits, in the arena. Both are real
 * paths, and the same for the default theme. With DIR_CONTENTS it is the theme's build. INVALID as dir_digest().
 */
enum status theme_digest(struct arena *arena, const char *folder, const char *default_folder, enum dir_digest_of of, const char **ret_digest);

#endif
