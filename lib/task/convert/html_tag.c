#include "task/convert/html_tag.h"

#include <string.h>
#include <strings.h>

#include "core/str.h"

/*
 * Limits of the search for the end of a tag and for a closing tag. Without them a hostile text would be searched to its
 * end each time.
 */
enum { TAG_MAX = 4000, ELEMENT_MAX = 4000 };

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
html_tag_read(const char *text, struct html_tag *ret_tag)
{
	struct html_tag tag = { .start = text };
	const char *at = text + 1;
	size_t length = 0;
	char quote = '\0';

	if (*at == '/') {
		tag.closing = true;
		at++;
	}
	if (!is_letter(*at))
		return false;
	for (; is_letter(*at) || (*at >= '0' && *at <= '9'); at++) {
		if (length + 1 == HTML_TAG_NAME_MAX)
			return false;
		tag.name[length++] = (char)(is_letter(*at) ? *at | 0x20 : *at);
	}
	/* "<https://…>" and "<a@b.c>" are addresses, and "<T,U>" is not a tag. */
	if (*at != '>' && *at != '/' && *at != ' ' && *at != '\n' && *at != '\t')
		return false;
	tag.attributes = at;
	for (; *at != '\0' && (*at != '>' || quote != '\0'); at++) {
		if (at - text > TAG_MAX || (*at == '<' && quote == '\0'))
			return false;
		if (quote != '\0')
			quote = *at == quote ? '\0' : quote;
		else if (*at == '"' || *at == '\'')
			quote = *at;
	}
	if (*at != '>')
		return false;
	tag.attributes_end = at;
	tag.end = at + 1;
	*ret_tag = tag;
	return true;
}

const char *
html_tag_attribute(struct arena *arena, const struct html_tag *tag, const char *name)
{
	const char *at = tag->attributes;

	while (at < tag->attributes_end) {
		const char *start = at += strspn(at, " \t\n/"), *value;
		size_t length = strcspn(at, " \t\n=/>\"'"), value_length;
		bool wanted = length == strlen(name) && strncasecmp(start, name, length) == 0;
		at += length;
		at += strspn(at, " \t\n");
		if (at >= tag->attributes_end || *at != '=') {
			if (wanted)
				return "";
			at += length == 0;
			continue;
		}
		at++;
		at += strspn(at, " \t\n");
		if (*at == '"' || *at == '\'') {
			value = at + 1;
			value_length = strcspn(value, *at == '"' ? "\"" : "'");
			at = value + value_length + 1;
		} else {
			value = at;
			value_length = strcspn(value, " \t\n>");
			at = value + value_length;
		}
		if (wanted)
			return str_trim(arena, arena_bytes(arena, value, value_length));
	}
	return NULL;
}

const char *
html_tag_close(const struct html_tag *tag)
{
	size_t most = strnlen(tag->end, ELEMENT_MAX), length = strlen(tag->name);
	const char *rest = tag->end, *end = tag->end + most;

	while ((rest = memmem(rest, (size_t)(end - rest), "</", 2)) != NULL) {
		const char *name = rest + 2;
		if ((size_t)(end - name) > length && strncasecmp(name, tag->name, length) == 0 && name[length] == '>')
			return rest;
		rest = name;
	}
	return NULL;
}
