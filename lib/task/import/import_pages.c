/* Finds pages by the names that their own system may have given them. */
#include "task/import/import_internal.h"

#include <string.h>

#include "core/str.h"

/* A name in the form in which pages are compared: lower case, without slashes at its ends and without ".html". */
static char *
page_name(struct arena *arena, const char *lang, const char *page)
{
	char *name;
	size_t length;

	while (*page == '/')
		page++;
	name = lang == NULL ? arena_dup(arena, page) : arena_printf(arena, "%s:%s", lang, page);
	length = strlen(name);
	for (char *c = name; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c |= 0x20;
	while (length > 0 && name[length - 1] == '/')
		name[--length] = '\0';
	if (str_ends(name, ".html"))
		name[length - strlen(".html")] = '\0';
	return name;
}

static void
name_page(struct import *import, struct import_file *file, const char *page)
{
	(void)map_put(import->by_page, page_name(import->arena, file->lang, page), file);
	(void)map_put(import->by_page, page_name(import->arena, NULL, page), file);
}

struct import_file *
import_page(const struct import *import, const char *lang, const char *page)
{
	struct arena *arena = arena_new();
	struct import_file *file = map_get(import->by_page, page_name(arena, lang, page));

	if (file == NULL)
		file = map_get(import->by_page, page_name(arena, NULL, page));
	arena_free(arena);
	return file;
}

void
import_name_page(struct import *import, struct import_file *file, const struct import_values *values, const char *address)
{
	const char *slash = strrchr(file->page, '/');
	int folder = slash == NULL ? 0 : (int)(slash - file->page) + 1;
	struct arena *arena = import->arena;

	name_page(import, file, file->page);
	if (!str_equal(file->key, file->page))
		name_page(import, file, file->key);
	if (address != NULL)
		name_page(import, file, address);
	if (values->slug != NULL) {
		name_page(import, file, arena_printf(arena, "%.*s%s", folder, file->page, values->slug));
		name_page(import, file, values->slug);
	}
	/* Hugo finds a page by its last name alone. */
	if (import->layout == LAYOUT_HUGO && slash != NULL)
		name_page(import, file, slash + 1);
	for (size_t i = 0; i < values->alias_count; i++)
		name_page(import, file, arena_dup(arena, values->aliases[i]));
	if (import->layout == LAYOUT_JEKYLL && file->named_date != 0) {
		const char *name = slash == NULL ? file->page : slash + 1;
		name_page(import, file, arena_printf(arena, "%.4s/%.2s/%.2s/%s", name, name + 5, name + 8, name + 11));
		name_page(import, file, name);
	}
}
