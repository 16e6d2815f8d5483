#include "store/comment/comment_path.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"

const char *
comment_path_add(struct arena *arena, const char *parent, int64_t id)
{
	size_t length = strlen(parent);

	if (length == COMMENT_PATH_MAX)
		length -= COMMENT_PATH_ID;
	return arena_printf(arena, "%.*s%010lld", (int)length, parent, (long long)id);
}

const char *
comment_path_short(struct arena *arena, const char *path)
{
	struct str text = str_init(arena);

	for (; *path != '\0'; path += COMMENT_PATH_ID)
		str_printf(&text, "%s%lld", text.length == 0 ? "" : ".", strtoll(arena_printf(arena, "%.*s", COMMENT_PATH_ID, path), NULL, 10));
	return text.length == 0 ? "" : text.bytes;
}

const char *
comment_path_long(struct arena *arena, const char *text)
{
	struct str path = str_init(arena);

	while (*text != '\0') {
		size_t digits = strspn(text, "0123456789");
		if (digits == 0 || digits > COMMENT_PATH_ID || path.length == COMMENT_PATH_MAX)
			return NULL;
		str_printf(&path, "%010lld", strtoll(arena_printf(arena, "%.*s", (int)digits, text), NULL, 10));
		text += digits;
		if (*text == '.' && text[1] != '\0')
			text++;
		else if (*text != '\0')
			return NULL;
	}
	return path.length == 0 ? "" : path.bytes;
}
