#include "http/multipart.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/log.h"
#include "core/str.h"
#include "core/text.h"

enum { WINDOW = 256 * 1024, NAME_MOST = 100, FILE_NAME_MOST = 255 /* what disks allow */, UTF8_MOST = 4 };

/* The bytes that were read and not yet used lie in window[start..end). */
struct parser {
	struct arena *arena;
	const struct multipart *form;
	struct field_reader *reader;
	char delimiter[MULTIPART_BOUNDARY_MOST + 5]; /* CR LF "--" and the boundary */
	size_t delimiter_length;
	char *window;
	size_t start, end;
	int64_t left;        /* still to be read of what was announced */
	size_t parts;
	struct upload *first, **last;
};

/* Where the bytes of one part go. */
struct part {
	const struct field *field;
	char name[NAME_MOST + 1];
	const char *file_name; /* NULL: words */
	struct str words;
	struct upload *upload; /* NULL: files are forgotten */
	int file;              /* open while its bytes come; -1 */
	int64_t bytes;
};

/* --- bytes ------------------------------------------------------------------------- */

/* Reads on until the window is full or all is there. A body that ends early is no form. */
static enum status
fill(struct parser *parser)
{
	size_t wanted;

	if (parser->start > 0) {
		memmove(parser->window, parser->window + parser->start, parser->end - parser->start);
		parser->end -= parser->start;
		parser->start = 0;
	}
	wanted = WINDOW - parser->end;
	if ((int64_t)wanted > parser->left)
		wanted = (size_t)parser->left;
	if (wanted > 0 && parser->form->read(parser->form->context, parser->window + parser->end, wanted) != wanted)
		return BAD_REQUEST;
	parser->end += wanted;
	parser->left -= (int64_t)wanted;
	return OK;
}

static size_t
held(const struct parser *parser)
{
	return parser->end - parser->start;
}

/* Makes sure that so many bytes are in the window. */
static enum status
need(struct parser *parser, size_t count)
{
	if (held(parser) < count)
		TRY(fill(parser));
	return held(parser) < count ? BAD_REQUEST : OK;
}

static bool
take(struct parser *parser, const char *text, size_t length)
{
	if (held(parser) < length || memcmp(parser->window + parser->start, text, length) != 0)
		return false;
	parser->start += length;
	return true;
}

/* --- temporary files ------------------------------------------------------------------ */

static void
drop_file(void *object)
{
	(void)unlink(object); /* whoever wanted it has moved it */
}

static enum status
failed(const char *doing, const char *path)
{
	int number = errno;

	log_line(LOG_ERROR, "upload", "%s %s: %s", doing, path, strerror(number));
	if (number == ENOSPC || number == EDQUOT || number == EFBIG)
		return FULL;
	return number == EROFS ? READ_ONLY : FAULT;
}

static enum status
open_file(struct parser *parser, struct part *part)
{
	char *path;

	if (parser->form->folder == NULL)
		return OK;
	path = arena_printf(parser->arena, "%s/incoming-XXXXXX", parser->form->folder);
	part->file = mkostemp(path, O_CLOEXEC);
	if (part->file < 0)
		return failed("create", path);
	arena_cleanup(parser->arena, drop_file, path);
	part->upload = arena_new_of(parser->arena, struct upload);
	*part->upload = (struct upload){ .field = part->field->name, .name = part->file_name, .path = path };
	return OK;
}

static enum status
write_file(const struct part *part, const char *bytes, size_t length)
{
	while (part->file >= 0 && length > 0) {
		ssize_t put = write(part->file, bytes, length);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return failed("write", part->upload->path);
		bytes += put;
		length -= (size_t)put;
	}
	return OK;
}

/* --- the headers of a part ---------------------------------------------------------- */

/* What browsers write for the three characters that would end a quoted name (WHATWG HTML, "escape a multipart/form-data name"). */
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

/* One `; name="value"` of a header; moves *at past it. */
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

/* Some browsers once sent whole paths. What is left is for eyes only. */
static const char *
shown_name(struct arena *arena, const char *bytes, size_t length)
{
	size_t start = length;

	while (start > 0 && bytes[start - 1] != '/' && bytes[start - 1] != '\\')
		start--;
	return text_shorten(arena, text_clean(arena, bytes + start, length - start, TEXT_LINE), FILE_NAME_MOST);
}

