/* The names of the system's time zones. */
#include "core/clock.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"

enum { ZONES_MAX = 800 };

/*
 * zone1970.tab of tzdata: one place per line, columns separated by tabs; the third column is the zone's
 * name.
 */
static const char table[] = "/usr/share/zoneinfo/zone1970.tab";

const char *const *
clock_zones(struct arena *arena)
{
	const char **names = arena_array(arena, ZONES_MAX + 1, sizeof(*names));
	FILE *file = fopen(table, "re");
	char line[512];
	size_t count = 0;

	if (file == NULL)
		return names;
	names[count++] = "UTC";
	while (count < ZONES_MAX && fgets(line, sizeof(line), file) != NULL) {
		char *rest = line, *name = NULL;
		if (line[0] == '#')
			continue;
		for (int column = 0; column < 3; column++)
			name = strsep(&rest, "\t\n");
		if (!str_empty(name))
			names[count++] = arena_dup(arena, name);
	}
	(void)fclose(file);
	return names;
}
