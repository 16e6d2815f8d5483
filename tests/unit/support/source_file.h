/* Files of the source folder, for tests of the text of the sources. Texts are in the arena of arena_case.h. An error ends the test. */
#ifndef TESTS_SOURCE_FILE_H
#define TESTS_SOURCE_FILE_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena_case.h"
#include "core/str.h"

static inline const char *
source_folder(void)
{
	const char *source = getenv("srcdir") != NULL ? getenv("srcdir") : getenv("RENOWN_DATA");

	return source == NULL ? "." : source;
}

static inline const char *
text_of(const char *path)
{
	FILE *file = fopen(path, "r");
	struct str text = str_init(arena);
	char bytes[4096];
	size_t length;

	ck_assert_msg(file != NULL, "%s", path);
	while ((length = fread(bytes, 1, sizeof(bytes), file)) > 0)
		str_add_bytes(&text, bytes, length);
	(void)fclose(file);
	return text.bytes;
}

static inline const char *
file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

#endif
