/* Paths of files in an export. */
#include "task/export/export.h"

#include <string.h>

#include "core/field.h"
#include "core/str.h"
#include "core/text.h"

enum { DEEPEST = 20 };

/* The decoded path of an address, as the import looks for it. */
static char *
path_of(struct arena *arena, const char *address)
{
	char *path = arena_bytes(arena, address, strcspn(address, "?#"));
	size_t length = strlen(path);

	(void)field_decode(path, &length, false);
	path[length] = '\0';
	return path;
}

static int
levels_up(const char *path)
{
	int levels = 0;

	for (; str_starts(path, "../") || str_starts(path, "./"); path += path[1] == '.' ? 3 : 2)
		levels += path[1] == '.';
	return levels;
}

int
export_depth(const struct post_link *links, size_t count)
{
	int deepest = 0;

	for (size_t i = 0; i < count; i++) {
		int levels = links[i].media_id == 0 ? 0 : levels_up(links[i].address);
		if (levels > deepest)
			deepest = levels;
	}
	return deepest > DEEPEST ? DEEPEST : deepest;
}

/*
 * Joins a folder and a path and resolves "." and "..". NULL when the result would leave the archive or is
 * empty.
 */
static char *
clean(struct arena *arena, const char *folder, const char *path)
{
	char *parts[200], *rest = arena_printf(arena, "%s/%s", folder, path), *part;
	struct str clean = str_init(arena);
	size_t count = 0;

	while ((part = strsep(&rest, "/")) != NULL) {
		if (*part == '\0' || str_equal(part, "."))
			continue;
		if (str_equal(part, "..") && count-- == 0)
			return NULL;
		if (str_equal(part, ".."))
			continue;
		if (count == sizeof(parts) / sizeof(*parts))
			return NULL;
		parts[count++] = part;
	}
	for (size_t i = 0; i < count; i++)
		str_printf(&clean, "%s%s", i == 0 ? "" : "/", parts[i]);
	return count == 0 ? NULL : clean.bytes;
}

char *
export_path(struct arena *arena, const char *folder, const char *address)
{
	const char *path = path_of(arena, address);

	/* Addresses of the media library are the same in all texts, so such a file is written once. */
	if (str_starts(path, "/media/"))
		return clean(arena, "", path);
	return clean(arena, folder, path);
}
