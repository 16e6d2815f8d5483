/* Files that a site's configuration keeps out of the site: "exclude" of Jekyll, .eleventyignore and .gitignore. */
#include "import.h"

#include <fnmatch.h>
#include <string.h>

#include "core/str.h"

enum { PATTERNS_MOST = 1000 };

struct import_pattern {
	struct import_pattern *next;
	const char *root;    /* the folder of the site that says it; "" is the import's */
	const char *pattern, *written, *origin; /* below that folder; as it stands there; the file that says it */
	bool is_anywhere; /* at any depth */
	bool includes;    /* "!": what an earlier one excludes is included all the same */
};

void
import_exclude(struct import *import, const char *root, const char *written, bool is_anywhere, const char *origin)
{
	struct import_pattern *item = arena_new_of(import->arena, struct import_pattern), **last = &import->patterns;
	char *pattern = str_trim(import->arena, written);
	size_t length;

	*item = (struct import_pattern){ .root = root, .written = arena_dup(import->arena, pattern), .origin = origin, .includes = is_anywhere && *pattern == '!' };
	pattern += item->includes;
	if (str_starts(pattern, "./"))
		pattern++;
	while (str_starts(pattern, "**/"))
		pattern += strlen("**/");
	length = strlen(pattern);
	while (length > 0 && pattern[length - 1] == '/')
		pattern[--length] = '\0';
	item->is_anywhere = is_anywhere && (strchr(pattern, '/') == NULL || strstr(item->written, "**/") == item->written);
	item->pattern = pattern + strspn(pattern, "/");
	for (size_t count = 0; *last != NULL; last = &(*last)->next)
		if (++count == PATTERNS_MOST)
			return;
	if (*item->pattern != '\0')
		*last = item;
}

/* A star stands for slashes as well, and so do two. */
static bool
is_match(const struct import_pattern *item, const char *path)
{
	size_t length = strlen(item->root);
	const char *slash;

	if (strncmp(path, item->root, length) != 0 || (length > 0 && path[length] != '/'))
		return false;
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

	/* The first folder that is excluded takes along what is below it; of a name the last pattern decides. */
	while (import->patterns != NULL && path[length] != '\0') {
		const struct import_pattern *last = NULL;
		const char *part;
		length += strspn(path + length, "/");
		length += strcspn(path + length, "/");
		part = arena_bytes(arena, path, length);
		for (const struct import_pattern *item = import->patterns; item != NULL; item = item->next)
			if (is_match(item, part))
				last = item;
		if (last != NULL && !last->includes)
			return arena_printf(arena, "exclude: %s (%s)", last->written, last->origin);
	}
	return NULL;
}
