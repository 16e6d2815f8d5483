#include "archive_names.h"

struct archive_names
archive_names_begin(void)
{
	struct archive_names names = { .used = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0) };

	if (names.used != (locale_t)0)
		names.before = uselocale(names.used);
	return names;
}

void
archive_names_end(struct archive_names *names)
{
	if (names->used == (locale_t)0)
		return;
	(void)uselocale(names->before);
	freelocale(names->used);
	names->used = (locale_t)0;
}
