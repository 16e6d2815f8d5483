#include "theme_fixture.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/token.h"

struct arena *arena;
char folder[32];
static int real_stderr;

const char *
source_folder(void)
{
	const char *given = getenv("srcdir");

	return given == NULL ? "." : given;
}

const char *
said(void)
{
	char *text = arena_alloc(arena, 64 * 1024);
	ssize_t length = pread(STDERR_FILENO, text, 64 * 1024 - 1, 0);

	ck_assert_int_ge(length, 0);
	return text;
}

void
theme_setup(void)
{
	char path[] = "/tmp/check-said-XXXXXX";
	int file = mkstemp(path);

	ck_assert_int_ge(file, 0);
	(void)unlink(path);
	real_stderr = dup(STDERR_FILENO);
	(void)dup2(file, STDERR_FILENO);
	(void)close(file);
	arena = arena_new();
	/* make check runs here; tests/run sets it itself. */
	(void)setenv("RENOWN_LOCALE", "po", 0);
	token_init();
	log_open("test", LOG_WARNING);
	(void)strcpy(folder, "/tmp/check-theme-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static int
remove_entry(const char *path, const struct stat *found, int type, struct FTW *place)
{
	(void)found;
	(void)type;
	(void)place;
	return remove(path);
}

void
theme_teardown(void)
{
	(void)dup2(real_stderr, STDERR_FILENO);
	(void)close(real_stderr);
	(void)nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	arena_free(arena);
}

void
write_file(const char *name, const char *text)
{
	const char *path = arena_printf(arena, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

struct theme *
opened(const char *path)
{
	const char *problem = "";
	struct theme *theme = NULL;

	ck_assert_msg(theme_open(path, source_folder(), NULL, &theme, &problem) == OK, "%s", problem);
	return theme;
}

void
assert_has(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) != NULL, "no \"%s\" in: %s", part, text);
}

void
assert_has_not(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) == NULL, "\"%s\" in: %s", part, text);
}

struct page *
sample(const char *lang, const char *name)
{
	struct page *page = page_new(arena, lang, "https://example.org", "");
	xmlNodePtr site;

	page_attr(page->root, "name", name);
	page_attr(page->root, "title", "Fish & <chips>");
	page_attr(page->root, "assets", "/assets");
	site = page_element(page->root, "site");
	page_attr(site, "name", "Ink");
	page_attr(site, "seal", "I");
	page_href(page, site, "href", "/");
	return page;
}

const char *
rendered(struct theme *theme, const struct page *page)
{
	char *bytes;
	size_t length;

	ck_assert_msg(theme_render(theme, arena, page, &bytes, &length) == OK, "%s", said());
	ck_assert_uint_eq(strlen(bytes), length);
	return bytes;
}
