/*
 * Who can change what a path leads to.
 *
 * A privileged program that opens a path in somebody else's folder can be led elsewhere: by a symbolic link (CWE-59), or by
 * another file that is put in its place between a check and its use (CWE-367). This walks a path one name at a time, opens each
 * without following a link, and notes for each who may replace it. What it returns is open, so it cannot be exchanged afterwards.
 */
#ifndef CORE_PATH_OWNER_H
#define CORE_PATH_OWNER_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "core/arena.h"

/* Nobody but root can: PATH_ROOT. One user besides root can: their number. Otherwise PATH_MANY. */
#define PATH_ROOT ((uid_t)0)
#define PATH_MANY ((uid_t)-1)

struct path_owner {
	int fd;            /* O_PATH of what the path leads to; closed by the arena */
	bool missing;      /* the last name of the path does not exist: fd, found and names are about the folder */
	const char *path;  /* absolute, without symbolic links; ends with the missing name */
	struct stat found; /* of fd */
	uid_t names;       /* who can put something else in its place, by the names on the way */
	uid_t links;       /* the same for the symbolic links on the way alone; PATH_ROOT when there are none */
	const char *link;  /* a symbolic link on the way that somebody else than root can change, or NULL */
};

/*
 * Follows a path, which may be relative, as the kernel would. 0, or an errno: ENOENT when more than its last name is missing,
 * ELOOP after 40 links, EACCES and so on.
 */
int path_owner_find(struct arena *arena, const char *path, struct path_owner *ret_found);

/* True when what was found belongs to root, and nobody else can write to it or replace it. With missing: so for its folder. */
bool path_is_roots(const struct path_owner *found);

/*
 * Opens a folder that somebody named (O_PATH), and gives its path without symbolic links. For others than root the kernel decides
 * what they may open; root must not be led by another user's symbolic link: -1 with that link. 0, or an errno.
 */
int path_open_folder(struct arena *arena, const char *path, int *ret_folder, const char **ret_path, const char **ret_link);

/* The folder of a path: "." for a name alone. */
const char *path_folder(struct arena *arena, const char *path);

/* The last name of a path. */
const char *path_name(const char *path);

/* "lin", or "1004" for a user without a name. */
const char *path_user_name(struct arena *arena, uid_t user);

/*
 * Opens what lies below an open folder (O_PATH will do) and returns a descriptor, or -1 with errno. No symbolic link is followed, on the way or at the
 * end: ELOOP, or ENOTDIR for one on the way; with O_PATH a link at the end is opened itself. A path that is absolute or holds ".." gives EINVAL; "" is
 * the folder. A pipe or a terminal does not hold the caller.
 */
int path_open_below(int folder, const char *path, int flags);

#endif
