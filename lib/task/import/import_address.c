/* Finds what an address in a text refers to: another text, a page by its former address, or another file. */
#include "task/import/import_internal.h"

#include <string.h>

#include "core/field.h"
#include "core/str.h"
#include "core/text.h"

/* --- parsing addresses ---------------------------------------------------------------- */

bool
import_address_is_local(const char *address)
{
	size_t scheme = strspn(address, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+.-");

	if (*address == '\0' || *address == '#' || *address == '?' || str_starts(address, "//"))
		return false;
	return address[scheme] != ':' || scheme == 0;
}

char *
import_address_path(struct arena *arena, const char *address)
{
	char *path = arena_bytes(arena, address, strcspn(address, "?#"));
	size_t length = strlen(path);

	(void)field_decode(path, &length, false);
	path[length] = '\0';
	if (strlen(path) != length || !text_keeps_all(path, length, TEXT_LINE))
		return NULL;
	return path;
}

/* --- other texts ------------------------------------------------------------------------ */

struct import_file *
import_address_file(const struct import *import, const struct import_file *file, struct arena *arena, const char *path)
{
	static const char *const endings[] = { "", ".md", "/index.md", "/_index.md", "/README.md", ".markdown", NULL };
	const char *clean = import_clean_path(arena, file->folder, path), *trimmed;
	struct import_file *found = NULL;

	if (clean == NULL)
		return NULL;
	trimmed = str_ends(clean, ".html") ? arena_bytes(arena, clean, strlen(clean) - strlen(".html")) : clean;
	for (size_t i = 0; found == NULL && endings[i] != NULL; i++) {
		const char *name = *trimmed == '\0' ? endings[i] + (endings[i][0] == '/')
			: arena_printf(arena, "%s%s", trimmed, endings[i]);
		found = map_get(import->by_path, name);
	}
	return found;
}

/*
 * An absolute address is relative to a root that may be any folder above the file. Calls find for each of these
 * folders, from the top ("", then "a/b/"), until something is found.
 */
static void *
find_below(const struct import *import, const struct import_file *file, struct arena *arena, const char *path,
	void *(*find)(const struct import *import, const struct import_file *file, struct arena *arena,
		const char *root, const char *path))
{
	const char *clean = import_clean_path(arena, "", path), *slash = file->folder;
	void *found;

	if (clean == NULL || *clean == '\0')
		return NULL;
	found = find(import, file, arena, "", clean);
	while (found == NULL && *slash != '\0') {
		slash += strcspn(slash, "/");
		found = find(import, file, arena, arena_printf(arena, "%.*s/", (int)(slash - file->folder), file->folder), clean);
		slash += *slash == '/';
	}
	return found;
}

static void *
page_at(const struct import *import, const struct import_file *file, struct arena *arena, const char *root, const char *path)
{
	struct import_file *found;

	path = arena_printf(arena, "%s%s", root, path);
	found = map_get(import->by_path, path);
	if (found == NULL)
		found = import_page(import, file->lang, path);
	if (found == NULL && str_ends(path, ".md"))
		found = import_page(import, file->lang, arena_bytes(arena, path, strlen(path) - strlen(".md")));
	return found;
}

struct import_file *
import_address_page(const struct import *import, const struct import_file *file, struct arena *arena, const char *path)
{
	struct import_file *found = NULL;
	const char *page, *clean;

	if (path[0] == '/')
		return find_below(import, file, arena, path, page_at);
	/* Pages of Hugo are folders, so "../other/" is a page beside this one. */
	page = file->page;
	for (int round = 0; found == NULL && round < 2; round++) {
		clean = import_clean_path(arena, page, path);
		if (clean != NULL && *clean != '\0')
			found = import_page(import, file->lang, clean);
		page = strrchr(file->page, '/') == NULL ? ""
			: arena_bytes(arena, file->page, (size_t)(strrchr(file->page, '/') - file->page));
	}
	if (found == NULL && import->layout == LAYOUT_HUGO && strchr(path, '/') == NULL)
		found = import_page(import, file->lang, str_ends(path, ".md")
			? arena_bytes(arena, path, strlen(path) - strlen(".md")) : path);
	return found;
}

/* --- other files ------------------------------------------------------------------------- */

static void *
other_at(const struct import *import, const struct import_file *file, struct arena *arena, const char *root,
	const char *path)
{
	static const char *const folders[] = { "", "static/", "assets/", "public/", "media/", "source/", NULL };
	void *found = NULL;

	(void)file;
	for (size_t i = 0; found == NULL && folders[i] != NULL; i++)
		found = map_get(import->others, arena_printf(arena, "%s%s%s", root, folders[i], path));
	return found;
}

const char *
import_address_other(const struct import *import, const struct import_file *file, struct arena *arena, const char *path)
{
	const char *clean = import_clean_path(arena, file->folder, path), *found;

	if (clean != NULL && path[0] != '/' && (found = map_get(import->others, clean)) != NULL)
		return found;
	/* A relative address may also be relative to one of the roots. */
	return find_below(import, file, arena, path, other_at);
}
