#include "page/health/finding.h"

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

struct finding
finding_take(struct arena *arena, const char *check, const char *message, va_list arguments)
{
	struct finding finding = { .check = check, .message = message };
	va_list list;

	va_copy(list, arguments);
	for (const char *at = strchr(message, '%'); at != NULL; at = strchr(at, '%')) {
		struct place place;
		if (!read_place(at, &place) || finding.count == FINDING_VALUES)
			abort();
		finding.values[finding.count++] = take_value(arena, &place, &list);
		at += place.length;
	}
	va_end(list);
	return finding;
}

const char *
finding_sentence(struct arena *arena, const struct finding *finding)
{
	struct str sentence = str_init(arena);
	size_t next = 0;

	for (const char *at = lang_text(finding->message); *at != '\0';) {
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
		if (which < finding->count)
			str_printf(&sentence, "%s", finding->values[which]);
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
finding_write(struct str *report, const struct finding *finding)
{
	if (report->length > 0)
		str_add_char(report, '\n');
	write_part(report, finding->check, true);
	write_part(report, finding->message, false);
	for (size_t i = 0; i < finding->count; i++)
		write_part(report, finding->values[i], false);
}

bool
finding_read(struct arena *arena, const char **report, struct finding *ret_finding)
{
	const char *parts[FINDING_VALUES + 2] = { "", "" }, *at = *report;
	struct finding finding = { 0 };
	size_t count = 0;

	if (*at == '\0')
		return false;
	for (;;) {
		size_t length = strcspn(at, "\t\n");
		if (count < FINDING_VALUES + 2)
			parts[count++] = arena_bytes(arena, at, length);
		at += length;
		if (*at == '\0' || *at++ == '\n')
			break;
	}
	finding.check = parts[0];
	finding.message = parts[1];
	for (size_t i = 2; i < count; i++)
		finding.values[finding.count++] = parts[i];
	*report = at;
	*ret_finding = finding;
	return true;
}
