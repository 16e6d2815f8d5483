#include "page/theme/theme_internal.h"

#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/uri.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>

#include "core/log.h"
#include "core/folder_access.h"
#include "core/str.h"
#include "page/doc/xml_error.h"
#include "page/lang/lang.h"
#include "page/doc/xml_memory.h"
#include "page/theme/stylesheet.h"
#include "page/theme/theme_digest.h"

enum { STYLESHEET_MAX_BYTES = 1024 * 1024 };

/* libxslt has one loader per process, which gets no context. NULL: no stylesheet is being loaded. */
static struct loading {
	struct theme *theme;
	struct xml_error *error;
} *loading;

/* The path of the file for an address; the file may be missing. NULL for any other address. */
static char *
address_path(struct arena *arena, const struct theme *theme, const char *address)
{
	const char *folder, *rest;
	char *plain, *path;

	if (str_starts(address, THEME_ADDRESS)) {
		folder = theme->folder;
		rest = address + strlen(THEME_ADDRESS);
	} else if (str_starts(address, DEFAULT_ADDRESS)) {
		folder = theme->default_folder;
		rest = address + strlen(DEFAULT_ADDRESS);
	} else {
		return NULL;
	}
	plain = xmlURIUnescapeString(rest, 0, NULL);
	path = plain == NULL ? NULL : arena_printf(arena, "%s/%s", folder, plain);
	xmlFree(plain);
	return path;
}

const char *
theme_error_text(struct arena *arena, const struct theme *theme, const struct xml_error *error)
{
	const char *words = error->words[0] == '\0' ? "the stylesheets cannot be used" : error->words;
	const char *path = address_path(arena, theme, error->address);

	if (error->address[0] == '\0')
		return arena_dup(arena, words);
	return arena_printf(arena, "%s:%d: %s", path == NULL ? error->address : path, error->line, words);
}

/* --- reading stylesheets -------------------------------------------------- */

/* True when a real path is below a real folder. Both are results of realpath(). */
static bool
lies_in(const char *path, const char *folder)
{
	return str_starts(path, folder) && path[strlen(folder)] == '/';
}

/* Explains by errno why a file or folder could not be opened. */
static const char *
cannot_open(struct theme *theme, const char *path)
{
	const char *reason = strerror(errno), *closed = errno == EACCES ? folder_access_message(theme->arena, path) : NULL;

	return arena_printf(theme->arena, "%s: %s", path, closed == NULL ? reason : closed);
}

static const char *
read_file(struct theme *theme, const char *real, struct theme_source *source)
{
	FILE *file = fopen(real, "re");
	char *bytes;
	bool failed;

	if (file == NULL)
		return cannot_open(theme, real);
	bytes = malloc(STYLESHEET_MAX_BYTES + 1);
	if (bytes == NULL)
		abort();
	source->length = fread(bytes, 1, STYLESHEET_MAX_BYTES + 1, file);
	failed = ferror(file) != 0 || source->length > STYLESHEET_MAX_BYTES;
	if (!failed)
		source->bytes = arena_bytes(theme->source_memory, bytes, source->length);
	free(bytes);
	(void)fclose(file);
	return failed ? arena_printf(theme->arena, "%s cannot be read, or is larger than 1 MiB", real) : NULL;
}

/*
 * Finds the content of a stylesheet. Each file is read once, so that what was checked at the start is what is compiled
 * for the first request. NULL, or what is wrong.
 */
static const char *
find_source(struct theme *theme, const char *address, struct theme_source **ret_source)
{
	const char *path = address_path(theme->source_memory, theme, address), *wrong;
	struct theme_source *source;
	char real[PATH_MAX];

	for (source = theme->sources; source != NULL; source = source->next)
		if (str_equal(source->address, address)) {
			*ret_source = source;
			return NULL;
		}
	if (path == NULL)
		return arena_printf(theme->arena, "%s is refused: stylesheets come only from the theme's folder or %s",
			address, DEFAULT_IMPORT);
	if (realpath(path, real) == NULL)
		return cannot_open(theme, path);
	/* A symbolic link may lead out of the folder. */
	if (!lies_in(real, theme->folder) && !lies_in(real, theme->default_folder))
		return arena_printf(theme->arena, "%s is outside the theme", path);
	source = arena_new_of(theme->source_memory, struct theme_source);
	source->address = arena_dup(theme->source_memory, address);
	wrong = read_file(theme, real, source);
	if (wrong != NULL)
		return wrong;
	source->next = theme->sources;
	theme->sources = *ret_source = source;
	return NULL;
}

