#include "core/csv.h"

#include <stdbool.h>

#include "core/str.h"

struct csv {
	FILE *stream;
	size_t line;  /* of the next character */
	bool started;
};

/* One record while it is read. */
struct record {
	struct arena *arena;
	struct str field;
	const char **fields;
	size_t count, bytes, line;
	const char *problem;
};

struct csv *
csv_new(struct arena *arena, FILE *stream)
{
	struct csv *csv = arena_new_of(arena, struct csv);

	csv->stream = stream;
	csv->line = 1;
	return csv;
}

/* The next character, or EOF. A CRLF is read as one LF. */
static int
next(struct csv *csv)
{
	int c = getc(csv->stream);

	if (c == '\r') {
		int after = getc(csv->stream);
		if (after == '\n')
			c = '\n';
		else if (after != EOF)
			(void)ungetc(after, csv->stream);
	}
	csv->line += c == '\n';
	return c;
}

static void
skip_byte_order_mark(struct csv *csv)
{
	int c = getc(csv->stream);

	if (c == 0xEF) {
		/* Without the other two bytes it is no UTF-8, which the caller reports. */
		c = getc(csv->stream);
		if (c == 0xBB)
			c = getc(csv->stream) == 0xBF ? getc(csv->stream) : 0xEF;
	}
	if (c != EOF)
		(void)ungetc(c, csv->stream);
}

static bool
add(struct csv *csv, struct record *record, int c)
{
	if (c == '\0')
		record->problem = "There is a zero byte in it.";
	else if (++record->bytes > CSV_RECORD_BYTES)
		record->problem = "The record is longer than 1 MiB.";
	else
		str_add_char(&record->field, (char)c);
	if (record->problem != NULL)
		record->line = csv->line;
	return record->problem == NULL;
}

static bool
end_field(struct csv *csv, struct record *record)
{
	if (record->count == CSV_FIELDS_MAX) {
		record->problem = "The record has more than 256 fields.";
		record->line = csv->line;
		return false;
	}
	record->fields[record->count++] = record->field.bytes;
	record->field = str_init(record->arena);
	return true;
}

/* Reads what follows an opening quotation mark. *ret_next: the character after the closing one. */
static bool
read_quoted(struct csv *csv, struct record *record, int *ret_next)
{
	size_t opened = csv->line;

	for (;;) {
		int c = next(csv);
		if (c == '"' && (c = next(csv)) != '"') {
			*ret_next = c;
			if (c == ',' || c == '\n' || c == EOF)
				return true;
			record->problem = "After a closing quotation mark comes a comma or the end of the line. Inside of a field it is written twice.";
			record->line = csv->line;
			return false;
		}
		if (c == EOF) {
			record->problem = "The quotation mark that begins a field is never closed.";
			record->line = opened;
			return false;
		}
		if (!add(csv, record, c))
			return false;
	}
}

/* Reads one field. *ret_next: the character that ended it. */
static bool
read_field(struct csv *csv, struct record *record, int first, int *ret_next)
{
	int c = first;

	if (c == '"')
		return read_quoted(csv, record, ret_next) && end_field(csv, record);
	for (; c != ',' && c != '\n' && c != EOF; c = next(csv))
		if (!add(csv, record, c))
			return false;
	*ret_next = c;
	return end_field(csv, record);
}

enum status
csv_next(struct csv *csv, struct arena *arena, const char ***ret_fields, size_t *ret_count, size_t *ret_line,
	const char **ret_problem)
{
	struct record record = { .arena = arena, .field = str_init(arena) };
	int c;

	if (!csv->started)
		skip_byte_order_mark(csv);
	csv->started = true;
	do {
		record.line = csv->line;
		c = next(csv);
	} while (c == '\n');
	if (c == EOF)
		return ferror(csv->stream) ? FAULT : NOT_FOUND;
	record.fields = arena_array(arena, CSV_FIELDS_MAX, sizeof(*record.fields));
	while (read_field(csv, &record, c, &c) && c == ',')
		c = next(csv);
	if (ferror(csv->stream))
		return FAULT;
	*ret_line = record.line;
	*ret_problem = record.problem;
	if (record.problem != NULL)
		return INVALID;
	*ret_fields = record.fields;
	*ret_count = record.count;
	return OK;
}
