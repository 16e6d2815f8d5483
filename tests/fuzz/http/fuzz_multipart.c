/* Forms with files: any input is read or refused, and each value that is read is within its field's limits. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "http/multipart.h"

static const struct field fields[] = {
	{ .name = "title", .type = FIELD_LINE, .max = 20 },
	{ .name = "file", .type = FIELD_FILE, .max = 1000, .many = 3 },
	{ 0 },
};

struct source {
	const uint8_t *bytes;
	size_t left;
};

static size_t
read_some(void *context, char *bytes, size_t length)
{
	struct source *source = context;

	if (length > source->left)
		length = source->left;
	memcpy(bytes, source->bytes, length);
	source->bytes += length;
	source->left -= length;
	return length;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct source source = { data, size };
	struct multipart form = { .fields = fields, .type = "multipart/form-data; boundary=B", .length = (int64_t)size,
		.read = read_some, .context = &source };
	const struct upload *uploads = NULL;
	struct field_values *values;

	if (multipart_read(arena, &form, &values, &uploads) == OK) {
		const char *title = field_value(values, "title");
		if (uploads != NULL || (title != NULL && text_length(title) > 20))
			abort();
	}
	arena_free(arena);
	return 0;
}
