/* Runs of lines: skips code spans and comments, and converts tags and shortcodes. */
#include "task/convert/convert.h"

#include <string.h>

/* The position after the code span that begins here, or NULL when it does not end. */
static const char *
code_end(const char *text)
{
	size_t width = strspn(text, "`");
	const char *rest = text + width;

	while ((rest = strchr(rest, '`')) != NULL) {
		size_t other = strspn(rest, "`");
		rest += other;
		if (other == width)
			return rest;
	}
	return NULL;
}

/* Skips an escape, a code span or a comment; returns text itself when there is none. */
static const char *
skip_literal(const char *text)
{
	const char *end;

	if (*text == '\\' && text[1] != '\0' && text[1] != '\n')
		return text + 2;
	if (*text == '`') {
		end = code_end(text);
		return end != NULL ? end : text + strspn(text, "`");
	}
	if (strncmp(text, "<!--", 4) == 0) {
		end = strstr(text, "-->");
		return end != NULL ? end + 3 : text + strlen(text);
	}
	return text;
}

const char *
convert_inline(struct convert *convert, const char *text)
{
	struct str out = str_init(convert->arena);

	while (*text != '\0') {
		const char *end = skip_literal(text);
		if (end == text && *text == '<')
			end = convert_tag(convert, text, &out);
		else if (end == text && *text == '{')
			end = convert_code(convert, text, &out);
		else if (end != text)
			str_add_bytes(&out, text, (size_t)(end - text));
		else
			end = NULL;
		if (end == NULL) {
			str_add_char(&out, *text);
			end = text + 1;
		}
		for (const char *c = text; c < end; c++)
			convert->line += *c == '\n';
		text = end;
	}
	return out.bytes;
}
