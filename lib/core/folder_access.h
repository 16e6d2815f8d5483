/*
 * Finds the folder whose permissions keep this process from a file. Without this check the file would only look
 * unreadable or missing.
 */
#ifndef CORE_FOLDER_ACCESS_H
#define CORE_FOLDER_ACCESS_H

#include "core/arena.h"

/* The topmost folder of an absolute path that this process may not enter, in the arena; NULL when there is none. */
const char *folder_access_denied(struct arena *arena, const char *path);

/* The name of the process's effective user, or its number if it has no name. In the arena. */
const char *folder_access_user(struct arena *arena);

/*
 * A message without a full stop that names that folder and the user and says what to do; NULL when every folder of
 * the path can be entered. In the arena.
 */
const char *folder_access_message(struct arena *arena, const char *path);

#endif
