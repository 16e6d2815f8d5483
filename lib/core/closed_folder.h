/* A folder that the user of this process may not pass: the file behind it looks as if it could not be opened, or were gone. */
#ifndef CORE_CLOSED_FOLDER_H
#define CORE_CLOSED_FOLDER_H

#include "core/arena.h"

/* The topmost folder on the way to an absolute path that this process may not enter, in the arena; NULL when there is none. */
const char *closed_folder(struct arena *arena, const char *path);

/* The name of the user that this process acts as, or the number of one without a name. In the arena. */
const char *closed_user(struct arena *arena);

/*
 * A sentence without a full stop that names that folder and the user, and says what to do; NULL when no folder on the way to
 * path is closed. In the arena.
 */
const char *closed_sentence(struct arena *arena, const char *path);

#endif
