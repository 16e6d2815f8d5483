/* The form parser on any bytes: every value that comes out has passed the gate and is within its limit. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/field.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct field fields[] = {
	{ .name = "q", .type = FIELD_LINE, .max = 40, .required = true },
	{ .name = "text", .type = FIELD_TEXT, .max = 300 },
	{ .name = "before", .type = FIELD_CURSOR, .max = 41 },
	{ 0 },
};

static void
check(struct arena *arena, const struct field_values *values)
{
	for (const struct field *field = fields; field->name != NULL; field++) {
		const char *value = field_value(values, field->name);
		char *again;
		long long first, second;

		if (value == NULL)
			continue;
		if (!text_accept(arena, value, strlen(value), field->type == FIELD_TEXT ? TEXT_BLOCK : TEXT_LINE, &again))
			abort();
		(void)field_cursor(value, &first, &second);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	struct field_values *values;
	char *copy = arena_bytes(arena, bytes, length);
	size_t left = length;

	for (int lossy = 0; lossy < 2; lossy++) {
		enum status status;

		values = NULL;
		status = field_parse(arena, fields, (const char *)bytes, length, lossy == 1, &values);
		if (status == OK && values == NULL)
			abort();
		if (values != NULL)
			check(arena, values);
		if (status == OK)
			for (const struct field *field = fields; field->name != NULL; field++)
				if (field_value(values, field->name) != NULL && text_length(field_value(values, field->name)) > field->max)
					abort();
	}
	(void)field_decode(copy, &left, true);
	if (left > length)
		abort();
	arena_free(arena);
	return 0;
}
