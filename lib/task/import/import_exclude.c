/*
 * Files that a site's configuration excludes: "exclude" of Jekyll and Hexo, "ignoreFiles" of Hugo, .eleventyignore,
 * .gitignore.
 */
#include "task/import/import.h"

#include <fnmatch.h>
#include <regex.h>
#include <string.h>

#include "core/str.h"

enum { PATTERNS_MAX = 1000, STARS_MAX = 8, EXPRESSION_MAX = 200 };

struct import_pattern {
	struct import_pattern *next;
	const char *root;    /* the folder of the site; "" is the import's folder */
	const char *pattern, *written, *source; /* relative to root; as written; the file that contains it */
	regex_t *expression; /* for a regular expression, or NULL */
	bool is_anywhere; /* at any depth */
	bool includes;    /* "!": includes files that an earlier pattern excludes */
};

/*
 * Limits the number of stars, because the time for matching grows exponentially with it and uploaded archives contain
 * any pattern. "**" counts as one star. The pattern ends after the last star that is allowed, so it then matches more.
 */
static void
limit_stars(char *pattern)
{
	char *to = pattern;
	int stars = 0;

	for (const char *from = pattern; *from != '\0' && stars < STARS_MAX; from++) {
		if (*from == '*' && to > pattern && to[-1] == '*')
			continue;
		stars += *from == '*';
		*to++ = *from;
	}
	*to = '\0';
}

/* Appends a pattern, unless there are too many. */
static void
add(struct import *import, struct import_pattern *item)
{
	struct import_pattern **last = &import->patterns;

	for (size_t count = 0; *last != NULL; last = &(*last)->next)
		if (++count == PATTERNS_MAX)
			return;
	*last = item;
}

void
import_exclude(struct import *import, const char *root, const char *written, bool is_anywhere, const char *source)
{
	struct import_pattern *item = arena_new_of(import->arena, struct import_pattern);
	char *pattern = str_trim(import->arena, written);
	size_t length;

	*item = (struct import_pattern){ .root = root, .written = arena_dup(import->arena, pattern), .source = source, .includes = is_anywhere && *pattern == '!' };
	pattern += item->includes;
	if (str_starts(pattern, "./"))
		pattern++;
	while (str_starts(pattern, "**/"))
		pattern += strlen("**/");
	length = strlen(pattern);
	while (length > 0 && pattern[length - 1] == '/')
		pattern[--length] = '\0';
	item->is_anywhere = is_anywhere && (strchr(pattern, '/') == NULL || strstr(item->written, "**/") == item->written);
	limit_stars(pattern);
	item->pattern = pattern + strspn(pattern, "/");
	if (*item->pattern != '\0')
		add(import, item);
}

static bool
has_reference(const char *expression)
{
	while ((expression = strchr(expression, '\\')) != NULL && expression[1] != '\0') {
		if (expression[1] >= '1' && expression[1] <= '9')
			return true;
		expression += 2;
	}
	return false;
}

bool
import_exclude_expression(struct import *import, const char *root, const char *written, const char *source)
{
	struct import_pattern *item = arena_new_of(import->arena, struct import_pattern);
	regex_t *expression = arena_new_of(import->arena, regex_t);

	/* Repetition counts and back references can take unlimited time. */
	if (strlen(written) > EXPRESSION_MAX || strchr(written, '{') != NULL || has_reference(written))
		return false;
	if (regcomp(expression, written, REG_EXTENDED | REG_NOSUB) != 0)
		return false;
	*item = (struct import_pattern){ .root = root, .written = arena_dup(import->arena, written), .source = source, .expression = expression };
	add(import, item);
	return true;
}

void
import_exclude_end(struct import *import)
{
	for (; import->patterns != NULL; import->patterns = import->patterns->next)
		if (import->patterns->expression != NULL)
			regfree(import->patterns->expression);
}

/* A star matches slashes too, and so does "**". */
static bool
is_match(const struct import_pattern *item, const char *path)
{
	size_t length = strlen(item->root);
	const char *slash;

	if (strncmp(path, item->root, length) != 0 || (length > 0 && path[length] != '/'))
		return false;
	/* An expression is matched with the slash before the path, because Hugo matches absolute paths. */
	if (item->expression != NULL)
		return regexec(item->expression, path + length - (length == 0), 0, NULL, 0) == 0;
	path += length + (length > 0);
	slash = strrchr(path, '/');
	if (fnmatch(item->pattern, path, 0) == 0)
		return true;
	return item->is_anywhere && slash != NULL && fnmatch(item->pattern, slash + 1, 0) == 0;
}

const char *
import_excluded(const struct import *import, struct arena *arena, const char *path)
{
	size_t length = 0;

	/* An excluded folder excludes everything below it. If several patterns match a name, the last one decides. */
	while (import->patterns != NULL && path[length] != '\0') {
		const struct import_pattern *last = NULL;
		const char *part;
		length += strspn(path + length, "/");
		length += strcspn(path + length, "/");
		part = (char *)arena_printf(arena, "/%.*s", (int)length, path) + 1;
		for (const struct import_pattern *item = import->patterns; item != NULL; item = item->next)
			if (is_match(item, part))
				last = item;
		if (last != NULL && !last->includes)
			return arena_printf(arena, "exclude: %s (%s)", last->written, last->source);
	}
	return NULL;
}