/* Reads, parses and checks one stylesheet. NULL when that fails; the reason is then in loading->error. */
static xmlDocPtr
load_sheet(const char *address, xmlDictPtr dict)
{
	struct xml_error *error = loading->error;
	struct arena *scratch = arena_new();
	struct theme_source *source;
	const char *wrong;
	xmlDocPtr doc = NULL;
	int line = 0;

	if (str_starts(address, DEFAULT_IMPORT))
		address = arena_printf(scratch, "%s%s", DEFAULT_ADDRESS, address + strlen(DEFAULT_IMPORT));
	address = theme_pages_address(scratch, loading->theme, address);
	wrong = find_source(loading->theme, address, &source);
	if (wrong == NULL) {
		doc = stylesheet_parse(source->bytes, source->length, source->address, dict);
		wrong = doc == NULL ? NULL : stylesheet_prepare(scratch, doc, &line);
	}
	if (wrong != NULL) {
		if (doc != NULL)
			xml_error_at(error, address, line);
		xml_error_add(error, wrong);
		xmlFreeDoc(doc);
		doc = NULL;
	}
	arena_free(scratch);
	return doc;
}

/* libxslt's loader. It is called for every xsl:import, xsl:include and document(). */
static xmlDocPtr
load(const xmlChar *address, xmlDictPtr dict, int options, void *context, xsltLoadType type)
{
	(void)options;
	(void)context;
	if (loading == NULL || type != XSLT_LOAD_STYLESHEET)
		return NULL;
	return load_sheet((const char *)address, dict);
}

static void
check_templates(xsltStylesheetPtr style, struct xml_error *error)
{
	struct arena *scratch = arena_new();
	xmlDocPtr doc;
	int line;
	const char *wrong = stylesheet_missing_template(scratch, style, &doc, &line);

	if (wrong != NULL) {
		xml_error_at(error, (const char *)doc->URL, line);
		xml_error_add(error, wrong);
	}
	arena_free(scratch);
}

/* Compiles the pages of theme->program. NULL when that fails; the reason is then in *error. */
static xsltStylesheetPtr
compile_pages(struct theme *theme, struct xml_error *error, bool *ret_needs_all)
{
	struct loading mine = { theme, error };
	xsltStylesheetPtr style = NULL;
	xmlDocPtr doc;

	xml_error_collect(error);
	loading = &mine;
	xsltSetLoaderFunc(load);
	doc = load_sheet(THEME_ADDRESS "site.xsl", page_names());
	if (doc != NULL)
		style = xsltParseStylesheetDoc(doc);
	if (doc != NULL && style == NULL)
		xmlFreeDoc(doc);
	if (style != NULL)
		check_templates(style, error);
	*ret_needs_all = style != NULL && theme_pages_need_all(theme, style, load_sheet);
	loading = NULL;
	xml_error_end(error);
	/* libxslt continues after some errors, such as a failed import. */
	if (style != NULL && error->words[0] != '\0') {
		xsltFreeStylesheet(style);
		style = NULL;
	}
	return style;
}

/*
 * Compiles the stylesheets. Where the program's pages are not enough, because the theme refers to something of another page,
 * all pages are compiled: a theme that was accepted when it was chosen works in each program.
 */
static xsltStylesheetPtr
compile(struct theme *theme, struct xml_error *error)
{
	bool needs_all;
	xsltStylesheetPtr style = compile_pages(theme, error, &needs_all);

	if (theme->program == NULL || (style != NULL && !needs_all))
		return style;
	xsltFreeStylesheet(style);
	theme->program = NULL;
	return compile_pages(theme, error, &needs_all);
}

/* --- the theme ---------------------------------------------------------------- */

static enum status
digest_theme(struct theme *theme)
{
	struct arena *scratch = arena_new();
	const char *build;
	enum status status = theme_digest(scratch, theme->folder, theme->default_folder, DIR_CONTENTS, &build);

	if (status == OK)
		theme->build = arena_dup(theme->arena, build);
	arena_free(scratch);
	return status;
}

static const char *
real_folder(struct arena *arena, const char *folder)
{
	char real[PATH_MAX];

	return realpath(folder, real) == NULL ? NULL : arena_dup(arena, real);
}

