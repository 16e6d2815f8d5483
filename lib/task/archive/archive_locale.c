#include "task/archive/archive_locale.h"

#include <iconv.h>
#include <string.h>

const char *
archive_name_read(struct arena *arena, const char *bytes)
{
	size_t length = strlen(bytes), room = length * 4, left = room;
	char *name = arena_alloc(arena, room + 1), *in = arena_dup(arena, bytes), *out = name;
	iconv_t converter = iconv_open("UTF-8", "GB18030");
	size_t code;

	if (converter == (iconv_t)-1)
		return NULL;
	code = iconv(converter, &in, &length, &out, &left);
	(void)iconv_close(converter);
	*out = '\0';
	return code == (size_t)-1 || length > 0 ? NULL : name;
}

struct archive_locale
archive_names_begin(void)
{
	struct archive_locale names = { .used = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0) };

	if (names.used != (locale_t)0)
		names.before = uselocale(names.used);
	return names;
}

void
archive_names_end(struct archive_locale *names)
{
	if (names->used == (locale_t)0)
		return;
	(void)uselocale(names->before);
	freelocale(names->used);
	names->used = (locale_t)0;
}
