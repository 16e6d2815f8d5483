#include "task/convert/conversion_warnings.h"

#include <stdlib.h>
#include <string.h>

#include "core/map.h"
#include "core/str.h"

enum { EXAMPLES = 3, GROUPS_MAX = 1000, GROUPS_SHOWN = 60, OTHER_GROUPS = 100 };

struct group {
	enum conversion_part part;
	const char *kind;
	const char **examples; /* "path:line detail": the first few; all in the parts other than CONVERSION_WARNINGS_CHANGED */
	size_t example_count, example_room;
	int64_t count;
};

struct conversion_warnings {
	struct arena *arena;
	struct map *by_kind;
	struct group **groups;
	size_t group_count;
	int64_t total;
	void (*on_warning)(void *context, const char *kind, const char *path, int line, const char *detail, int64_t count);
	void *context;
};

struct conversion_warnings *
conversion_warnings_new(struct arena *arena)
{
	struct conversion_warnings *warnings = arena_new_of(arena, struct conversion_warnings);

	warnings->arena = arena;
	warnings->by_kind = map_new(arena);
	warnings->groups = arena_array(arena, GROUPS_MAX + OTHER_GROUPS, sizeof(*warnings->groups));
	return warnings;
}

void
conversion_warnings_listen(struct conversion_warnings *warnings, void (*on_warning)(void *context, const char *kind, const char *path, int line, const char *detail,
	int64_t count), void *context)
{
	warnings->on_warning = on_warning;
	warnings->context = context;
}

static struct group *
find_group(struct conversion_warnings *warnings, enum conversion_part part, const char *kind)
{
	struct group *group = map_get(warnings->by_kind, kind);

	if (group != NULL)
		return group;
	/* Kinds may contain a word from a file, so their number is limited. The other parts have few kinds. */
	if (warnings->group_count >= GROUPS_MAX && (part == CONVERSION_WARNINGS_CHANGED || warnings->group_count == GROUPS_MAX + OTHER_GROUPS - 1))
		kind = "other things";
	group = map_get(warnings->by_kind, kind);
	if (group != NULL)
		return group;
	group = arena_new_of(warnings->arena, struct group);
	group->kind = arena_dup(warnings->arena, kind);
	group->part = part;
	(void)map_put(warnings->by_kind, group->kind, group);
	warnings->groups[warnings->group_count++] = group;
	return group;
}

static void
add(struct conversion_warnings *warnings, enum conversion_part part, const char *kind, const char *path, int line, const char *detail, int64_t count)
{
	struct group *group = find_group(warnings, part, kind);

	warnings->total += part == CONVERSION_WARNINGS_CHANGED ? count : 0;
	if (warnings->on_warning != NULL)
		warnings->on_warning(warnings->context, kind, path, line, detail, count);
	group->count += count;
	if (group->part == CONVERSION_WARNINGS_CHANGED && group->example_count == EXAMPLES)
		return;
	if (group->example_count == group->example_room) {
		size_t room = group->example_room == 0 ? EXAMPLES : group->example_room * 2;
		const char **examples = arena_array(warnings->arena, room, sizeof(*examples));
		if (group->example_count > 0)
			memcpy(examples, group->examples, group->example_count * sizeof(*examples));
		group->examples = examples;
		group->example_room = room;
	}
	group->examples[group->example_count++] = line > 0
		? arena_printf(warnings->arena, "%s:%d%s%s", path, line, detail == NULL ? "" : " ", detail == NULL ? "" : detail)
		: arena_printf(warnings->arena, "%s%s%s", path, detail == NULL ? "" : " ", detail == NULL ? "" : detail);
}

void
conversion_warnings_count(struct conversion_warnings *warnings, const char *kind, const char *path, int line, const char *detail, int64_t count)
{
	add(warnings, CONVERSION_WARNINGS_CHANGED, kind, path, line, detail, count);
}

void
conversion_warnings_add(struct conversion_warnings *warnings, const char *kind, const char *path, int line, const char *detail)
{
	add(warnings, CONVERSION_WARNINGS_CHANGED, kind, path, line, detail, 1);
}

void
conversion_warnings_add_to(struct conversion_warnings *warnings, enum conversion_part part, const char *kind, const char *path, int line, const char *detail)
{
	add(warnings, part, kind, path, line, detail, 1);
}

int64_t
conversion_warnings_total(const struct conversion_warnings *warnings)
{
	return warnings->total;
}

static int
by_count(const void *a, const void *b)
{
	const struct group *first = *(struct group *const *)a, *second = *(struct group *const *)b;

	if (first->count != second->count)
		return first->count < second->count ? 1 : -1;
	return strcmp(first->kind, second->kind);
}

/* The detail that belongs in the place of "%s" follows with each example. */
static void
add_group(struct str *text, const struct group *group)
{
	const char *place = strstr(group->kind, "%s");

	if (place == NULL)
		str_printf(text, "  %lld × %s\n", (long long)group->count, group->kind);
	else
		str_printf(text, "  %lld × %.*s…%s\n", (long long)group->count, (int)(place - group->kind), group->kind, place + 2);
	for (size_t example = 0; example < group->example_count; example++)
		str_printf(text, "      %s\n", group->examples[example]);
	if (group->count > (int64_t)group->example_count)
		str_printf(text, "      …\n");
}

static void
add_part(struct str *text, const struct conversion_warnings *warnings, enum conversion_part part, const char *heading)
{
	int64_t rest = 0;
	size_t shown = 0, all = 0;

	for (size_t i = 0; i < warnings->group_count; i++) {
		const struct group *group = warnings->groups[i];
		if (group->part != part)
			continue;
		if (all++ == 0)
			str_printf(text, "%s:\n", heading);
		if (shown == GROUPS_SHOWN) {
			rest += group->count;
			continue;
		}
		shown++;
		add_group(text, group);
	}
	if (rest > 0)
		str_printf(text, "  %lld of %zu other kinds\n", (long long)rest, all - shown);
}

const char *
conversion_warnings_text(const struct conversion_warnings *warnings)
{
	struct str text = str_init(warnings->arena);

	qsort(warnings->groups, warnings->group_count, sizeof(*warnings->groups), by_count);
	add_part(&text, warnings, CONVERSION_WARNINGS_RESTRICTED, "Restricted, scheduled or not published");
	add_part(&text, warnings, CONVERSION_WARNINGS_LEFT_OUT, "Not imported");
	add_part(&text, warnings, CONVERSION_WARNINGS_CHANGED, "Changed or incomplete");
	return text.bytes;
}
