/* Lists every file below a folder. Symbolic links are not followed, so nothing outside the folder is read. */
#include "task/import/import.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"

enum { DEEPEST_FOLDER = 64, LONGEST_PATH = 4000 };

/* --- paths --------------------------------------------------------------------- */

const char *
import_clean_path(struct arena *arena, const char *folder, const char *path)
{
	char *joined = path[0] == '/' ? arena_dup(arena, path) : arena_printf(arena, "%s/%s", folder, path);
	struct str clean = str_init(arena);
	char *state = NULL;

	for (char *part = strtok_r(joined, "/", &state); part != NULL; part = strtok_r(NULL, "/", &state)) {
		char *slash;
		if (str_equal(part, "."))
			continue;
		if (!str_equal(part, "..")) {
			if (clean.length > 0)
				str_add_char(&clean, '/');
			str_add(&clean, part);
			continue;
		}
		if (clean.length == 0)
			return NULL;
		slash = strrchr(clean.bytes, '/');
		clean.length = slash == NULL ? 0 : (size_t)(slash - clean.bytes);
		clean.bytes[clean.length] = '\0';
	}
	return clean.bytes;
}

/* --- visiting the folders ------------------------------------------------------- */

static void
add_file(struct import *import, struct import_file *file)
{
	if (import->count == import->room) {
		size_t room = import->room == 0 ? 256 : import->room * 2;
		struct import_file **files = arena_array(import->arena, room, sizeof(*files));
		if (import->count > 0)
			memcpy(files, import->files, import->count * sizeof(*files));
		import->files = files;
		import->room = room;
	}
	import->files[import->count++] = file;
}

static void
add_other(struct import *import, const char *path)
{
	if (import->other_count == import->other_room) {
		size_t room = import->other_room == 0 ? 64 : import->other_room * 2;
		const char **paths = arena_array(import->arena, room, sizeof(*paths));
		if (import->other_count > 0)
			memcpy(paths, import->other_paths, import->other_count * sizeof(*paths));
		import->other_paths = paths;
		import->other_room = room;
	}
	import->other_paths[import->other_count++] = path;
	(void)map_put(import->others, path, (void *)(uintptr_t)path);
}

void
import_leave_out(struct import *import, const char *path, const char *words)
{
	const struct import_listener *listener = &import->options.listener;
	const struct data_node_problem problem = { .words = words };

	import->left_out++;
	if (listener->left_out != NULL)
		listener->left_out(listener->context, path, &problem);
	else
		conversion_warnings_add_to(import->warnings, CONVERSION_WARNINGS_LEFT_OUT, words, path, 0, NULL);
}

static bool
is_scanned(const struct import *import, const char *path)
{
	size_t length = strlen(import->scanned);

	return length == 0 || (strncmp(path, import->scanned, length) == 0 && path[length] == '/');
}

/*
 * Hidden files belong to programs and are not read. Two files of Eleventy are remembered, because they may say that
 * texts are not public.
 */
static void
scan_irregular(struct import *import, const char *path, const char *name, const struct stat *found)
{
	if (S_ISREG(found->st_mode) && (str_equal(name, ".eleventyignore") || str_equal(name, ".eleventy.js"))) {
		struct import_path *item = arena_new_of(import->arena, struct import_path);
		*item = (struct import_path){ .next = import->eleventy_files, .path = path };
		import->eleventy_files = item;
	}
	if (import_is_markdown(name))
		import_leave_out(import, path, S_ISREG(found->st_mode) ? N_("hidden file, which is not read") : N_("not a regular file"));
}

static void
scan_other(struct import *import, const char *path, const char *name)
{
	const char *why = import_is_markdown(name) ? N_("outside the folder that holds the site's texts") : import_unread(name);

	add_other(import, path);
	if (why != NULL && (import_is_markdown(name) || is_scanned(import, path)))
		import_leave_out(import, path, why);
}

static enum status walk(struct import *import, const char *path, int depth);

/* Handles one name in a folder. */
static enum status
meet(struct import *import, const char *folder, const char *name, int depth)
{
	const char *path = *folder == '\0' ? arena_dup(import->arena, name)
		: arena_printf(import->arena, "%s/%s", folder, name);
	struct stat found;

	if (!import_stat(import, path, &found))
		return OK; /* deleted in the meantime */
	if (S_ISLNK(found.st_mode)) {
		conversion_warnings_add(import->warnings, N_("symbolic link, skipped"), path, 0, NULL);
		return OK;
	}
	if (S_ISDIR(found.st_mode) && !import_is_foreign(import->layout, name, depth))
		return walk(import, path, depth + 1);
	/* The path is stored in the database as part of post.source. */
	if (strlen(path) > LONGEST_PATH || !text_keeps_all(path, strlen(path), TEXT_LINE)) {
		import_refuse_path(import, path, N_("the file name is not UTF-8; rename the file"), NULL);
		return OK;
	}
	if (S_ISDIR(found.st_mode))
		import_leave_out(import, path, N_("folder of a program or theme, which is not read"));
	else if (!S_ISREG(found.st_mode) || name[0] == '.')
		scan_irregular(import, path, name, &found);
	else if (import_is_markdown(name) && is_scanned(import, path))
		add_file(import, import_describe(import, path, &found));
	else
		scan_other(import, path, name);
	return OK;
}

static enum status
walk(struct import *import, const char *path, int depth)
{
	int fd = import_open(import, path, IMPORT_OPEN_FOLDER);
	enum status status = OK;
	const struct dirent *found;
	DIR *folder;

	if (depth > DEEPEST_FOLDER) {
		if (fd >= 0)
			(void)close(fd);
		import_refuse_path(import, path, N_("folders are nested too deeply"), NULL);
		return OK;
	}
	folder = fd < 0 ? NULL : fdopendir(fd);
	if (folder == NULL) {
		import_refuse_path(import, path, N_("cannot be read: %s"), strerror(errno));
		return *path == '\0' ? NOT_FOUND : OK;
	}
	while (status == OK && (found = readdir(folder)) != NULL)
		if (!str_equal(found->d_name, ".") && !str_equal(found->d_name, ".."))
			status = meet(import, path, found->d_name, depth);
	(void)closedir(folder);
	return status;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp((*(struct import_file *const *)a)->path, (*(struct import_file *const *)b)->path);
}

/* --- detecting the system -------------------------------------------------------- */

static bool
holds(const struct import *import, const char *name)
{
	struct stat found;

	return import_stat(import, name, &found);
}

static void
find_layout(struct import *import)
{
	static const char *const hugo[] = { "zola.toml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml",
		"config.yaml", "config.yml", "config.json", "config", "archetypes", NULL };

	if (holds(import, "source/_posts") && (holds(import, "_config.yml") || holds(import, "scaffolds") || holds(import, "themes"))) {
		import->layout = LAYOUT_HEXO;
		import->scanned = "source";
		return;
	}
	if (holds(import, "_config.yml") || holds(import, "_posts"))
		import->layout = LAYOUT_JEKYLL;
	if (!holds(import, "content"))
		return;
	for (size_t i = 0; hugo[i] != NULL; i++)
		if (holds(import, hugo[i])) {
			import->layout = LAYOUT_HUGO;
			import->scanned = "content";
		}
}

enum status
import_scan(struct import *import)
{
	if (import->scanned == NULL) {
		import->scanned = "";
		find_layout(import);
	}
	TRY(walk(import, "", 0));
	if (import->count > 0)
		qsort(import->files, import->count, sizeof(*import->files), by_path);
	for (size_t i = 0; i < import->count; i++)
		(void)map_put(import->by_path, import->files[i]->path, import->files[i]);
	return OK;
}
