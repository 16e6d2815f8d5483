#include "page/lang/mo_file.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC 0x950412deu

enum { HEAD_BYTES = 20, ENTRY_BYTES = 8, MOST_BYTES = 4 * 1024 * 1024 };

struct mo_file {
	size_t length;
	size_t count;            /* of messages */
	size_t messages, translations; /* offsets of their tables: length and offset of each string */
	char bytes[];
};

static uint32_t
number_at(const struct mo_file *catalogue, size_t place)
{
	uint32_t number;

	memcpy(&number, catalogue->bytes + place, sizeof(number));
	return number;
}

/* String i of a table. NULL when the file is damaged: the string must end with a NUL inside the file. */
static const char *
string_at(const struct mo_file *catalogue, size_t table, size_t i, size_t *ret_length)
{
	size_t length = number_at(catalogue, table + i * ENTRY_BYTES), place = number_at(catalogue, table + i * ENTRY_BYTES + 4);

	if (place >= catalogue->length || length >= catalogue->length - place ||
		catalogue->bytes[place + length] != '\0')
		return NULL;
	*ret_length = length;
	return catalogue->bytes + place;
}

static bool
read_head(struct mo_file *catalogue)
{
	if (catalogue->length < HEAD_BYTES || number_at(catalogue, 0) != MAGIC)
		return false;
	catalogue->count = number_at(catalogue, 8);
	catalogue->messages = number_at(catalogue, 12);
	catalogue->translations = number_at(catalogue, 16);
	return catalogue->count <= catalogue->length / ENTRY_BYTES &&
		catalogue->messages <= catalogue->length - catalogue->count * ENTRY_BYTES &&
		catalogue->translations <= catalogue->length - catalogue->count * ENTRY_BYTES;
}

struct mo_file *
mo_file_open(const char *path)
{
	FILE *file = fopen(path, "re");
	struct mo_file *catalogue;
	bool good;

	if (file == NULL)
		return NULL;
	catalogue = calloc(1, sizeof(*catalogue) + MOST_BYTES);
	if (catalogue == NULL)
		abort();
	catalogue->length = fread(catalogue->bytes, 1, MOST_BYTES, file);
	good = ferror(file) == 0 && read_head(catalogue);
	(void)fclose(file);
	if (good) {
		struct mo_file *smaller = realloc(catalogue, sizeof(*catalogue) + catalogue->length);
		return smaller == NULL ? catalogue : smaller;
	}
	free(catalogue);
	return NULL;
}

void
mo_file_close(struct mo_file *catalogue)
{
	free(catalogue);
}

/* The index of a message, or catalogue->count when there is none. The table is sorted by strcmp(). */
static size_t
position(const struct mo_file *catalogue, const char *message)
{
	size_t low = 0, high = catalogue->count, length;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *here = string_at(catalogue, catalogue->messages, middle, &length);
		int order = here == NULL ? -1 : strcmp(message, here);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return catalogue->count;
}

const char *
mo_file_find(const struct mo_file *catalogue, const char *message, size_t form)
{
	size_t i = position(catalogue, message), length = 0;
	const char *first = i == catalogue->count ? NULL : string_at(catalogue, catalogue->translations, i, &length);
	const char *end = first == NULL ? NULL : first + length, *found = first;

	/* Plural forms follow one another, separated by NULs. */
	for (; form > 0 && found != NULL; form--)
		found = found + strlen(found) < end ? found + strlen(found) + 1 : NULL;
	if (found == NULL)
		found = first;
	return found == NULL || *found == '\0' ? NULL : found;
}
