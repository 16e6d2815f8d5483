/* What the names of files and folders say about a text. */
#include "task/import/import_internal.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "core/clock.h"
#include "core/str.h"
#include "page/lang/lang.h"

/* --- kinds of files ------------------------------------------------------------- */

static bool
ends(const char *name, const char *const *endings)
{
	size_t length = strlen(name);

	for (; *endings != NULL; endings++)
		if (length > strlen(*endings) && strcasecmp(name + length - strlen(*endings), *endings) == 0)
			return true;
	return false;
}

bool
import_is_markdown(const char *name)
{
	static const char *const endings[] = { ".md", ".markdown", ".mdown", ".mkd", NULL };

	return ends(name, endings);
}

const char *
import_unread(const char *name)
{
	static const char *const html[] = { ".html", ".htm", ".xhtml", NULL };
	static const char *const others[] = { ".mdx", ".rmd", ".qmd", ".org", ".rst", ".adoc", ".asciidoc", ".textile", ".txt", ".rtf",
		".ipynb", ".tex", ".doc", ".docx", ".odt", ".pages", ".enex", NULL };

	if (ends(name, html))
		return N_("HTML file; only Markdown files are imported");
	return ends(name, others) ? N_("text in another format; only Markdown files are imported") : NULL;
}

bool
import_is_foreign(enum layout layout, const char *name, int depth)
{
	static const char *const names[] = { "node_modules", "bower_components", "vendor", "_site", "_layouts", "_includes", "_sass",
		"_data", "_plugins", "__pycache__", "__MACOSX", NULL };
	static const char *const of_sites[] = { "themes", "theme", "layouts", "resources", "templates", NULL };

	if (name[0] == '.')
		return true;
	for (size_t i = 0; names[i] != NULL; i++)
		if (str_equal(name, names[i]))
			return true;
	if (str_equal(name, "archetypes") || str_equal(name, "scaffolds"))
		return true;
	for (size_t i = 0; of_sites[i] != NULL && depth == 0 && layout != LAYOUT_PLAIN; i++)
		if (str_equal(name, of_sites[i]))
			return true;
	return false;
}

/*
 * True for a folder or file name that says that its content is not public ("drafts", "private"). hiding_part() also
 * finds "_x", which is hidden in all systems except Hugo.
 */
static bool
is_hiding_name(const char *name)
{
	static const char *const names[] = { "_drafts", "drafts", "draft", "_private", "private", "unpublished", "_unpublished", "trash",
		"_trash", "草稿", "草稿箱", "私密", NULL };

	for (size_t i = 0; names[i] != NULL; i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	return false;
}

static const char *
hiding_part(const struct import *import, struct arena *arena, const char *path)
{
	const char *root = strrchr(import->options.folder, '/');

	if (root != NULL && is_hiding_name(root + 1))
		return root + 1;
	while (*path != '\0') {
		size_t length = strcspn(path, "/");
		const char *part = arena_bytes(arena, path, length);
		bool last = path[length] == '\0';
		if (last ? strcasestr(part, ".draft.") != NULL : is_hiding_name(part))
			return part;
		if (part[0] == '_' && import->layout != LAYOUT_HUGO && !str_equal(part, "_posts") && !(last && str_starts(part, "_index.")))
			return part;
		path += length + !last;
	}
	return NULL;
}

/* --- languages ------------------------------------------------------------------ */

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

/* True for a language tag as used in folder and file names: zh, zh-cn, en_US. */
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

/* Removes a language such as ".zh-cn" from the end of a name. */
static void
take_language(struct import_file *file, char *name)
{
	char *dot = strrchr(name, '.');

	if (dot == NULL || dot == name || !is_language_mark(dot + 1))
		return;
	file->marked_lang = import_language(dot + 1);
	*dot = '\0';
}

/* Removes a date such as "2020-01-02-" from the start of a name. */
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

/* Finds the language in a folder name ("docs/zh/guide") and sets the page's key without it. */
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

/* Notion appends a space and 32 hexadecimal digits to each name. */
static void
take_number(struct import_file *file, char *name)
{
	size_t length = strlen(name);
	char *number = length > 33 ? name + length - 33 : NULL;

	if (number == NULL || *number != ' ' || strspn(number + 1, "0123456789abcdef") != 32)
		return;
	file->is_numbered = true;
	*number = '\0';
}

static bool
is_index_name(const char *name)
{
	return strcasecmp(name, "index") == 0 || str_equal(name, "_index") || strcasecmp(name, "readme") == 0;
}

struct import_file *
import_describe(struct import *import, const char *path, const struct stat *found)
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
	file->hiding = hiding_part(import, arena, path);
	take_number(file, name);
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
