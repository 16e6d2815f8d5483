/*
 * Settings outside the texts: Hugo's "cascade" in a section or in the site's configuration; a Zola section that is a
 * draft; "defaults" and "exclude" in Jekyll's configuration; Eleventy's data files for folders and texts
 * ("posts/posts.json", "posts/a.11tydata.js") and its ignore files. Only the visibility of texts is taken from them.
 */
#include "task/import/import.h"

#include <string.h>
#include <sys/stat.h>

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"

enum { FILE_MAX = 128 * 1024, PARTS_MAX = 200 };

struct import_default {
	struct import_default *next;
	const struct data_node *values; /* NULL: the file was not evaluated */
	const char *source; /* the file that contains it */
};

/* Adds settings for a folder and all below it, or for one file. */
static void
add(struct import *import, const char *folder, const struct data_node *values, const char *source)
{
	struct import_default *item = arena_new_of(import->arena, struct import_default), *first = map_get(import->defaults, folder);

	*item = (struct import_default){ .values = values, .source = source };
	if (first == NULL) {
		(void)map_put(import->defaults, arena_dup(import->arena, folder), item);
		return;
	}
	item->next = first->next;
	first->next = item;
}

/* A path, or the fixed start of a pattern, as a folder below the import's folder. */
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

/*
 * Adds one map or a list of them. A condition on the kind of page is ignored, so the settings apply to the whole
 * folder.
 */
static void
add_cascade(struct import *import, const char *root, const struct data_node *cascade, const char *source)
{
	for (size_t i = 0; i < (cascade->type == DATA_NODE_LIST ? cascade->count : 1) && i < PARTS_MAX; i++) {
		const struct data_node *values = cascade->type == DATA_NODE_LIST ? cascade->items[i] : cascade;
		const struct frontmatter front = { .values = values };
		const char *const paths[] = { "target.path", "_target.path", NULL };
		const char *folder = values->type != DATA_NODE_MAP ? NULL : folder_of(import, root, frontmatter_text(&front, paths, NULL));
		if (folder != NULL)
			add(import, folder, values, source);
	}
}

void
import_defaults_add(struct import *import, const char *folder, const struct data_node *values, const char *path)
{
	add_cascade(import, folder, values, path);
}

void
import_defaults_add_draft(struct import *import, const char *folder, int line, const char *path)
{
	struct data_node *values = data_node_new(import->arena, DATA_NODE_MAP, line), *flag = data_node_new(import->arena, DATA_NODE_SCALAR, line);

	flag->text = "true";
	(void)data_node_add(import->arena, values, "draft", flag);
	add(import, folder, values, path);
}

/* --- configuration ---------------------------------------------------------------------- */

/* Parses a file of the folder. NULL when it does not exist or cannot be parsed. */
static const struct data_node *
read_values(struct import *import, const char *path)
{
	struct data_node_problem problem = { 0 };
	struct data_node *values;
	char *bytes, *text;
	size_t length;
	enum status status;

	if (import_bytes(import, path, import->arena, FILE_MAX, &bytes, &length, &problem) != OK)
		return NULL;
	status = text_accept(import->arena, bytes, length, TEXT_BLOCK, &text) ? OK : INVALID;
	if (status == OK)
		status = (str_ends(path, ".toml") ? toml_read : str_ends(path, ".json") ? json_read : yaml_read)(import->arena, text, strlen(text), 1,
			&values, &problem);
	if (status != OK)
		import_leave_out(import, path, N_("configuration that cannot be read; it may say that texts are not public"));
	return status == OK && values->type == DATA_NODE_MAP ? values : NULL;
}

static const char *const hugo_names[] = { "zola.toml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml",
	"config.yml", "config.json", "config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml",
	"config/_default/config.yaml", NULL };

/* Joins root, the folder of a site ("" for the import's own), and a name. */
static const char *
below(struct import *import, const char *root, const char *name)
{
	return *root == '\0' ? name : arena_printf(import->arena, "%s/%s", root, name);
}

/* Excludes a list of patterns, or a single one. */
static void
exclude_all(struct import *import, const char *root, const struct data_node *patterns, bool is_anywhere, const char *source)
{
	for (size_t i = 0; patterns != NULL && i < (patterns->type == DATA_NODE_LIST ? patterns->count : 1) && i < PARTS_MAX; i++) {
		const struct data_node *pattern = patterns->type == DATA_NODE_LIST ? patterns->items[i] : patterns;
		if (pattern->type == DATA_NODE_SCALAR)
			import_exclude(import, root, pattern->text, is_anywhere, source);
	}
}

