/* Removes a folder with everything in it. */
#ifndef CORE_FOLDER_REMOVE_H
#define CORE_FOLDER_REMOVE_H

/*
 * Removes the folder or file at this path, and everything below it. Follows no symbolic link, but the last part of the path must not be
 * replaceable by another user. What cannot be removed stays, without a message: the caller tries again later.
 */
void folder_remove(const char *path);

#endif
