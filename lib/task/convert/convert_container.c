/* Containers, "::: tip Title" … ":::", and admonitions of MkDocs, "!!! note" with indented lines, become quotations. */
#include "task/convert/convert_reading.h"

#include <string.h>

const char *
convert_container_title(struct arena *arena, const char *kind, const char *title)
{
	char *text = str_trim(arena, title);
	size_t length = strlen(text);

	if (length >= 2 && (*text == '"' || *text == '[') && (text[length - 1] == '"' || text[length - 1] == ']')) {
		text[length - 1] = '\0';
		text++;
	}
	if (*text == '\0' || *text == '{') {
		text = arena_dup(arena, kind);
		if (*text >= 'a' && *text <= 'z')
			*text = (char)(*text - 'a' + 'A');
	}
	return arena_printf(arena, "**%s**", text);
}

/* Containers that only affect the layout. */
static bool
is_arrangement(const char *kind)
{
	static const char *const kinds[] = { "v-pre", "code-group", "code-tabs", "tabs", "tab", "raw", "row", "col", "grid",
		"center", "left", "right", "slot", NULL };

	for (size_t i = 0; kinds[i] != NULL; i++)
		if (str_equal(kind, kinds[i]))
			return true;
	return *kind == '\0';
}

bool
convert_container(struct convert_reading *reading, const char *line)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	struct convert *convert = &reading->convert;
	const char *text = convert_skip_blanks(line);
	size_t colons = strspn(text, ":"), length;
	const char *kind;

	if (colons < 3 || convert_indent(line) > 3)
		return false;
	text = convert_skip_blanks(text + colons);
	length = strspn(text, letters);
	kind = arena_bytes(convert->arena, text, length);
	text += length;
	if (length == 0 && *text != '\0')
		return false;
	convert_flush(reading);
	if (length == 0) {
		if (reading->containers == 0)
			return false;
		reading->containers--;
		convert_add_line(reading, "");
		return true;
	}
	if (reading->containers == CONTAINERS_MAX)
		return false;
	reading->quotes[reading->containers] = false;
	if (is_arrangement(kind)) {
		reading->containers++;
		convert_add_line(reading, "");
		return true;
	}
	reading->quotes[reading->containers++] = true;
	convert_add_line(reading, convert_container_title(convert->arena, kind, text));
	convert_add_line(reading, "");
	return true;
}

bool
convert_admonition(struct convert_reading *reading, const char *line)
{
	struct arena *arena = reading->convert.arena;
	const char *kind;
	size_t length;

	if (!str_starts(line, "!!! ") && !str_starts(line, "??? ") && !str_starts(line, "???+ "))
		return false;
	kind = convert_skip_blanks(line + strcspn(line, " "));
	length = strcspn(kind, " \"");
	if (length == 0)
		return false;
	convert_flush(reading);
	reading->in_admonition = true;
	convert_add_line(reading, convert_container_title(arena, arena_bytes(arena, kind, length), kind + length));
	convert_add_line(reading, "");
	return true;
}

const char *
convert_strip_indent(const char *line)
{
	for (size_t width = 0; width < 4; line++)
		width += *line == '\t' ? 4 - width % 4 : 1;
	return line;
}
