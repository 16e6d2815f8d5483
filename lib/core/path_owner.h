/*
 * Finds out who can change what a path leads to.
 *
 * A privileged program that opens a path inside another user's folder can be redirected: by a symbolic link
 * (CWE-59), or by another file put in place between a check and its use (CWE-367). These functions walk a path one
 * name at a time, open each entry without following links, and record who may replace it. The result is an open
 * descriptor, so it cannot be exchanged afterwards.
 */
#ifndef CORE_PATH_OWNER_H
#define CORE_PATH_OWNER_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "core/arena.h"

/* PATH_ROOT: only root can. PATH_MANY: several users can. Any other value: that user, besides root. */
#define PATH_ROOT ((uid_t)0)
#define PATH_MANY ((uid_t)-1)

struct path_owner {
	int fd;            /* O_PATH descriptor of what the path leads to; the arena closes it */
	bool missing;      /* the last name does not exist; fd, found and names then describe its folder */
	const char *path;  /* absolute, without symbolic links; includes a missing last name */
	struct stat found; /* of fd */
	uid_t names;       /* who can replace it, by write access to the folders of the path */
	uid_t links;       /* the same for the symbolic links on the path only; PATH_ROOT when there are none */
	const char *link;  /* a symbolic link on the path that a user other than root can change, or NULL */
};

/*
 * Follows an absolute or relative path as the kernel does. Returns 0 or an errno: ENOENT when more than the last
 * name is missing, ELOOP after 40 links, EACCES and so on. *ret_found is set only on 0.
 */
int path_owner_find(struct arena *arena, const char *path, struct path_owner *ret_found);

/*
 * True when the result belongs to root and nobody else can write to it or replace it. If it is missing, this is
 * about its folder.
 */
bool path_is_roots(const struct path_owner *found);

/*
 * Opens a folder that a user named (O_PATH), and returns its path without symbolic links. Returns 0 or an errno. Users
 * other than root may open what the kernel allows. Root does not follow a symbolic link of another user: -1, with the
 * link in *ret_link.
 */
int path_open_folder(struct arena *arena, const char *path, int *ret_folder, const char **ret_path, const char **ret_link);

/* The folder of a path, in the arena; "." for a plain name. */
const char *path_folder(struct arena *arena, const char *path);

/* The last name of a path; points into path. */
const char *path_name(const char *path);

/* The name of a user, such as "lin", or the number, such as "1004", of a user without a name. In the arena. */
const char *path_user_name(struct arena *arena, uid_t user);

/*
 * Opens a path below an open folder (O_PATH is enough). Returns a descriptor, or -1 with errno. No symbolic link is
 * followed: the result is ELOOP for a link at the end and ELOOP or ENOTDIR for one before it. With O_PATH a link at
 * the end is opened itself. An absolute path and a path that contains ".." give EINVAL; "" opens the folder.
 * Opening a pipe or a terminal does not block.
 */
int path_open_below(int folder, const char *path, int flags);

#endif
