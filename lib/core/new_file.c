#include "core/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/token.h"

enum { FILE_MODE = 0600 };

static int
make_file(struct arena *arena, struct new_file *file)
{
	const char *own;

	file->fd = openat(file->folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, FILE_MODE);
	if (file->fd >= 0) {
		own = arena_printf(arena, "/proc/self/fd/%d", file->fd);
		if (access(own, F_OK) == 0)
			return 0;
		(void)close(file->fd);
	}
	file->draft = arena_printf(arena, "%.200s.unfinished-%s", file->name, token_short(arena));
	file->fd = openat(file->folder, file->draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
	return file->fd >= 0 ? 0 : errno;
}

int
new_file_begin(struct arena *arena, int folder, const char *name, struct new_file *ret_file)
{
	struct new_file file = { .folder = folder, .fd = -1, .name = name };
	struct stat found;
	int number = fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0 ? EEXIST : make_file(arena, &file);

	if (number == 0)
		*ret_file = file;
	else
		(void)close(folder);
	return number;
}

/* link() never replaces a file. A file without a name gets one through its descriptor: it is the one that was written. */
static int
link_file(const struct new_file *file)
{
	char own[32];
	int length;

	if (file->draft != NULL)
		return linkat(file->folder, file->draft, file->folder, file->name, 0);
	length = snprintf(own, sizeof(own), "/proc/self/fd/%d", file->fd);
	return length < (int)sizeof(own) ? linkat(AT_FDCWD, own, file->folder, file->name, AT_SYMLINK_FOLLOW) : -1;
}

/* Whoever may write in the folder can have exchanged a draft that has a name. */
static bool
is_our_file(const struct new_file *file)
{
	struct stat ours, named;

	return fstat(file->fd, &ours) == 0 && fstatat(file->folder, file->name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
		ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

int
new_file_keep(struct new_file *file)
{
	int folder, number = 0;

	if (file->folder < 0 || file->kept)
		return EBADF;
	if (link_file(file) != 0)
		return errno;
	if (!is_our_file(file))
		return EEXIST;
	file->kept = true;
	folder = openat(file->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0 || fsync(folder) != 0)
		number = errno;
	if (folder >= 0)
		(void)close(folder);
	return number;
}

void
new_file_end(struct new_file *file)
{
	int *const files[] = { &file->folder, &file->fd };

	if (file->draft != NULL && file->folder >= 0 && file->fd >= 0)
		(void)unlinkat(file->folder, file->draft, 0);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		if (*files[i] >= 0)
			(void)close(*files[i]);
		*files[i] = -1;
	}
}
