/*
 * What is said outside of a text: "cascade" of Hugo in a section or in the site's configuration, a section of Zola that is a draft,
 * "defaults" and "exclude" in Jekyll's configuration, data files of Eleventy's folders and texts ("posts/posts.json", "posts/a.11tydata.js"),
 * and what Eleventy ignores. Only who may see the texts is taken from it.
 */
#include "import.h"

#include <string.h>
#include <sys/stat.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang.h"

enum { FILE_MOST = 128 * 1024, PARTS_MOST = 200 };

struct import_default {
	struct import_default *next;
	const struct node *values; /* NULL: nobody knows what it says */
	const char *origin; /* the file that says it */
};

/* For a folder and all below it, or for one file. */
static void
add(struct import *import, const char *folder, const struct node *values, const char *origin)
{
	struct import_default *item = arena_new_of(import->arena, struct import_default), *first = map_get(import->defaults, folder);

	*item = (struct import_default){ .values = values, .origin = origin };
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
			add(import, folder, values, origin);
	}
}

void
import_defaults_add(struct import *import, const char *folder, const struct node *values, const char *path)
{
	add_cascade(import, folder, values, path);
}

void
import_defaults_add_draft(struct import *import, const char *folder, int line, const char *path)
{
	struct node *values = node_new(import->arena, NODE_MAP, line), *flag = node_new(import->arena, NODE_SCALAR, line);

	flag->text = "true";
	(void)node_add(import->arena, values, "draft", flag);
	add(import, folder, values, path);
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
	static const char *const names[] = { "zola.toml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml",
		"config.json", "config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml",
		"config/_default/config.yaml", NULL };

	for (size_t i = 0; names[i] != NULL; i++) {
		const struct node *values = map_get(import->others, names[i]) == NULL ? NULL : read_values(import, names[i]);
		const struct node *cascade = node_get(values, "cascade");
		if (cascade != NULL)
			add_cascade(import, import->scanned, cascade, names[i]);
		/* Hugo writes baseURL. */
		import->is_zola = import->is_zola || (values != NULL && node_get(values, "base_url") != NULL);
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
			add(import, str_equal(type, "posts") && *folder == '\0' ? "_posts" : folder, values, name);
	}
	for (size_t i = 0; excluded != NULL && excluded->type == NODE_LIST && i < excluded->count && i < PARTS_MOST; i++) {
		if (excluded->items[i]->type == NODE_SCALAR)
			import_exclude(import, excluded->items[i]->text, false, name);
	}
}

/* What a data file is for: the folder of its name ("posts/posts.json"), or the text of its name beside it; NULL for neither. */
static const char *
place_of(const struct import *import, struct arena *arena, const char *path, size_t ending)
{
	static const char *const texts[] = { "md", "markdown", "mdown", "mkd", NULL };
	const char *stem = arena_bytes(arena, path, strlen(path) - ending), *slash = strrchr(stem, '/'), *folder, *last;

	for (size_t i = 0; texts[i] != NULL; i++) {
		const char *text = arena_printf(arena, "%s.%s", stem, texts[i]);
		if (map_get(import->by_path, text) != NULL)
			return text;
	}
	if (slash == NULL)
		return NULL;
	folder = arena_bytes(arena, stem, (size_t)(slash - stem));
	last = strrchr(folder, '/');
	return str_equal(last == NULL ? folder : last + 1, slash + 1) ? folder : NULL;
}

/* Code is not run. When one of these words stands in it, it may say that texts are not public. */
static bool
may_hide(struct import *import, const char *path)
{
	static const char *const words[] = { "draft", "Draft", "private", "hidden", "publish", "unlisted", "permalink", "ExcludeFromCollections",
		"password", "visibility", "status", NULL };
	struct node_problem problem;
	char *bytes;
	size_t length;

	if (import_bytes(import, path, import->arena, FILE_MOST, &bytes, &length, &problem) != OK)
		return true;
	for (size_t i = 0; words[i] != NULL; i++)
		if (memmem(bytes, length, words[i], strlen(words[i])) != NULL)
			return true;
	return false;
}

static void
read_data_file(struct import *import, const char *path)
{
	static const struct { const char *ending; bool is_code; } forms[] = { { ".11tydata.json", false }, { ".11tydata.js", true },
		{ ".11tydata.cjs", true }, { ".11tydata.mjs", true }, { ".11tydata.ts", true }, { ".json", false } };
	const struct node *values = NULL;
	const char *place = NULL;

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		if (!str_ends(path, forms[i].ending))
			continue;
		place = place_of(import, import->arena, path, strlen(forms[i].ending));
		if (place == NULL)
			return;
		if (!forms[i].is_code)
			values = read_values(import, path);
		if (forms[i].is_code ? may_hide(import, path) : values != NULL)
			add(import, place, values, path);
		return;
	}
}

/* A file of patterns, one in each line, as Git has them. */
static void
read_ignored(struct import *import, const char *name)
{
	struct node_problem problem = { 0 };
	struct stat found;
	char *bytes, *state = NULL;
	size_t length;

	if (!import_stat(import, name, &found))
		return;
	if (import_bytes(import, name, import->arena, FILE_MOST, &bytes, &length, &problem) != OK) {
		import_leave_out(import, name, N_("configuration that cannot be read; it may say that texts are not public"));
		return;
	}
	bytes = arena_bytes(import->arena, bytes, length);
	for (const char *line = strtok_r(bytes, "\r\n", &state); line != NULL; line = strtok_r(NULL, "\r\n", &state))
		if (*line != '#')
			import_exclude(import, line, true, name);
}

/* What is in no repository is in no site that Eleventy builds. */
static void
read_eleventy(struct import *import)
{
	static const char *const names[] = { ".eleventyignore", ".eleventy.js", "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs",
		"eleventy.config.ts", NULL };
	struct stat found;

	for (size_t i = 0; i < import->other_count; i++)
		read_data_file(import, import->other_paths[i]);
	for (size_t i = 0; names[i] != NULL; i++)
		if (import_stat(import, names[i], &found)) {
			read_ignored(import, ".gitignore");
			read_ignored(import, ".eleventyignore");
			return;
		}
}

void
import_defaults_read(struct import *import)
{
	if (import->layout == LAYOUT_HUGO)
		read_hugo(import);
	else if (import->layout == LAYOUT_JEKYLL)
		read_jekyll(import);
	else if (import->layout == LAYOUT_PLAIN)
		read_eleventy(import);
}

/* --- what holds for a file ---------------------------------------------------------------- */

static void
apply(const struct import *import, struct arena *arena, const char *place, struct visibility *visibility)
{
	for (const struct import_default *item = map_get(import->defaults, place); item != NULL; item = item->next) {
		if (item->values == NULL)
			visibility_add(arena, visibility, VISIBILITY_HIDDEN, N_("described in another file, which is not read; it became a draft"), 0,
				item->origin);
		else
			visibility_read(arena, item->values, item->origin, import->now, visibility);
	}
}

void
import_defaults_apply(const struct import *import, const struct import_file *file, struct arena *arena, struct visibility *visibility)
{
	char *place = arena_dup(arena, file->path), *slash;
	const char *excluded = import_excluded(import, arena, file->path);

	if (excluded != NULL)
		visibility_add(arena, visibility, VISIBILITY_HIDDEN, N_("excluded by the site's configuration; it became a draft"), 0, excluded);
	/* Each folder on the way, the file itself among them. */
	for (;; *slash = '\0') {
		apply(import, arena, place, visibility);
		slash = strrchr(place, '/');
		if (slash == NULL)
			break;
	}
	apply(import, arena, "", visibility);
}
