#include "core/field.h"

#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "core/str.h"
#include "core/text.h"

/* The most bytes that one character takes in a form: four bytes of UTF-8, each as "%XX". */
enum { ENCODED_MAX = 12 };

struct field_values {
	const struct field *fields;
	const char **values; /* one per field; NULL: not given */
	bool *refused;       /* per field: the value was not acceptable as sent */
	bool too_long;       /* at least one value */
	const struct text_fault **faults; /* per field: where its text was rejected, or NULL */
	size_t count;
};

/* The state of reading one form. */
struct field_reader {
	struct arena *arena;
	struct field_values *values;
	bool lossy, valid;
};

static int
hexadecimal(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decodes in place. In a malformed escape, `instead` replaces the '%'; the other bytes stay. */
static bool
decode(char *bytes, size_t *length, bool plus_is_space, char instead)
{
	size_t out = 0;
	bool well = true;

	for (size_t at = 0; at < *length; at++) {
		char c = bytes[at];

		if (c == '+' && plus_is_space) {
			c = ' ';
		} else if (c == '%') {
			int high = at + 2 < *length ? hexadecimal(bytes[at + 1]) : -1;
			int low = at + 2 < *length ? hexadecimal(bytes[at + 2]) : -1;

			if (high >= 0 && low >= 0) {
				c = (char)(high << 4 | low);
				at += 2;
			} else {
				c = instead;
				well = false;
			}
		}
		bytes[out++] = c;
	}
	*length = out;
	return well;
}

bool
field_decode(char *bytes, size_t *length, bool plus_is_space)
{
	return decode(bytes, length, plus_is_space, '%');
}

static size_t
field_index(const struct field_values *values, const char *name)
{
	size_t i = 0;

	while (i < values->count && strcmp(values->fields[i].name, name) != 0)
		i++;
	return i;
}

/* A GET adjusts a bad value (lossy) and goes on; a POST becomes INVALID. */
static void
refuse(struct field_reader *reader, size_t index)
{
	reader->values->refused[index] = true;
	reader->valid = reader->valid && reader->lossy;
}

static bool
is_choice(const struct field *field, const char *text)
{
	for (const struct field_choice *choice = field->choices; choice->value != NULL; choice++)
		if (str_equal(choice->value, text))
			return true;
	return false;
}

static void
take(struct field_reader *reader, size_t index, const char *bytes, size_t length)
{
	const struct field *field = &reader->values->fields[index];
	enum text_kind kind = field->type == FIELD_TEXT ? TEXT_BLOCK : TEXT_LINE;
	long long first, second;
	const char *text;
	char *accepted;

	if (text_accept(reader->arena, bytes, length, kind, &accepted)) {
		text = accepted;
	} else {
		struct text_fault *fault = arena_new_of(reader->arena, struct text_fault);
		if (text_find_fault(bytes, length, kind, fault))
			reader->values->faults[index] = fault;
		refuse(reader, index);
		text = text_clean(reader->arena, bytes, length, kind);
	}
	if (text_length(text) > field->max) {
		refuse(reader, index);
		reader->values->too_long = true;
		if (reader->lossy)
			text = text_cut(reader->arena, text, field->max);
	}
	if (field->type == FIELD_CURSOR && *text != '\0' && !field_cursor(text, &first, &second))
		refuse(reader, index);
	if (field->type == FIELD_CHOICE && !is_choice(field, text)) {
		refuse(reader, index);
		text = reader->lossy ? NULL : text;
	}
	reader->values->values[index] = text;
}

/* The index of a field that may be set now. BAD_REQUEST: unknown, already set, or a file. */
static enum status
place_of(const struct field_reader *reader, const char *name, size_t *ret_index)
{
	size_t index = field_index(reader->values, name);

	if (index == reader->values->count || reader->values->values[index] != NULL || reader->values->fields[index].type == FIELD_FILE)
		return BAD_REQUEST;
	*ret_index = index;
	return OK;
}

/* Reads one "name=value" pair of the form. */
static enum status
take_pair(struct field_reader *reader, const char *pair, size_t length)
{
	const char *equals = memchr(pair, '=', length);
	size_t name_length = equals == NULL ? length : (size_t)(equals - pair);
	size_t value_length = equals == NULL ? 0 : length - name_length - 1;
	char *name = arena_bytes(reader->arena, pair, name_length), *value;
	size_t index;

	(void)decode(name, &name_length, true, (char)0xFF);
	name[name_length] = '\0';
	if (strlen(name) != name_length || place_of(reader, name, &index) != OK)
		return reader->lossy ? OK : BAD_REQUEST;
	value = arena_bytes(reader->arena, equals == NULL ? "" : equals + 1, value_length);
	/* No UTF-8 text contains the byte FF, so a malformed escape is handled like a bad byte. */
	(void)decode(value, &value_length, true, (char)0xFF);
	take(reader, index, value, value_length);
	return OK;
}

size_t
field_room(const struct field *fields)
{
	size_t bytes = FIELD_QUERY_MAX;

	for (; fields != NULL && fields->name != NULL; fields++)
		bytes += fields->type == FIELD_FILE ? 0 : fields->max * ENCODED_MAX;
	return bytes;
}

bool
field_has_file(const struct field *fields)
{
	for (; fields != NULL && fields->name != NULL; fields++)
		if (fields->type == FIELD_FILE)
			return true;
	return false;
}

static enum status
take_pairs(struct field_reader *reader, const char *query, size_t length)
{
	size_t pairs = 0;

	for (size_t at = 0, end; at < length; at = end + 1) {
		const char *separator = memchr(query + at, '&', length - at);

		end = separator == NULL ? length : (size_t)(separator - query);
		if (end == at)
			continue;
		if (++pairs > FIELD_PAIRS_MAX)
			return BAD_REQUEST;
		TRY(take_pair(reader, query + at, end - at));
	}
	return OK;
}

static void
begin(struct field_reader *reader, struct arena *arena, const struct field *fields, bool lossy)
{
	struct field_values *values = arena_new_of(arena, struct field_values);

	*reader = (struct field_reader){ arena, values, lossy, true };
	values->fields = fields;
	while (fields != NULL && fields[values->count].name != NULL)
		values->count++;
	values->values = arena_array(arena, values->count + 1, sizeof(*values->values));
	values->refused = arena_array(arena, values->count + 1, sizeof(*values->refused));
	values->faults = arena_array(arena, values->count + 1, sizeof(*values->faults));
}

enum status
field_reader_end(struct field_reader *reader, struct field_values **ret_values)
{
	const struct field_values *values = reader->values;

	for (size_t i = 0; i < values->count; i++)
		if (values->fields[i].required && values->fields[i].type != FIELD_FILE && str_empty(values->values[i]))
			reader->valid = false;
	*ret_values = reader->values;
	if (values->too_long && !reader->lossy)
		return TOO_LARGE;
	return reader->valid ? OK : INVALID;
}

enum status
field_parse(struct arena *arena, const struct field *fields, const char *query,
	size_t length, bool lossy, struct field_values **ret_values)
{
	struct field_reader reader;

	if (length > (lossy ? FIELD_QUERY_MAX : field_room(fields)))
		return TOO_LARGE;
	begin(&reader, arena, fields, lossy);
	TRY(take_pairs(&reader, query, length));
	return field_reader_end(&reader, ret_values);
}

struct field_reader *
field_reader_new(struct arena *arena, const struct field *fields)
{
	struct field_reader *reader = arena_new_of(arena, struct field_reader);

	begin(reader, arena, fields, false);
	return reader;
}

enum status
field_reader_take(struct field_reader *reader, const char *name, const char *bytes, size_t length)
{
	size_t index;

	TRY(place_of(reader, name, &index));
	take(reader, index, bytes, length);
	return OK;
}

/* The index of a field that the table must contain. */
static size_t
need_index(const struct field_values *values, const char *name)
{
	size_t index = field_index(values, name);

	if (index == values->count) {
		log_line(LOG_ERROR, "bug", "a handler asked for the field \"%s\", which its route does not declare", name);
		abort();
	}
	return index;
}

const char *
field_value(const struct field_values *values, const char *name)
{
	return values->values[need_index(values, name)];
}

void
field_replace(struct field_values *values, const char *name, const char *value)
{
	values->values[need_index(values, name)] = value;
}

bool
field_refused(const struct field_values *values, const char *name)
{
	size_t index = field_index(values, name);

	return index < values->count && values->refused[index];
}

const struct text_fault *
field_fault(const struct field_values *values, const char *name)
{
	size_t index = field_index(values, name);

	return index < values->count ? values->faults[index] : NULL;
}

bool
field_cursor(const char *value, long long *ret_first, long long *ret_second)
{
	const char *dash;
	char first[24];
	long long one, two;

	if (str_empty(value) || strlen(value) >= sizeof(first) * 2)
		return false;
	/* The first number may be negative (a time before 1970); the second is an id. */
	dash = strchr(value + 1, '-');
	if (dash == NULL || (size_t)(dash - value) >= sizeof(first) || dash[1] == '-')
		return false;
	memcpy(first, value, (size_t)(dash - value));
	first[dash - value] = '\0';
	if (!str_to_integer(first, &one) || !str_to_integer(dash + 1, &two))
		return false;
	*ret_first = one;
	*ret_second = two;
	return true;
}
