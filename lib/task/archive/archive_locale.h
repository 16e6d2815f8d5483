/*
 * libarchive converts the names in an archive by the locale of the process. Ours is "C", in which a Chinese name is
 * invalid (and setting another locale for the process ends it). Between archive_names_begin() and archive_names_end()
 * the locale is UTF-8, only for this thread and only for characters.
 */
#ifndef TASK_ARCHIVE_LOCALE_H
#define TASK_ARCHIVE_LOCALE_H

#include <locale.h>

#include "core/arena.h"

struct archive_locale {
	locale_t used, before; /* used: 0 when this system has no such locale */
};

/*
 * A name that is not UTF-8, decoded as GB 18030. Chinese Windows writes such names to zip files, which do not record
 * the encoding. In the arena; NULL when it is not GB 18030 either.
 */
const char *archive_name_read(struct arena *arena, const char *bytes);

/* Set and restore the locale of this thread. Both do nothing on a system without such a locale. */
struct archive_locale archive_names_begin(void);
void archive_names_end(struct archive_locale *names);

#endif
