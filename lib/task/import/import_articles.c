/* Decides which files are articles. All files are read at this point, but none has a slug yet. */
#include "task/import/import.h"

#include <string.h>
#include <strings.h>

#include "core/str.h"
#include "page/lang/lang.h"

/* --- texts about the folder ---------------------------------------------------------- */

/* Why a file such as a README or a licence is left out; NULL for any other file. */
static const char *
about(const struct import *import, const struct import_file *file)
{
	static const char *const names[] = { "readme", "changelog", "changes", "license", "licence", "copying", "contributing",
		"contributors", "code_of_conduct", "pull_request_template", "issue_template", NULL };
	const char *name = strrchr(file->path, '/') == NULL ? file->path : strrchr(file->path, '/') + 1;
	size_t length = strcspn(name, ".");

	/* In a folder of plain notes, a README represents its folder. */
	if (file->has_front || file->is_dated || (import->layout == LAYOUT_PLAIN && file->is_index && *file->folder != '\0' && !import->is_dated))
		return NULL;
	for (size_t i = 0; names[i] != NULL && import->count > 1; i++)
		if (strlen(names[i]) == length && strncasecmp(name, names[i], length) == 0)
			return N_("README, licence or similar file about the folder");
	return NULL;
}

/* --- dates ----------------------------------------------------------------------------- */

/* The folder that contains a text beside others. A bundle has a folder of its own. */
static const char *
folder_of(struct arena *arena, const struct import_file *file)
{
	const char *slash = strrchr(file->folder, '/');

	if (!file->is_index)
		return file->folder;
	return slash == NULL ? "" : arena_bytes(arena, file->folder, (size_t)(slash - file->folder));
}

static bool
is_section(const struct import_file *file)
{
	return str_equal(file->name, "_index");
}

static bool
in_posts(const struct import_file *file)
{
	return str_starts(file->path, "_posts/") || strstr(file->path, "/_posts/") != NULL;
}

static void
take_date(struct import_file *file, const struct import_file *other)
{
	if (other == NULL || !other->is_dated || file->is_dated)
		return;
	file->named_date = file->date = other->date;
	file->is_dated = true;
}

/* A translation without a date gets the date of its original or of another translation. */
static void
date_translations(struct import *import)
{
	struct map *dated = map_new(import->arena);

	for (size_t i = 0; i < import->count; i++)
		if (import->files[i]->is_dated)
			(void)map_put(dated, import->files[i]->key, import->files[i]);
	for (size_t i = 0; i < import->count; i++) {
		struct import_file *file = import->files[i], *other = map_get(dated, file->key);
		take_date(file, file->base);
		if (other != NULL && (other->marked_lang != NULL || file->marked_lang != NULL))
			take_date(file, other);
	}
}

/*
 * True where texts usually have dates: below _posts; in Hugo when another text in the folder has a date; in a plain
 * folder everywhere.
 */
static bool
is_among_dated(const struct import *import, const struct map *folders, struct arena *arena, const struct import_file *file)
{
	if (import->layout == LAYOUT_HUGO)
		return map_get(folders, folder_of(arena, file)) != NULL;
	return import->layout == LAYOUT_PLAIN ? import->is_dated : true;
}

/* A text without a date that could otherwise be public. */
static void
judge_undated(struct import *import, const struct map *folders, struct arena *arena, struct import_file *file)
{
	if (!is_among_dated(import, folders, arena, file)) {
		if (import->layout == LAYOUT_PLAIN)
			return; /* no text here has a date, so the file's time is used */
		file->kind = "page";
		file->why_page = N_("no date, and not among the posts; it became a page");
	} else if (file->has_front || import->layout != LAYOUT_PLAIN || file->stored_id != 0) {
		file->why_draft = N_("no date, among texts that have one; it became a draft");
	} else {
		file->why_out = N_("note without date and front matter, among texts that have a date");
	}
}

/* In Jekyll and Hexo, files in _posts are posts and all others are pages. */
static void
judge_page(struct import *import, struct import_file *file)
{
	if (import->layout == LAYOUT_JEKYLL && !file->has_front && !file->is_hidden) {
		file->why_out = N_("file without front matter, which is no page in Jekyll");
		return;
	}
	file->kind = "page";
	file->why_page = N_("not among the posts; it became a page");
}

/* Hugo shows files beside index.md, if at all, only inside that page. */
static bool
is_in_bundle(const struct map *bundles, struct arena *arena, const struct import_file *file)
{
	char *folder = arena_dup(arena, file->folder), *slash;

	if (str_equal(file->name, "index"))
		return false;
	for (;; *slash = '\0') {
		if (*folder != '\0' && map_get(bundles, folder) != NULL)
			return true;
		slash = strrchr(folder, '/');
		if (slash == NULL)
			return false;
	}
}

/* --- all files -------------------------------------------------------------------------- */

static void
classify(struct import *import, const struct map *folders, const struct map *bundles, struct arena *arena, struct import_file *file)
{
	const char *why = about(import, file);

	if (why != NULL) {
		file->why_out = why;
		return;
	}
	if (is_in_bundle(bundles, arena, file)) {
		file->why_draft = N_("part of another page (it lies beside index.md); it became a draft");
		return;
	}
	/* The text of a Hugo section is shown above its list and is not an article. */
	if (is_section(file) && !file->has_kind) {
		file->kind = "page";
		file->why_page = N_("introduction to a list of posts; it became a page");
		return;
	}
	if ((import->layout == LAYOUT_JEKYLL || import->layout == LAYOUT_HEXO) && !in_posts(file) && file->hiding == NULL) {
		if (!file->has_kind)
			judge_page(import, file);
		return;
	}
	/* If all texts become drafts, their author decides. */
	if (import->options.target != NULL && !import->options.target->publish)
		return;
	if (import->layout == LAYOUT_PLAIN && import->is_choosing && !file->is_chosen && !file->is_marked_public)
		file->why_draft = N_("without \"publish: true\", which others have; it became a draft");
	else if (!file->is_dated && !file->has_kind && !file->is_hidden)
		judge_undated(import, folders, arena, file);
}

void
import_articles(struct import *import)
{
	struct arena *arena = arena_new();
	struct map *folders = map_new(arena), *bundles = map_new(arena);
	bool is_hugo = import->layout == LAYOUT_HUGO;

	/* Only Hugo and Zola use "_index.md", so its folder belongs to one of them, even without a configuration file. */
	for (size_t i = 0; i < import->count && !is_hugo; i++)
		is_hugo = is_section(import->files[i]);
	date_translations(import);
	for (size_t i = 0; i < import->count; i++) {
		const struct import_file *file = import->files[i];
		import->is_dated = import->is_dated || file->is_dated;
		import->is_choosing = import->is_choosing || file->is_chosen;
		if (file->is_dated && !is_section(file))
			(void)map_put(folders, folder_of(arena, file), folders);
		if (is_hugo && str_equal(file->name, "index") && !str_equal(file->folder, import->scanned))
			(void)map_put(bundles, file->folder, bundles);
	}
	for (size_t i = 0; i < import->count; i++)
		if (!import->files[i]->is_refused && import->files[i]->why_out == NULL)
			classify(import, folders, bundles, arena, import->files[i]);
	for (size_t i = 0; i < import->count; i++)
		if (import->files[i]->base != NULL && import->files[i]->base->why_out != NULL)
			import->files[i]->base = NULL;
	arena_free(arena);
}
