/*
 * What is said for many texts at once: "cascade" of Hugo in a section or in the site's configuration, "defaults" and "exclude" in
 * Jekyll's configuration, data files of Eleventy's folders ("posts/posts.json"). Only who may see the texts is taken from it.
 */
#include "import.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang.h"

enum { FILE_MOST = 128 * 1024, PARTS_MOST = 200 };

struct import_default {
	struct import_default *next;
	const struct node *values;
	const char *origin; /* the file that says it */
	bool excludes;      /* what lies there is no page at all */
};

static void
add(struct import *import, const char *folder, const struct node *values, const char *origin, bool excludes)
{
	struct import_default *item = arena_new_of(import->arena, struct import_default), *first = map_get(import->defaults, folder);

	*item = (struct import_default){ .values = values, .origin = origin, .excludes = excludes };
	if (first == NULL) {
		(void)map_put(import->defaults, arena_dup(import->arena, folder), item);
		return;
	}
	item->next = first->next;
	first->next = item;
}

/* A path, or a pattern that begins with one, as a folder below the import's. */
static const char *
folder_of(struct import *import, const char *root, const char *pattern)
{
	struct arena *arena = import->arena;
	const char *clean = pattern == NULL ? "" : import_clean_path(arena, "", arena_bytes(arena, pattern, strcspn(pattern, "*{[?")));

	if (clean == NULL)
		return NULL;
	if (*root == '\0' || *clean == '\0')
		return *root == '\0' ? clean : root;
	return arena_printf(arena, "%s/%s", root, clean);
}

/* --- Hugo ------------------------------------------------------------------------------- */

/* One map, or a list of them; whom of the folder it is for is not looked at, so it is for all. */
static void
add_cascade(struct import *import, const char *root, const struct node *cascade, const char *origin)
{
	for (size_t i = 0; i < (cascade->type == NODE_LIST ? cascade->count : 1) && i < PARTS_MOST; i++) {
		const struct node *values = cascade->type == NODE_LIST ? cascade->items[i] : cascade;
		const struct frontmatter front = { .values = values };
		const char *const paths[] = { "target.path", "_target.path", NULL };
		const char *folder = values->type != NODE_MAP ? NULL : folder_of(import, root, front_text(&front, paths, NULL));
		if (folder != NULL)
			add(import, folder, values, origin, false);
	}
}

void
import_defaults_add(struct import *import, const char *folder, const struct node *values, const char *path)
{
	add_cascade(import, folder, values, path);
}

/* --- configuration ---------------------------------------------------------------------- */

/* A file of the folder as values; NULL when it is not there or cannot be read. */
static const struct node *
read_values(struct import *import, const char *path)
{
	struct node_problem problem = { 0 };
	struct node *values;
	char *bytes, *text;
	size_t length;
	enum status status;

	if (import_bytes(import, path, import->arena, FILE_MOST, &bytes, &length, &problem) != OK)
		return NULL;
	status = text_accept(import->arena, bytes, length, TEXT_BLOCK, &text) ? OK : INVALID;
	if (status == OK)
		status = (str_ends(path, ".toml") ? toml_read : str_ends(path, ".json") ? json_read : yaml_read)(import->arena, text, strlen(text), 1,
			&values, &problem);
	if (status != OK)
		import_leave_out(import, path, N_("configuration that cannot be read; it may say that texts are not public"));
	return status == OK && values->type == NODE_MAP ? values : NULL;
}

static void
read_hugo(struct import *import)
{
	static const char *const names[] = { "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml",
		"config.json", "config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml",
		"config/_default/config.yaml", NULL };

	for (size_t i = 0; names[i] != NULL; i++) {
		const struct node *values = map_get(import->others, names[i]) == NULL ? NULL : read_values(import, names[i]);
		const struct node *cascade = node_get(values, "cascade");
		if (cascade != NULL)
			add_cascade(import, import->scanned, cascade, names[i]);
	}
}

static void
read_jekyll(struct import *import)
{
	static const char *const name = "_config.yml";
	const struct node *config = map_get(import->others, name) == NULL ? NULL : read_values(import, name);
	const struct node *defaults = node_get(config, "defaults"), *excluded = node_get(config, "exclude");

	for (size_t i = 0; defaults != NULL && defaults->type == NODE_LIST && i < defaults->count && i < PARTS_MOST; i++) {
		const struct node *scope = node_get(defaults->items[i], "scope"), *values = node_get(defaults->items[i], "values");
		const char *type = node_text(scope, "type"), *folder = folder_of(import, "", node_text(scope, "path"));
		/* Drafts are drafts anyway. */
		if (values != NULL && folder != NULL && !str_equal(type, "drafts"))
			add(import, str_equal(type, "posts") && *folder == '\0' ? "_posts" : folder, values, name, false);
	}
	for (size_t i = 0; excluded != NULL && excluded->type == NODE_LIST && i < excluded->count && i < PARTS_MOST; i++) {
		const char *folder = excluded->items[i]->type != NODE_SCALAR ? NULL : folder_of(import, "", excluded->items[i]->text);
		if (!str_empty(folder))
			add(import, folder, excluded->items[i], name, true);
	}
}

/* "posts/posts.json" and "posts/posts.11tydata.json" hold for all of posts/. */
static void
read_data_file(struct import *import, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash == NULL ? NULL : slash + 1, *folder, *last;
	const struct node *values;
	size_t length;

	if (name == NULL || !str_ends(name, ".json"))
		return;
	folder = arena_bytes(import->arena, path, (size_t)(slash - path));
	last = strrchr(folder, '/') == NULL ? folder : strrchr(folder, '/') + 1;
	length = strlen(last);
	if (strncmp(name, last, length) != 0 || (!str_equal(name + length, ".json") && !str_equal(name + length, ".11tydata.json")))
		return;
	values = read_values(import, path);
	if (values != NULL)
		add(import, folder, values, path, false);
}

void
import_defaults_read(struct import *import)
{
	if (import->layout == LAYOUT_HUGO)
		read_hugo(import);
	else if (import->layout == LAYOUT_JEKYLL)
		read_jekyll(import);
	for (size_t i = 0; import->layout == LAYOUT_PLAIN && i < import->other_count; i++)
		read_data_file(import, import->other_paths[i]);
}

/* --- what holds for a file ---------------------------------------------------------------- */

static void
apply(const struct import *import, struct arena *arena, const char *place, struct visibility *visibility)
{
	for (const struct import_default *item = map_get(import->defaults, place); item != NULL; item = item->next) {
		if (item->excludes)
			visibility_add(arena, visibility, VISIBILITY_HIDDEN, N_("excluded by the site's configuration; it became a draft"), 0,
				arena_printf(arena, "exclude: %s (%s)", place, item->origin));
		else
			visibility_read(arena, item->values, item->origin, import->now, visibility);
	}
}

void
import_defaults_apply(const struct import *import, const struct import_file *file, struct arena *arena, struct visibility *visibility)
{
	char *place = arena_dup(arena, file->path), *slash;

	/* Each folder on the way, the file itself among them. */
	for (;; *slash = '\0') {
		apply(import, arena, place, visibility);
		slash = strrchr(place, '/');
		if (slash == NULL)
			break;
	}
	apply(import, arena, "", visibility);
}