/* Hugo's "ignoreFiles" contains regular expressions. */
static void
exclude_expressions(struct import *import, const char *root, const struct data_node *patterns, const char *source)
{
	for (size_t i = 0; patterns != NULL && patterns->type == DATA_NODE_LIST && i < patterns->count && i < PARTS_MAX; i++)
		if (patterns->items[i]->type == DATA_NODE_SCALAR && *patterns->items[i]->text != '\0' &&
			!import_exclude_expression(import, root, patterns->items[i]->text, source))
			import_leave_out(import, source, N_("configuration that cannot be read; it may say that texts are not public"));
}

/* The patterns are relative to the folder of the texts. */
static void
read_hexo(struct import *import, const char *root)
{
	const char *name = below(import, root, "_config.yml"), *texts = below(import, root, "source");
	const struct data_node *config = map_get(import->others, name) == NULL ? NULL : read_values(import, name);

	exclude_all(import, texts, data_node_get(config, "exclude"), true, name);
	exclude_all(import, texts, data_node_get(config, "ignore"), true, name);
}

static void
read_hugo(struct import *import, const char *root)
{
	const char *texts = below(import, root, "content");

	for (size_t i = 0; hugo_names[i] != NULL; i++) {
		const char *name = below(import, root, hugo_names[i]);
		const struct data_node *values = map_get(import->others, name) == NULL ? NULL : read_values(import, name);
		const struct data_node *cascade = data_node_get(values, "cascade");
		if (cascade != NULL)
			add_cascade(import, texts, cascade, name);
		exclude_expressions(import, root, data_node_get(values, "ignoreFiles"), name);
		exclude_all(import, texts, data_node_get(values, "ignored_content"), true, name);
		/* base_url identifies Zola; Hugo uses baseURL. */
		if (values != NULL && data_node_get(values, "base_url") != NULL)
			(void)map_put(import->zola_folders, texts, import->zola_folders);
	}
}

static void
read_jekyll(struct import *import, const char *root)
{
	const char *name = below(import, root, "_config.yml");
	const struct data_node *config = map_get(import->others, name) == NULL ? NULL : read_values(import, name);
	const struct data_node *defaults = data_node_get(config, "defaults");

	for (size_t i = 0; defaults != NULL && defaults->type == DATA_NODE_LIST && i < defaults->count && i < PARTS_MAX; i++) {
		const struct data_node *scope = data_node_get(defaults->items[i], "scope"), *values = data_node_get(defaults->items[i], "values");
		const char *type = data_node_text(scope, "type"), *folder = folder_of(import, "", data_node_text(scope, "path"));
		if (str_equal(type, "posts") && str_equal(folder, ""))
			folder = "_posts";
		/* Drafts are not public anyway. */
		if (values != NULL && folder != NULL && !str_equal(type, "drafts"))
			add(import, *folder == '\0' ? root : below(import, root, folder), values, name);
	}
	exclude_all(import, root, data_node_get(config, "exclude"), false, name);
}

bool
import_is_zola(const struct import *import, const char *path)
{
	struct arena *arena = arena_new();
	char *folder = arena_dup(arena, path), *slash;
	bool found = false;

	while (!found && (slash = strrchr(folder, '/')) != NULL) {
		*slash = '\0';
		found = map_get(import->zola_folders, folder) != NULL;
	}
	arena_free(arena);
	return found;
}

/*
 * The target of a data file: the folder of the same name ("posts/posts.json"), or the text of the same name beside it.
 * NULL for neither.
 */
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

