#include "http/multipart_header.h"

#include <string.h>
#include <strings.h>

#include "core/str.h"
#include "core/text.h"

enum { FILE_NAME_MAX = 255 }; /* the limit of common file systems */

/* --- the delimiter between parts ----------------------------------------------------- */

static bool
is_boundary_character(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c != '\0' && strchr("'()+_,-./:=?", c) != NULL);
}

enum status
multipart_header_delimiter(const char *type, char *ret_delimiter, size_t *ret_length)
{
	static const char kind[] = "multipart/form-data", name[] = "boundary=";
	const char *c = type;
	size_t length = 0;
	bool quoted;

	if (strncasecmp(c, kind, sizeof(kind) - 1) != 0)
		return BAD_REQUEST;
	c += sizeof(kind) - 1;
	c += strspn(c, " \t");
	if (*c++ != ';')
		return BAD_REQUEST;
	c += strspn(c, " \t");
	if (strncasecmp(c, name, sizeof(name) - 1) != 0)
		return BAD_REQUEST;
	c += sizeof(name) - 1;
	quoted = *c == '"';
	c += quoted;
	while (is_boundary_character(c[length]))
		length++;
	if (length == 0 || length > MULTIPART_BOUNDARY_MAX || !str_equal(c + length, quoted ? "\"" : ""))
		return BAD_REQUEST;
	memcpy(ret_delimiter, "\r\n--", 4);
	memcpy(ret_delimiter + 4, c, length);
	*ret_length = length + 4;
	return OK;
}

/* --- the headers of a part --------------------------------------------------------------- */

/*
 * Decodes what browsers write for the three characters that would end a quoted name (WHATWG HTML, "escape a
 * multipart/form-data name").
 */
static char
unescape(const char **at)
{
	static const struct { const char *code; char character; } codes[] = { { "%22", '"' }, { "%0D", '\r' }, { "%0A", '\n' } };

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (strncmp(*at, codes[i].code, 3) == 0) {
			*at += 3;
			return codes[i].character;
		}
	return *(*at)++;
}

/* Reads one `; name="value"` of a header and moves *at past it. */
static enum status
parameter(struct arena *arena, const char **at, const char **ret_name, char **ret_value, size_t *ret_length)
{
	const char *c = *at, *name;
	struct str value = str_init(arena);
	size_t name_length;

	if (*c++ != ';')
		return BAD_REQUEST;
	name = c += strspn(c, " \t");
	name_length = strspn(c, "abcdefghijklmnopqrstuvwxyz*");
	c += name_length;
	if (name_length == 0 || *c++ != '=' || *c++ != '"')
		return BAD_REQUEST;
	while (*c != '"') {
		if (*c == '\0')
			return BAD_REQUEST;
		str_add_char(&value, unescape(&c));
	}
	*at = c + 1;
	*ret_name = arena_bytes(arena, name, name_length);
	*ret_value = value.bytes;
	*ret_length = value.length;
	return OK;
}

/* The last component of a file name, since some old browsers sent whole paths. Only to be displayed. */
static const char *
shown_name(struct arena *arena, const char *bytes, size_t length)
{
	size_t start = length;

	while (start > 0 && bytes[start - 1] != '/' && bytes[start - 1] != '\\')
		start--;
	return text_shorten(arena, text_clean(arena, bytes + start, length - start, TEXT_LINE), FILE_NAME_MAX);
}

/* Content-Disposition: form-data; name="…"; filename="…" */
static enum status
disposition(struct arena *arena, const char *value, struct multipart_header *head)
{
	static const char kind[] = "form-data";
	const char *name;
	char *text;
	size_t length;

	value += strspn(value, " \t");
	if (strncasecmp(value, kind, sizeof(kind) - 1) != 0 || head->name[0] != '\0')
		return BAD_REQUEST;
	value += sizeof(kind) - 1;
	while (*value != '\0') {
		TRY(parameter(arena, &value, &name, &text, &length));
		if (str_equal(name, "name") && head->name[0] == '\0' && length > 0 && length <= PART_NAME_MAX)
			memcpy(head->name, text, length + 1);
		else if (str_equal(name, "filename") && head->file_name == NULL)
			head->file_name = shown_name(arena, text, length);
		else
			return BAD_REQUEST; /* including "filename*", which RFC 7578, 4.2, forbids */
	}
	return OK;
}

enum status
multipart_header_line(struct arena *arena, const char *line, size_t length, struct multipart_header *head)
{
	static const char wanted[] = "content-disposition:";

	for (size_t i = 0; i < length; i++)
		if (((unsigned char)line[i] < 0x20 && line[i] != '\t') || line[i] == 0x7f)
			return BAD_REQUEST;
	if (length < sizeof(wanted) - 1 || strncasecmp(line, wanted, sizeof(wanted) - 1) != 0)
		return memchr(line, ':', length) == NULL ? BAD_REQUEST : OK; /* the Content-Type of a part is ignored */
	return disposition(arena, arena_bytes(arena, line + sizeof(wanted) - 1, length - (sizeof(wanted) - 1)), head);
}
