#include "page/theme/dir_digest.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_MAX = 2000, DEEPEST_FOLDER = 8 };

struct files {
	struct arena *arena;
	const char *folder;
	const char *names[FILES_MAX]; /* below the folder */
	size_t count;
};

static enum status list_files(struct files *files, const char *below, int depth);

static enum status
list_entry(struct files *files, const char *name, int depth)
{
	struct stat info;

	if (stat(arena_printf(files->arena, "%s/%s", files->folder, name), &info) != 0)
		return INVALID;
	if (S_ISDIR(info.st_mode))
		return list_files(files, arena_printf(files->arena, "%s/", name), depth + 1);
	if (!S_ISREG(info.st_mode))
		return OK;
	if (files->count == FILES_MAX)
		return INVALID;
	files->names[files->count++] = name;
	return OK;
}

static enum status
list_files(struct files *files, const char *below, int depth)
{
	enum status status = OK;
	struct dirent *entry;
	DIR *dir;

	if (depth > DEEPEST_FOLDER)
		return INVALID;
	dir = opendir(arena_printf(files->arena, "%s/%s", files->folder, below));
	if (dir == NULL)
		return INVALID;
	while (status == OK && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			status = list_entry(files, arena_printf(files->arena, "%s%s", below, entry->d_name), depth);
	(void)closedir(dir);
	return status;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum status
digest_file(struct digest *digest, const char *path)
{
	char bytes[16 * 1024];
	size_t length;
	FILE *file = fopen(path, "re");
	bool failed;

	if (file == NULL)
		return INVALID;
	while ((length = fread(bytes, 1, sizeof(bytes), file)) > 0)
		digest_add(digest, bytes, length);
	failed = ferror(file) != 0;
	(void)fclose(file);
	return failed ? INVALID : OK;
}

/* The change time moves with every change, also when the other times are set back. */
static enum status
digest_times(struct digest *digest, const char *path)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return INVALID;
	const int64_t values[] = { (int64_t)info.st_dev, (int64_t)info.st_ino, info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec,
		info.st_ctim.tv_sec, info.st_ctim.tv_nsec };
	digest_add(digest, values, sizeof(values));
	return OK;
}

enum status
dir_digest(struct arena *arena, struct digest *digest, const char *folder, enum dir_digest_of of)
{
	struct files *files = arena_new_of(arena, struct files);

	files->arena = arena;
	files->folder = folder;
	TRY(list_files(files, "", 0));
	qsort(files->names, files->count, sizeof(files->names[0]), by_name);
	for (size_t i = 0; i < files->count; i++) {
		const char *path = arena_printf(arena, "%s/%s", folder, files->names[i]);
		digest_add(digest, files->names[i], strlen(files->names[i]) + 1);
		TRY(of == DIR_TIMES ? digest_times(digest, path) : digest_file(digest, path));
	}
	return OK;
}
