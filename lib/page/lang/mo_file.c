#include "page/lang/mo_file.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC 0x950412deu

enum { HEAD_BYTES = 20, ENTRY_BYTES = 8, BYTES_MAX = 4 * 1024 * 1024 };

struct mo_file {
	size_t length;
	size_t count;            /* of messages */
	size_t messages, translations; /* offsets of their tables: length and offset of each string */
	char bytes[];
};

static uint32_t
number_at(const struct mo_file *mo_file, size_t place)
{
	uint32_t number;

	memcpy(&number, mo_file->bytes + place, sizeof(number));
	return number;
}

/* String i of a table. NULL when the file is damaged: the string must end with a NUL inside the file. */
static const char *
string_at(const struct mo_file *mo_file, size_t table, size_t i, size_t *ret_length)
{
	size_t length = number_at(mo_file, table + i * ENTRY_BYTES), place = number_at(mo_file, table + i * ENTRY_BYTES + 4);

	if (place >= mo_file->length || length >= mo_file->length - place ||
		mo_file->bytes[place + length] != '\0')
		return NULL;
	*ret_length = length;
	return mo_file->bytes + place;
}

static bool
read_head(struct mo_file *mo_file)
{
	if (mo_file->length < HEAD_BYTES || number_at(mo_file, 0) != MAGIC)
		return false;
	mo_file->count = number_at(mo_file, 8);
	mo_file->messages = number_at(mo_file, 12);
	mo_file->translations = number_at(mo_file, 16);
	return mo_file->count <= mo_file->length / ENTRY_BYTES &&
		mo_file->messages <= mo_file->length - mo_file->count * ENTRY_BYTES &&
		mo_file->translations <= mo_file->length - mo_file->count * ENTRY_BYTES;
}

struct mo_file *
mo_file_open(const char *path)
{
	FILE *file = fopen(path, "re");
	struct mo_file *mo_file;
	bool good;

	if (file == NULL)
		return NULL;
	mo_file = calloc(1, sizeof(*mo_file) + BYTES_MAX);
	if (mo_file == NULL)
		abort();
	mo_file->length = fread(mo_file->bytes, 1, BYTES_MAX, file);
	good = ferror(file) == 0 && read_head(mo_file);
	(void)fclose(file);
	if (good) {
		struct mo_file *smaller = realloc(mo_file, sizeof(*mo_file) + mo_file->length);
		return smaller == NULL ? mo_file : smaller;
	}
	free(mo_file);
	return NULL;
}

void
mo_file_close(struct mo_file *mo_file)
{
	free(mo_file);
}

/* The index of a message, or catalogue->count when there is none. The table is sorted by strcmp(). */
static size_t
position(const struct mo_file *mo_file, const char *message)
{
	size_t low = 0, high = mo_file->count, length;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *here = string_at(mo_file, mo_file->messages, middle, &length);
		int order = here == NULL ? -1 : strcmp(message, here);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return mo_file->count;
}

const char *
mo_file_find(const struct mo_file *mo_file, const char *message, size_t form)
{
	size_t i = position(mo_file, message), length = 0;
	const char *first = i == mo_file->count ? NULL : string_at(mo_file, mo_file->translations, i, &length);
	const char *end = first == NULL ? NULL : first + length, *found = first;

	/* Plural forms follow one another, separated by NULs. */
	for (; form > 0 && found != NULL; form--)
		found = found + strlen(found) < end ? found + strlen(found) + 1 : NULL;
	if (found == NULL)
		found = first;
	return found == NULL || *found == '\0' ? NULL : found;
}