/* Code is not run. If it contains one of these words, it may say that texts are not public. */
static bool
may_hide(struct import *import, const char *path)
{
	static const char *const words[] = { "draft", "Draft", "private", "hidden", "publish", "unlisted", "permalink", "ExcludeFromCollections",
		"password", "visibility", "status", NULL };
	struct data_node_problem problem;
	char *bytes;
	size_t length;

	if (import_bytes(import, path, import->arena, FILE_MAX, &bytes, &length, &problem) != OK)
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
	const struct data_node *values = NULL;
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

/* Reads a file of patterns, one per line, with Git's rules. */
static void
read_ignored(struct import *import, const char *root, const char *name)
{
	const char *path = below(import, root, name);
	struct data_node_problem problem = { 0 };
	struct stat found;
	char *bytes, *state = NULL;
	size_t length;

	if (!import_stat(import, path, &found))
		return;
	if (import_bytes(import, path, import->arena, FILE_MAX, &bytes, &length, &problem) != OK) {
		import_leave_out(import, path, N_("configuration that cannot be read; it may say that texts are not public"));
		return;
	}
	bytes = arena_bytes(import->arena, bytes, length);
	for (const char *line = strtok_r(bytes, "\r\n", &state); line != NULL; line = strtok_r(NULL, "\r\n", &state))
		if (*line != '#')
			import_exclude(import, root, line, true, path);
}

/* --- finding the configuration -------------------------------------------------------------- */

static bool
is_one_of(const char *const *names, const char *name)
{
	for (; *names != NULL; names++)
		if (str_equal(*names, name))
			return true;
	return false;
}

/*
 * Reads the configuration of a site in a folder below the import's folder. This happens when several archives are
 * uploaded or a folder of sites is imported.
 */
static void
read_site(struct import *import, struct map *seen, const char *path)
{
	static const char *const eleventy[] = { "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs", "eleventy.config.ts",
		".eleventy.js", ".eleventyignore", NULL };
	const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
	const char *root = slash == NULL ? "" : arena_bytes(import->arena, path, (size_t)(slash - path));
	struct stat found;

	if (str_ends(root, "config/_default"))
		root = arena_bytes(import->arena, root, strlen(root) - strlen("config/_default") - (strlen(root) > strlen("config/_default")));
	if (str_equal(name, "_config.yml")) {
		read_jekyll(import, root);
		read_hexo(import, root);
	} else if (is_one_of(eleventy, name) && map_put(seen, below(import, root, ".eleventyignore"), seen)) {
		/* Files that Git ignores are not in the repository, so they are not in a site that is built from it. */
		read_ignored(import, root, ".gitignore");
		read_ignored(import, root, ".eleventyignore");
	} else if (is_one_of(hugo_names, name) &&
		import_stat(import, below(import, root, "content"), &found) && map_put(seen, below(import, root, "content"), seen)) {
		read_hugo(import, root);
	}
}

void
import_defaults_read(struct import *import)
{
	struct map *seen = map_new(import->arena);

	if (import->layout == LAYOUT_HUGO)
		read_hugo(import, "");
	else if (import->layout == LAYOUT_JEKYLL)
		read_jekyll(import, "");
	else if (import->layout == LAYOUT_HEXO)
		read_hexo(import, "");
	for (size_t i = 0; import->layout == LAYOUT_PLAIN && i < import->other_count; i++) {
		read_data_file(import, import->other_paths[i]);
		read_site(import, seen, import->other_paths[i]);
	}
	for (const struct import_path *path = import->eleventy_files; import->layout == LAYOUT_PLAIN && path != NULL; path = path->next)
		read_site(import, seen, path->path);
}

/* --- settings for a file ------------------------------------------------------------------ */

static void
apply(const struct import *import, struct arena *arena, const char *place, struct visibility *visibility)
{
	for (const struct import_default *item = map_get(import->defaults, place); item != NULL; item = item->next) {
		if (item->values == NULL)
			visibility_add(arena, visibility, VISIBILITY_HIDDEN, N_("described in another file, which is not read; it became a draft"), 0,
				item->source);
		else
			visibility_read(arena, item->values, item->source, import->now, visibility);
	}
}

void
import_defaults_apply(const struct import *import, const struct import_file *file, struct arena *arena, struct visibility *visibility)
{
	char *place = arena_dup(arena, file->path), *slash;
	const char *excluded = import_excluded(import, arena, file->path);

	if (excluded != NULL)
		visibility_add(arena, visibility, VISIBILITY_HIDDEN, N_("excluded by the site's configuration; it became a draft"), 0, excluded);
	/* Applies the settings of the file and of each folder above it. */
	for (;; *slash = '\0') {
		apply(import, arena, place, visibility);
		slash = strrchr(place, '/');
		if (slash == NULL)
			break;
	}
	apply(import, arena, "", visibility);
}
