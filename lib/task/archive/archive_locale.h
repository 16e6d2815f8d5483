/*
 * libarchive turns the names in an archive by the locale of the process, and ours is "C", in which a name in Chinese is none (and setting
 * one ends the process). Between these two calls it is UTF-8, for this thread and for characters only.
 */
#ifndef TASK_ARCHIVE_LOCALE_H
#define TASK_ARCHIVE_LOCALE_H

#include <locale.h>

#include "core/arena.h"

struct archive_locale {
	locale_t used, before; /* used: 0 when this system has no such locale */
};

/*
 * A name that is no UTF-8, read as GB 18030: Windows in Chinese writes such names into zip files, which do not say so. NULL when it
 * is not that either.
 */
const char *archive_name_read(struct arena *arena, const char *bytes);

struct archive_locale archive_names_begin(void);
void archive_names_end(struct archive_locale *names);

#endif
