#include "page/health/health_result.h"

#include <stdlib.h>
#include <string.h>

#include "page/lang/lang.h"

/* A placeholder in a format, from the % to its letter. */
struct place {
	size_t length; /* including the % */
	long number;   /* of %2$s, from 1; 0: the next one */
	char letter;
	bool is_long;
};

/* False for "%%", and for any mistake in a translation. */
static bool
read_place(const char *text, struct place *ret_place)
{
	const char *at = text + 1;
	char *end;
	long number = strtol(at, &end, 10);
	struct place place = { 0 };

	if (*end == '$') {
		place.number = number;
		at = end + 1;
	}
	while (*at == 'l') {
		place.is_long = true;
		at++;
	}
	place.letter = *at;
	place.length = (size_t)(at + 1 - text);
	*ret_place = place;
	return *at == 's' || *at == 'd' || *at == 'u';
}

/* va_list is passed by address so that the caller continues behind this value. */
static const char *
take_value(struct arena *arena, const struct place *place, va_list *arguments)
{
	if (place->letter == 's')
		return arena_dup(arena, va_arg(*arguments, const char *));
	if (place->is_long)
		return arena_printf(arena, "%lld", va_arg(*arguments, long long));
	return place->letter == 'u' ? arena_printf(arena, "%u", va_arg(*arguments, unsigned))
		: arena_printf(arena, "%d", va_arg(*arguments, int));
}

struct health_result
health_result_take(struct arena *arena, const char *check, const char *message, va_list arguments)
{
	struct health_result health_result = { .check = check, .message = message };
	va_list list;

	va_copy(list, arguments);
	for (const char *at = strchr(message, '%'); at != NULL; at = strchr(at, '%')) {
		struct place place;
		if (!read_place(at, &place) || health_result.count == HEALTH_RESULT_VALUES)
			abort();
		health_result.values[health_result.count++] = take_value(arena, &place, &list);
		at += place.length;
	}
	va_end(list);
	return health_result;
}

const char *
health_result_text(struct arena *arena, const struct health_result *health_result)
{
	struct str sentence = str_init(arena);
	size_t next = 0;

	for (const char *at = lang_text(health_result->message); *at != '\0';) {
		size_t words = strcspn(at, "%"), which;
		struct place place;
		str_add_bytes(&sentence, at, words);
		at += words;
		if (*at == '\0')
			break;
		if (!read_place(at, &place)) {
			str_add_char(&sentence, *at++);
			continue;
		}
		which = place.number > 0 ? (size_t)place.number - 1 : next++;
		if (which < health_result->count)
			str_printf(&sentence, "%s", health_result->values[which]);
		at += place.length;
	}
	return sentence.bytes == NULL ? "" : sentence.bytes;
}

/*
 * Writes one part of a line, after a tab unless it is the first. Control characters, which would end
 * the part, become spaces.
 */
static void
write_part(struct str *report, const char *part, bool first)
{
	if (!first)
		str_add_char(report, '\t');
	for (const char *at = part; *at != '\0'; at++)
		str_add_char(report, (unsigned char)*at < ' ' ? ' ' : *at);
}

void
health_result_write(struct str *report, const struct health_result *health_result)
{
	if (report->length > 0)
		str_add_char(report, '\n');
	write_part(report, health_result->check, true);
	write_part(report, health_result->message, false);
	for (size_t i = 0; i < health_result->count; i++)
		write_part(report, health_result->values[i], false);
}

bool
health_result_read(struct arena *arena, const char **report, struct health_result *ret_finding)
{
	const char *parts[HEALTH_RESULT_VALUES + 2] = { "", "" }, *at = *report;
	struct health_result health_result = { 0 };
	size_t count = 0;

	if (*at == '\0')
		return false;
	for (;;) {
		size_t length = strcspn(at, "\t\n");
		if (count < HEALTH_RESULT_VALUES + 2)
			parts[count++] = arena_bytes(arena, at, length);
		at += length;
		if (*at == '\0' || *at++ == '\n')
			break;
	}
	health_result.check = parts[0];
	health_result.message = parts[1];
	for (size_t i = 2; i < count; i++)
		health_result.values[health_result.count++] = parts[i];
	*report = at;
	*ret_finding = health_result;
	return true;
}
