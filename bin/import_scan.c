/* Names every file below a folder. Symbolic links are not followed, so nothing outside of it is ever read. */
#include "import.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/text.h"
#include "page/lang.h"

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

/* --- what a name says ----------------------------------------------------------- */

static bool
is_markdown(const char *name)
{
	return str_ends(name, ".md") || str_ends(name, ".markdown") || str_ends(name, ".mdown") || str_ends(name, ".mkd");
}

/* A folder that a generator or a package manager fills, or that holds no texts of the author's. */
static bool
is_foreign(enum layout layout, const char *name)
{
	static const char *const names[] = { "node_modules", "vendor", "_site", "_layouts", "_includes", "_sass",
		"_data", "_plugins", "__pycache__", NULL };

	if (name[0] == '.')
		return true;
	for (size_t i = 0; names[i] != NULL; i++)
		if (str_equal(name, names[i]))
			return true;
	return layout == LAYOUT_HUGO && (str_equal(name, "archetypes") || str_equal(name, "resources"));
}

const char *
import_language(const char *tag)
{
	if (tag == NULL)
		return NULL;
	for (size_t i = 0; i < 2; i++) {
		const char *code = i == 0 ? "en" : "zh";
		if (strncasecmp(tag, code, 2) == 0 && (tag[2] == '\0' || tag[2] == '-' || tag[2] == '_'))
			return code;
	}
	return NULL;
}

/* True for a word that looks like a language tag as folders and endings carry it: zh, zh-cn, en_US, fr. */
static bool
is_language_mark(const char *word)
{
	static const char *const marks[] = { "en", "en-us", "en-gb", "zh", "zh-cn", "zh-hans", "zh-hans-cn", "zh-sg",
		"zh-tw", "zh-hk", "zh-hant", "zh-hant-tw", NULL };
	char lower[16];
	size_t length = strlen(word);

	if (length >= sizeof(lower))
		return false;
	for (size_t i = 0; i <= length; i++)
		lower[i] = word[i] == '_' ? '-' : (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] | 0x20 : word[i]);
	for (size_t i = 0; marks[i] != NULL; i++)
		if (str_equal(lower, marks[i]))
			return true;
	return false;
}

/* Takes ".zh-cn" from the end of a name. */
static void
take_language(struct import_file *file, char *name)
{
	char *dot = strrchr(name, '.');

	if (dot == NULL || dot == name || !is_language_mark(dot + 1))
		return;
	file->marked_lang = import_language(dot + 1);
	*dot = '\0';
}

/* Takes "2020-01-02-" from the head of a name. */
static const char *
take_date(struct arena *arena, struct import_file *file, const char *name)
{
	size_t digits = strspn(name, "0123456789-");
	char *date;

	if (digits < 10)
		return name;
	date = arena_bytes(arena, name, 10);
	if (date[4] != '-' || date[7] != '-' || !clock_parse_date(date, &file->named_date))
		return name;
	name += 10;
	return name + strspn(name, "-_ .");
}

/* The language that a folder on the way names ("docs/zh/guide"), and the page's name without it. */
static void
take_folder_language(struct arena *arena, struct import_file *file)
{
	struct str rest = str_init(arena);
	char *state = NULL, *copy = arena_dup(arena, file->page);

	for (char *part = strtok_r(copy, "/", &state); part != NULL; part = strtok_r(NULL, "/", &state)) {
		bool last = !file->is_index && (state == NULL || *state == '\0');
		if (!last && file->marked_lang == NULL && is_language_mark(part)) {
			file->marked_lang = import_language(part);
			continue;
		}
		str_printf(&rest, "%s%s", rest.length > 0 ? "/" : "", part);
	}
	file->key = rest.bytes;
}

static bool
is_index_name(const char *name)
{
	return strcasecmp(name, "index") == 0 || str_equal(name, "_index") || strcasecmp(name, "readme") == 0;
}

static struct import_file *
describe(struct import *import, const char *path, const struct stat *found)
{
	struct arena *arena = import->arena;
	struct import_file *file = arena_new_of(arena, struct import_file);
	const char *slash = strrchr(path, '/'), *below = path;
	char *name = arena_dup(arena, slash == NULL ? path : slash + 1);
	const char *folder;

	file->path = path;
	file->folder = slash == NULL ? "" : arena_bytes(arena, path, (size_t)(slash - path));
	file->source = arena_printf(arena, "%s%s", import->options.prefix, path);
	file->modified = (int64_t)found->st_mtime;
	*strrchr(name, '.') = '\0';
	take_language(file, name);
	file->is_index = is_index_name(name);
	file->is_draft = str_starts(path, "_drafts/") || strstr(path, "/_drafts/") != NULL;
	file->name = take_date(arena, file, name);
	if (import->scanned[0] != '\0')
		below = path + strlen(import->scanned) + 1;
	slash = strrchr(below, '/');
	folder = slash == NULL ? "" : arena_bytes(arena, below, (size_t)(slash - below));
	if (file->is_index)
		file->page = folder;
	else
		file->page = arena_printf(arena, "%s%s%s", folder, *folder == '\0' ? "" : "/", name);
	take_folder_language(arena, file);
	return file;
}

/* --- walking -------------------------------------------------------------------- */

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

static bool
is_scanned(const struct import *import, const char *path)
{
	size_t length = strlen(import->scanned);

	return length == 0 || (strncmp(path, import->scanned, length) == 0 && path[length] == '/');
}

static enum status walk(struct import *import, const char *path, int depth);

/* One name in a folder. */
static enum status
meet(struct import *import, const char *folder, const char *name, int depth)
{
	const char *path = *folder == '\0' ? arena_dup(import->arena, name)
		: arena_printf(import->arena, "%s/%s", folder, name);
	struct stat found;

	if (!import_stat(import, path, &found))
		return OK; /* gone meanwhile */
	if (S_ISLNK(found.st_mode)) {
		losses_add(import->losses, N_("symbolic link that was not followed"), path, 0, NULL);
		return OK;
	}
	if (S_ISDIR(found.st_mode))
		return is_foreign(import->layout, name) ? OK : walk(import, path, depth + 1);
	if (!S_ISREG(found.st_mode) || name[0] == '.')
		return OK;
	/* A path goes into the store as part of post.source. */
	if (strlen(path) > LONGEST_PATH || !text_keeps_all(path, strlen(path), TEXT_LINE)) {
		import_refuse_path(import, path, N_("its name is no UTF-8 text; rename the file"), NULL);
		return OK;
	}
	if (is_markdown(name) && is_scanned(import, path))
		add_file(import, describe(import, path, &found));
	else
		add_other(import, path);
	return OK;
}

static enum status
walk(struct import *import, const char *path, int depth)
{
	int fd = import_open(import, path, CALLER_FOLDER);
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
		import_refuse_path(import, path, N_("it cannot be read: %s"), strerror(errno));
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

/* --- which system the folder belongs to ------------------------------------------ */

static bool
holds(const struct import *import, const char *name)
{
	struct stat found;

	return import_stat(import, name, &found);
}

static void
find_layout(struct import *import)
{
	static const char *const hugo[] = { "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml",
		"config.yaml", "config.yml", "config.json", "config", "archetypes", NULL };

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
