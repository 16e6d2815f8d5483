#include "http/multipart.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "core/str.h"
#include "http/multipart_header.h"

enum { WINDOW = 256 * 1024, UTF8_MAX = 4 };

/* Reads the body through a window; bytes that were read but not yet used are window[start..end). */
struct parser {
	struct arena *arena;
	const struct multipart *form;
	struct field_reader *reader;
	char delimiter[PART_DELIMITER_ROOM];
	size_t delimiter_length;
	char *window;
	size_t start, end;
	int64_t left;        /* bytes of the announced length still to be read */
	size_t parts;
	struct upload *first, **last;
};

/* One part, and where its bytes go. */
struct part {
	const struct field *field;
	struct multipart_header head;
	struct str words;
	struct upload *upload; /* NULL: the file is not saved */
	int file;              /* open while its bytes arrive; else -1 */
	int64_t bytes;
};

/* --- bytes ------------------------------------------------------------------------- */

/* Reads until the window is full or the body ends. A body shorter than announced is BAD_REQUEST. */
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

/* Makes sure that at least count bytes are in the window. */
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
	(void)unlink(object); /* fails if the handler has moved the file */
}

static enum status
failed(const char *doing, const char *path)
{
	int number = errno;

	log_line(LOG_ERROR, "upload", "%s %s: %s", doing, path, strerror(number));
	return status_of_errno(number);
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
	*part->upload = (struct upload){ .field = part->field->name, .name = part->head.file_name, .path = path };
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

/* Reads all headers of a part, up to the empty line. */
static enum status
headers(struct parser *parser, struct part *part)
{
	size_t used = 0;

	for (;;) {
		char *line, *end;
		if (held(parser) < MULTIPART_HEAD_MAX)
			TRY(fill(parser));
		line = parser->window + parser->start;
		end = memmem(line, held(parser), "\r\n", 2);
		if (end == NULL || (used += (size_t)(end - line) + 2) > MULTIPART_HEAD_MAX)
			return BAD_REQUEST;
		parser->start += (size_t)(end - line) + 2;
		if (end == line)
			return part->head.name[0] == '\0' ? BAD_REQUEST : OK;
		TRY(multipart_header_line(parser->arena, line, (size_t)(end - line), &part->head));
	}
}

/* --- the body of a part --------------------------------------------------------------- */

static enum status
begin_part(struct parser *parser, struct part *part)
{
	for (const struct field *field = parser->form->fields; field->name != NULL; field++)
		if (str_equal(field->name, part->head.name))
			part->field = field;
	if (part->field == NULL || (part->field->type == FIELD_FILE) != (part->head.file_name != NULL))
		return BAD_REQUEST;
	if (part->head.file_name != NULL)
		return open_file(parser, part);
	part->words = str_init(parser->arena);
	return OK;
}

static enum status
take_bytes(struct part *part, const char *bytes, size_t length)
{
	part->bytes += (int64_t)length;
	if (part->head.file_name != NULL) {
		if ((uint64_t)part->bytes > part->field->max)
			return TOO_LARGE;
		return write_file(part, bytes, length);
	}
	/* A line end has two bytes in the body but counts as one character, so allow some more. */
	if ((uint64_t)part->bytes > (uint64_t)part->field->max * UTF8_MAX + FIELD_QUERY_MAX)
		return TOO_LARGE;
	str_add_bytes(&part->words, bytes, length);
	return OK;
}

/* Reads the part up to the next delimiter and skips that. */
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
		/* The last bytes may be the start of a delimiter. */
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
	if (part->head.file_name == NULL)
		return field_reader_take(parser->reader, part->head.name, part->words.bytes, part->words.length);
	/* If no file was chosen, browsers still send a part without name and bytes. */
	if (part->upload == NULL || (part->bytes == 0 && *part->head.file_name == '\0'))
		return OK;
	if (count_of(parser, part->head.name) >= (part->field->many == 0 ? 1 : part->field->many))
		return TOO_LARGE;
	part->upload->bytes = part->bytes;
	*parser->last = part->upload;
	parser->last = (struct upload **)&part->upload->next;
	return OK;
}

/* The most parts: the other values, and as many files as the fields allow. */
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

/* --- the whole form --------------------------------------------------------------------- */

/* The most bytes of such a form. */
static int64_t
room(const struct field *fields)
{
	int64_t bytes = (int64_t)field_room(fields) + (int64_t)parts_most(fields) * (MULTIPART_BOUNDARY_MAX + 200);

	for (; fields->name != NULL; fields++)
		if (fields->type == FIELD_FILE)
			bytes += (int64_t)fields->max * (int64_t)(fields->many == 0 ? 1 : fields->many);
	return bytes;
}

static enum status
all_parts(struct parser *parser)
{
	TRY(multipart_header_delimiter(parser->form->type, parser->delimiter, &parser->delimiter_length));
	/* The first delimiter is at the very start, without a line end before it. */
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
	return held(parser) == 0 && parser->left == 0 ? OK : BAD_REQUEST; /* nothing may follow the end */
}

/* Reads the rest of the body: a web server that cannot pass on the whole body never reads the response. */
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
