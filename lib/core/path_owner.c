#include "core/path_owner.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"

enum { LINKS_MAX = 40 };

/* --- names ---------------------------------------------------------------------------- */

int
path_open_folder(struct arena *arena, const char *path, int *ret_folder, const char **ret_path, const char **ret_link)
{
	struct path_owner found;
	int number = path_owner_find(arena, path, &found);

	if (number == 0 && found.missing)
		number = ENOENT;
	if (number == 0 && !S_ISDIR(found.found.st_mode))
		number = ENOTDIR;
	if (number != 0)
		return number;
	if (geteuid() == 0 && found.links != PATH_ROOT) {
		*ret_link = found.link;
		return -1;
	}
	*ret_folder = fcntl(found.fd, F_DUPFD_CLOEXEC, 3);
	*ret_path = found.path;
	return *ret_folder < 0 ? errno : 0;
}

const char *
path_folder(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path ? "/" : arena_bytes(arena, path, (size_t)(slash - path));
}

const char *
path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

const char *
path_user_name(struct arena *arena, uid_t user)
{
	const struct passwd *entry = getpwuid(user);

	return entry == NULL ? arena_printf(arena, "%u", (unsigned)user) : arena_dup(arena, entry->pw_name);
}

/* --- below a folder ------------------------------------------------------------------- */

int
path_open_below(int folder, const char *path, int flags)
{
	int at = folder, next = -1, number;

	flags |= O_NOFOLLOW | O_CLOEXEC | (flags & O_PATH ? 0 : O_NONBLOCK | O_NOCTTY);
	if (*path == '\0')
		return openat(folder, ".", flags);
	for (;;) {
		size_t length = strcspn(path, "/");
		char name[NAME_MAX + 1];
		bool last = path[length] == '\0';
		errno = length > NAME_MAX ? ENAMETOOLONG : EINVAL;
		if (length == 0 || length > NAME_MAX || (length == 2 && path[0] == '.' && path[1] == '.'))
			next = -1;
		else {
			memcpy(name, path, length);
			name[length] = '\0';
			next = openat(at, name, last ? flags : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		}
		number = errno;
		if (at != folder)
			(void)close(at);
		errno = number;
		if (next < 0 || last)
			return next;
		at = next;
		path += length + 1;
	}
}

/* --- who controls a path ---------------------------------------------------------------- */

struct walk {
	struct arena *arena;
	struct path_owner found;
	const char *rest; /* the part of the path still to be followed */
	int links;
};

static void
close_walk(void *object)
{
	const struct path_owner *found = object;

	if (found->fd >= 0)
		(void)close(found->fd);
}

static uid_t
both(uid_t one, uid_t other)
{
	if (one == other || other == PATH_ROOT)
		return one;
	return one == PATH_ROOT ? other : PATH_MANY;
}

/* Groups other than root's may have members besides the owner, so write access for them counts. */
static bool
is_writable(const struct stat *found)
{
	return (found->st_mode & S_IWOTH) || ((found->st_mode & S_IWGRP) && found->st_gid != 0);
}

/*
 * Who can replace an entry of a folder. In a sticky folder (/tmp) that is the owner of the entry, besides the
 * folder's owner.
 */
static uid_t
controller(const struct stat *folder, const struct stat *entry)
{
	if (!is_writable(folder))
		return folder->st_uid;
	if (!(folder->st_mode & S_ISVTX))
		return PATH_MANY;
	return both(folder->st_uid, entry->st_uid);
}

static int
start_at(struct walk *walk, const char *folder)
{
	int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	if (walk->found.fd >= 0)
		(void)close(walk->found.fd);
	walk->found.fd = fd;
	walk->found.path = "";
	return fstat(fd, &walk->found.found) == 0 ? 0 : errno;
}

static void
move_to(struct walk *walk, int fd, const struct stat *found, const char *name)
{
	const char *path = walk->found.path;

	(void)close(walk->found.fd);
	walk->found.fd = fd;
	walk->found.found = *found;
	if (!str_equal(name, ".."))
		walk->found.path = arena_printf(walk->arena, "%s/%s", path, name);
	else
		walk->found.path = *path == '\0' ? "" : arena_bytes(walk->arena, path, (size_t)(strrchr(path, '/') - path));
}

/* Follows a symbolic link: its target is relative to the folder that contains it, or absolute. */
static int
follow(struct walk *walk, int fd, const struct stat *link, const char *name, uid_t names)
{
	char target[PATH_MAX];
	ssize_t length = readlinkat(fd, "", target, sizeof(target));
	int number = errno;

	(void)close(fd);
	if (length < 0)
		return number;
	if (length == 0 || length == (ssize_t)sizeof(target) || ++walk->links > LINKS_MAX)
		return length == 0 ? ENOENT : ELOOP;
	names = both(names, link->st_uid);
	if (names != PATH_ROOT && walk->found.link == NULL)
		walk->found.link = arena_printf(walk->arena, "%s/%s", walk->found.path, name);
	walk->found.links = both(walk->found.links, names);
	walk->found.names = both(walk->found.names, names);
	walk->rest = arena_printf(walk->arena, "%.*s/%s", (int)length, target, walk->rest);
	return target[0] == '/' ? start_at(walk, "/") : 0;
}

static int
step(struct walk *walk, const char *name)
{
	bool last = walk->rest[strspn(walk->rest, "/")] == '\0';
	int fd = openat(walk->found.fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	struct stat entry;
	uid_t names;

	if (fd < 0 && errno == ENOENT && last && !str_equal(name, "..")) {
		walk->found.missing = true;
		walk->found.path = arena_printf(walk->arena, "%s/%s", walk->found.path, name);
		return 0;
	}
	if (fd < 0)
		return errno;
	if (fstat(fd, &entry) != 0) {
		int number = errno;
		(void)close(fd);
		return number;
	}
	names = controller(&walk->found.found, &entry);
	if (S_ISLNK(entry.st_mode))
		return follow(walk, fd, &entry, name, names);
	walk->found.names = both(walk->found.names, names);
	move_to(walk, fd, &entry, name);
	return 0;
}

static int
walk_all(struct walk *walk)
{
	int number = start_at(walk, "/");

	while (number == 0) {
		const char *name = walk->rest + strspn(walk->rest, "/");
		size_t length = strcspn(name, "/");
		walk->rest = name + length;
		if (length == 0)
			break;
		name = arena_bytes(walk->arena, name, length);
		/* A slash after something that is not a folder is an error of openat(), as in the kernel's path lookup. */
		if (!str_equal(name, "."))
			number = step(walk, name);
	}
	if (number == 0 && *walk->found.path == '\0')
		walk->found.path = "/";
	return number;
}

int
path_owner_find(struct arena *arena, const char *path, struct path_owner *ret_found)
{
	struct walk *walk = arena_new_of(arena, struct walk);
	char here[PATH_MAX];
	int number;

	if (*path == '\0')
		return ENOENT;
	walk->arena = arena;
	walk->found.fd = -1;
	arena_cleanup(arena, close_walk, &walk->found);
	if (path[0] != '/' && getcwd(here, sizeof(here)) == NULL)
		return errno;
	walk->rest = path[0] == '/' ? path : arena_printf(arena, "%s/%s", here, path);
	number = walk_all(walk);
	if (number == 0)
		*ret_found = walk->found;
	return number;
}

bool
path_is_roots(const struct path_owner *found)
{
	return found->names == PATH_ROOT && found->found.st_uid == 0 && !is_writable(&found->found);
}