static xsltSecurityPrefsPtr
forbid_everything(void)
{
	static const xsltSecurityOption options[] = { XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE,
		XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK, XSLT_SECPREF_WRITE_NETWORK };
	xsltSecurityPrefsPtr security = xsltNewSecurityPrefs();

	if (security == NULL)
		abort();
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (xsltSetSecurityPrefs(security, options[i], xsltSecurityForbid) != 0)
			abort();
	return security;
}

/* NULL, or what is wrong. */
static const char *
open_theme(struct theme *theme, const char *folder, const char *data_folder, const char *program)
{
	const char *default_path = arena_printf(theme->arena, "%s/templates/default", data_folder);
	struct xml_error error;
	xsltStylesheetPtr style;

	theme->default_folder = real_folder(theme->arena, default_path);
	if (theme->default_folder == NULL)
		return cannot_open(theme, default_path);
	theme->folder = folder == NULL ? theme->default_folder : real_folder(theme->arena, folder);
	if (theme->folder == NULL)
		return cannot_open(theme, folder);
	theme->assets = "/assets";
	if (!str_equal(theme->folder, theme->default_folder))
		theme->assets = arena_printf(theme->arena, "/assets/%s", strrchr(folder, '/') == NULL ? folder : strrchr(folder, '/') + 1);
	if (digest_theme(theme) != OK)
		return arena_printf(theme->arena, "%s: a file in it cannot be read, or there are too many", theme->folder);
	/* Languages differ only in the content of text nodes, so there is nothing else to check for them. */
	theme->program = arena_dup(theme->arena, program);
	style = compile(theme, &error);
	if (style == NULL)
		return theme_error_text(theme->arena, theme, &error);
	/* An idle worker does not keep a stylesheet that it can compile again within milliseconds. */
	xsltFreeStylesheet(style);
	(void)malloc_trim(0);
	return NULL;
}

enum status
theme_open(const char *folder, const char *data_folder, const char *program, struct theme **ret_theme, const char **ret_problem)
{
	/* The caller reads the message after the theme's arena is freed. */
	static char problem[PATH_MAX + 1024];
	struct arena *arena = arena_new();
	struct theme *theme = arena_new_of(arena, struct theme);
	bool was_running = xml_memory_pause(); /* the names in the stylesheets join those that all pages share */
	const char *wrong;

	theme->arena = arena;
	theme->source_memory = arena_new();
	theme->security = forbid_everything();
	theme->fragment_cache = fragment_cache_new();
	wrong = open_theme(theme, folder, data_folder, program);
	xml_memory_resume(was_running);
	if (wrong != NULL) {
		(void)snprintf(problem, sizeof(problem), "%s", wrong);
		*ret_problem = problem;
		theme_close(theme);
		return INVALID;
	}
	*ret_theme = theme;
	return OK;
}

static void
forget_sources(struct theme *theme)
{
	if (theme->source_memory != NULL)
		arena_free(theme->source_memory);
	theme->source_memory = NULL;
	theme->sources = NULL;
}

void
theme_close(struct theme *theme)
{
	if (theme == NULL)
		return;
	theme_texts_free(theme->texts);
	xsltFreeStylesheet(theme->style);
	xsltFreeSecurityPrefs(theme->security);
	fragment_cache_free(theme->fragment_cache);
	forget_sources(theme);
	arena_free(theme->arena);
}

struct fragment_cache *
theme_cache(struct theme *theme)
{
	return theme->fragment_cache;
}

const char *
theme_assets(const struct theme *theme)
{
	return theme->assets;
}

const char *
theme_build(const struct theme *theme)
{
	return theme->build;
}

enum status
theme_style(struct theme *theme, struct arena *arena, const char *lang, xsltStylesheetPtr *ret_style)
{
	struct xml_error error;
	bool was_running = xml_memory_pause(); /* stylesheets and their texts outlive this request */
	size_t i = 0;

	if (theme->style == NULL && (theme->style = compile(theme, &error)) != NULL) {
		theme->texts = theme_texts_new(theme->style);
		forget_sources(theme);
		(void)malloc_trim(0); /* a worker compiles once, and what that took stays free otherwise */
	}
	while (languages[i].code != NULL && !str_equal(languages[i].code, lang))
		i++;
	if (theme->style != NULL)
		theme_texts_use(theme->texts, languages[i].code == NULL || i >= LANGUAGES_MAX ? 0 : i);
	xml_memory_resume(was_running);
	if (theme->style == NULL) {
		log_line(LOG_ERROR, "theme", "%s", theme_error_text(arena, theme, &error));
		return FAULT;
	}
	*ret_style = theme->style;
	return OK;
}
