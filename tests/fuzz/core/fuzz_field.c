/* Any query and any form: either the form is refused as too large or missing, or all values are clean and within their limits. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/field.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct field fields[] = {
	{ .name = "a", .type = FIELD_LINE, .max = 10 },
	{ .name = "b", .type = FIELD_TEXT, .max = 20, .required = true },
	{ .name = "c", .type = FIELD_CURSOR, .max = 40 },
	{ 0 },
};

static void
need(bool holds)
{
	if (!holds)
		abort();
}

static void
check_value(struct arena *arena, const struct field *field, const char *value, bool may_be_long)
{
	char *accepted;

	if (value == NULL)
		return;
	need(text_accept(arena, value, strlen(value), field->type == FIELD_TEXT ? TEXT_BLOCK : TEXT_LINE, &accepted));
	need(may_be_long || text_length(value) <= field->max);
}

static void
check(struct arena *arena, const char *query, size_t length, bool lossy)
{
	struct field_values *values = NULL;
	enum status status = field_parse(arena, fields, query, length, lossy, &values);
	const char *cursor;
	long long first, second;

	need(status == OK || status == INVALID || status == BAD_REQUEST || status == TOO_LARGE);
	/* If a form is refused because one value is too long, all values are still returned. */
	need(status == TOO_LARGE || (values != NULL) == (status == OK || status == INVALID));
	if (values == NULL)
		return;
	for (const struct field *field = fields; field->name != NULL; field++)
		check_value(arena, field, field_value(values, field->name), status == TOO_LARGE);
	cursor = field_value(values, "c");
	if (status == OK) {
		need(field_value(values, "b") != NULL);
		need(lossy || cursor == NULL || *cursor == '\0' || field_cursor(cursor, &first, &second));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	char *copy = arena_bytes(arena, bytes, length);
	size_t decoded = length;

	check(arena, (const char *)bytes, length, true);
	check(arena, (const char *)bytes, length, false);
	(void)field_decode(copy, &decoded, length % 2 == 0);
	need(decoded <= length);
	arena_free(arena);
	return 0;
}