/* Content-Disposition: form-data; name="…"; filename="…" */
static enum status
disposition(struct parser *parser, const char *value, struct part *part)
{
	static const char kind[] = "form-data";
	const char *name;
	char *text;
	size_t length;

	value += strspn(value, " \t");
	if (strncasecmp(value, kind, sizeof(kind) - 1) != 0 || part->name[0] != '\0')
		return BAD_REQUEST;
	value += sizeof(kind) - 1;
	while (*value != '\0') {
		TRY(parameter(parser->arena, &value, &name, &text, &length));
		if (str_equal(name, "name") && part->name[0] == '\0' && length > 0 && length <= NAME_MOST)
			memcpy(part->name, text, length + 1);
		else if (str_equal(name, "filename") && part->file_name == NULL)
			part->file_name = shown_name(parser->arena, text, length);
		else
			return BAD_REQUEST; /* "filename*" among them: RFC 7578, 4.2 */
	}
	return OK;
}

static enum status
header(struct parser *parser, const char *line, size_t length, struct part *part)
{
	static const char wanted[] = "content-disposition:";

	for (size_t i = 0; i < length; i++)
		if (((unsigned char)line[i] < 0x20 && line[i] != '\t') || line[i] == 0x7f)
			return BAD_REQUEST;
	if (length < sizeof(wanted) - 1 || strncasecmp(line, wanted, sizeof(wanted) - 1) != 0)
		return memchr(line, ':', length) == NULL ? BAD_REQUEST : OK; /* what a file claims to be is not asked */
	return disposition(parser, arena_bytes(parser->arena, line + sizeof(wanted) - 1, length - (sizeof(wanted) - 1)), part);
}

/* All headers of a part, up to the empty line. */
static enum status
headers(struct parser *parser, struct part *part)
{
	size_t used = 0;

	for (;;) {
		char *line, *end;
		if (held(parser) < MULTIPART_HEAD_MOST)
			TRY(fill(parser));
		line = parser->window + parser->start;
		end = memmem(line, held(parser), "\r\n", 2);
		if (end == NULL || (used += (size_t)(end - line) + 2) > MULTIPART_HEAD_MOST)
			return BAD_REQUEST;
		parser->start += (size_t)(end - line) + 2;
		if (end == line)
			return part->name[0] == '\0' ? BAD_REQUEST : OK;
		TRY(header(parser, line, (size_t)(end - line), part));
	}
}

/* --- the body of a part --------------------------------------------------------------- */

static enum status
begin_part(struct parser *parser, struct part *part)
{
	for (const struct field *field = parser->form->fields; field->name != NULL; field++)
		if (str_equal(field->name, part->name))
			part->field = field;
	if (part->field == NULL || (part->field->type == FIELD_FILE) != (part->file_name != NULL))
		return BAD_REQUEST;
	if (part->file_name != NULL)
		return open_file(parser, part);
	part->words = str_init(parser->arena);
	return OK;
}

static enum status
take_bytes(struct part *part, const char *bytes, size_t length)
{
	part->bytes += (int64_t)length;
	if (part->file_name != NULL) {
		if ((uint64_t)part->bytes > part->field->max)
			return TOO_LARGE;
		return write_file(part, bytes, length);
	}
	/* A line end is two bytes on its way, and counts once. */
	if ((uint64_t)part->bytes > (uint64_t)part->field->max * UTF8_MOST + FIELD_QUERY_MAX)
		return TOO_LARGE;
	str_add_bytes(&part->words, bytes, length);
	return OK;
}

/* Everything up to the next delimiter, which is passed over. */
static enum status
body(struct parser *parser, struct part *part)
{
	for (;;) {
		char *from, *found;
		size_t length;
		if (held(parser) < WINDOW / 2)
			TRY(fill(parser));
		from = parser->window + parser->start;
		found = memmem(from, held(parser), parser->delimiter, parser->delimiter_length);
		if (found == NULL && held(parser) < parser->delimiter_length)
			return BAD_REQUEST;
		/* The last bytes may be the beginning of a delimiter. */
		length = found != NULL ? (size_t)(found - from) : held(parser) - (parser->delimiter_length - 1);
		TRY(take_bytes(part, from, length));
		parser->start += length;
		if (found != NULL) {
			parser->start += parser->delimiter_length;
			return OK;
		}
	}
}

static size_t
count_of(const struct parser *parser, const char *field)
{
	size_t count = 0;

	for (const struct upload *upload = parser->first; upload != NULL; upload = upload->next)
		count += str_equal(upload->field, field);
	return count;
}

static enum status
end_part(struct parser *parser, struct part *part)
{
	if (part->file_name == NULL)
		return field_reader_take(parser->reader, part->name, part->words.bytes, part->words.length);
	/* A field where nobody chose a file still sends one, without name and bytes. */
	if (part->upload == NULL || (part->bytes == 0 && *part->file_name == '\0'))
		return OK;
	if (count_of(parser, part->name) >= (part->field->many == 0 ? 1 : part->field->many))
		return TOO_LARGE;
	part->upload->bytes = part->bytes;
	*parser->last = part->upload;
	parser->last = (struct upload **)&part->upload->next;
	return OK;
}

/* Beside the words as many files as its fields may bring. */
static size_t
parts_most(const struct field *fields)
{
	size_t most = FIELD_PAIRS_MAX;

	for (; fields->name != NULL; fields++)
		most += fields->many;
	return most;
}

static enum status
one_part(struct parser *parser)
{
	struct part part = { .file = -1 };
	enum status status;

	if (++parser->parts > parts_most(parser->form->fields))
		return BAD_REQUEST;
	TRY(headers(parser, &part));
	TRY(begin_part(parser, &part));
	status = body(parser, &part);
	if (part.file >= 0 && close(part.file) != 0 && status == OK)
		status = failed("close", part.upload->path);
	TRY(status);
	return end_part(parser, &part);
}

/* --- all of it -------------------------------------------------------------------------- */

static bool
is_boundary_character(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c != '\0' && strchr("'()+_,-./:=?", c) != NULL);
}

static enum status
take_boundary(struct parser *parser)
{
	static const char kind[] = "multipart/form-data", name[] = "boundary=";
	const char *c = parser->form->type;
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
	if (length == 0 || length > MULTIPART_BOUNDARY_MOST || !str_equal(c + length, quoted ? "\"" : ""))
		return BAD_REQUEST;
	memcpy(parser->delimiter, "\r\n--", 4);
	memcpy(parser->delimiter + 4, c, length);
	parser->delimiter_length = length + 4;
	return OK;
}

/* The most that such a form may be long. */
static int64_t
room(const struct field *fields)
{
	int64_t bytes = (int64_t)field_room(fields) + (int64_t)parts_most(fields) * (MULTIPART_BOUNDARY_MOST + 200);

	for (; fields->name != NULL; fields++)
		if (fields->type == FIELD_FILE)
			bytes += (int64_t)fields->max * (int64_t)(fields->many == 0 ? 1 : fields->many);
	return bytes;
}

static enum status
all_parts(struct parser *parser)
{
	TRY(take_boundary(parser));
	/* The first delimiter stands at the very beginning, without a line end before it. */
	TRY(need(parser, parser->delimiter_length));
	if (!take(parser, parser->delimiter + 2, parser->delimiter_length - 2))
		return BAD_REQUEST;
	for (;;) {
		TRY(need(parser, 2));
		if (take(parser, "--", 2))
			break;
		if (!take(parser, "\r\n", 2))
			return BAD_REQUEST;
		TRY(one_part(parser));
	}
	TRY(fill(parser));
	(void)take(parser, "\r\n", 2);
	return held(parser) == 0 && parser->left == 0 ? OK : BAD_REQUEST; /* nothing stands behind the end */
}

/* A web server that cannot get rid of what it holds never reads the answer. */
static void
drain(struct parser *parser)
{
	enum status status = OK;

	while (status == OK && parser->left > 0) {
		parser->start = parser->end = 0;
		status = fill(parser);
	}
}

enum status
multipart_read(struct arena *arena, const struct multipart *form, struct field_values **ret_values,
	const struct upload **ret_uploads)
{
	struct parser parser = { .arena = arena, .form = form, .reader = field_reader_new(arena, form->fields), .left = form->length };
	enum status status;

	if (form->length > room(form->fields))
		return TOO_LARGE;
	parser.window = arena_alloc(arena, WINDOW);
	parser.last = &parser.first;
	status = all_parts(&parser);
	if (status != OK) {
		drain(&parser);
		return status;
	}
	status = field_reader_end(parser.reader, ret_values);
	*ret_uploads = parser.first;
	return status;
}
