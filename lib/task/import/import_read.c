/* Reads one Markdown file and returns its checked text and title. */
#include "task/import/import.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "core/text.h"
#include "core/token.h"
#include "page/lang/lang.h"
#include "page/markdown/markdown.h"
#include "task/convert/convert.h"

enum { FILE_MAX = MARKDOWN_MAX_BYTES + FRONTMATTER_MAX, TITLE_MAX = 300 };

static enum status
refuse(struct data_node_problem *problem, int line, const char *words, const char *about)
{
	*problem = (struct data_node_problem){ .line = line, .words = words, .about = about };
	return INVALID;
}

/* --- bytes ---------------------------------------------------------------------- */

enum status
import_bytes(const struct import *import, const char *path, struct arena *arena, int64_t most, char **ret_bytes,
	size_t *ret_length, struct data_node_problem *problem)
{
	int fd = import_open(import, path, IMPORT_OPEN_FILE);
	struct stat found;
	size_t length = 0;
	ssize_t got = 1;
	char *bytes;

	if (fd < 0)
		return refuse(problem, 0, N_("cannot be read: %s"), arena_dup(arena, strerror(errno)));
	if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode) || found.st_size > most) {
		(void)close(fd);
		return refuse(problem, 0, N_("longer than 1 MiB; split it into several files"), NULL);
	}
	bytes = arena_alloc(arena, (size_t)found.st_size + 1);
	while (length < (size_t)found.st_size && (got = read(fd, bytes + length, (size_t)found.st_size - length)) > 0)
		length += (size_t)got;
	(void)close(fd);
	if (got < 0)
		return refuse(problem, 0, N_("cannot be read: %s"), arena_dup(arena, strerror(errno)));
	*ret_bytes = bytes;
	*ret_length = length;
	return OK;
}

/* --- characters ------------------------------------------------------------------ */

/* The length of a valid UTF-8 sequence of more than one byte, or 0 (RFC 3629). */
static size_t
sequence(const unsigned char *c, size_t left)
{
	size_t length = c[0] >= 0xc2 && c[0] < 0xe0 ? 2 : c[0] >= 0xe0 && c[0] < 0xf0 ? 3 : c[0] >= 0xf0 && c[0] < 0xf5 ? 4 : 0;

	if (length == 0 || length > left)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((c[i] & 0xc0) != 0x80)
			return 0;
	return length;
}

/*
 * A text in another encoding has more invalid sequences than valid ones; a damaged UTF-8 text has few. Returns the line
 * of the first invalid sequence when the file is not UTF-8 at all, else 0.
 */
static int
foreign_line(const char *bytes, size_t length)
{
	const unsigned char *c = (const unsigned char *)bytes;
	size_t good = 0, broken = 0, width;
	int line = 1, first = 0;

	for (size_t i = 0; i < length; i += width) {
		width = 1;
		line += c[i] == '\n';
		if (c[i] != 0 && c[i] < 0x80)
			continue;
		width = sequence(c + i, length - i);
		if (width > 0) {
			good++;
			continue;
		}
		width = 1;
		broken++;
		if (first == 0)
			first = line;
	}
	return broken > good ? first : 0;
}

static int64_t
count_replacements(const char *text, size_t length)
{
	const char *end = text + length;
	int64_t count = 0;

	for (const char *c = text; (c = memmem(c, (size_t)(end - c), "\xef\xbf\xbd", 3)) != NULL; c += 3)
		count++;
	return count;
}

static enum status
check_text(struct arena *arena, const char *bytes, size_t length, char **ret_text, struct import_text *source,
	struct data_node_problem *problem)
{
	struct text_fault fault = { 0 };
	int line;

	if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	if (text_accept(arena, bytes, length, TEXT_BLOCK, ret_text))
		return OK;
	line = foreign_line(bytes, length);
	if (line > 0)
		return refuse(problem, line, N_("the text is not UTF-8; save it as UTF-8 in your editor"), NULL);
	*ret_text = text_clean(arena, bytes, length, TEXT_BLOCK);
	source->cleaned = count_replacements(*ret_text, strlen(*ret_text)) - count_replacements(bytes, length);
	source->cleaned_line = text_find_fault(bytes, length, TEXT_BLOCK, &fault) ? (int)fault.line : 0;
	return OK;
}

/* --- title ----------------------------------------------------------------------- */

/* "my-first_note" becomes "my first note". */
static const char *
title_from_name(struct arena *arena, const struct import_file *file)
{
	const char *name = file->name;
	char *title;

	if (file->is_index) {
		const char *slash = strrchr(file->folder, '/');
		name = *file->folder == '\0' ? "index" : slash == NULL ? file->folder : slash + 1;
	}
	title = arena_dup(arena, name);
	for (char *c = title; *c != '\0'; c++)
		if (*c == '_' || *c == '-')
			*c = ' ';
	title = text_collapse(arena, text_clean(arena, title, strlen(title), TEXT_LINE));
	return *title == '\0' ? file->name : title;
}

static const char *
find_title(struct arena *arena, const struct import_file *file, struct import_text *source)
{
	static const char *const names[] = { "title", NULL };
	const char *title = frontmatter_text(&source->front, names, NULL), *heading;
	int lines;

	if (title != NULL) {
		title = text_collapse(arena, text_clean(arena, title, strlen(title), TEXT_LINE));
		title = *title == '\0' ? NULL : text_shorten(arena, title, TITLE_MAX);
	}
	heading = import_take_title(arena, source->front.body, title, &source->body, &lines);
	source->body_line = source->front.body_line + lines;
	if (title != NULL)
		return title;
	if (heading != NULL)
		return text_shorten(arena, heading, TITLE_MAX);
	return title_from_name(arena, file);
}

/* --- properties ------------------------------------------------------------------- */

static bool
is_property(const struct data_node *values)
{
	for (size_t i = 0; i < values->count; i++)
		if (visibility_knows(values->keys[i]))
			return true;
	return frontmatter_is_known(values);
}

/*
 * Reads the properties of a Notion page: the title, then "Key: value" lines up to an empty line. False when there are
 * properties that cannot be parsed.
 */
static bool
take_properties(struct arena *arena, const char *text, struct import_text *source, struct data_node_problem *problem)
{
	struct frontmatter *front = &source->front;
	const char *title, *rest, *start, *end;
	struct data_node *values, *item;
	int lines = 0;

	if (front->present || !str_starts(text, "# "))
		return true;
	title = import_take_title(arena, text, NULL, &rest, &lines);
	start = rest + strspn(rest, "\n");
	end = strstr(start, "\n\n");
	end = end == NULL ? start + strlen(start) : end + 1;
	lines += 1 + (int)(start - rest);
	if (!frontmatter_read_lines(arena, start, end, lines, &values) || !is_property(values)) {
		*problem = (struct data_node_problem){ .line = lines, .words = N_("it looks like front matter but cannot be read") };
		return !frontmatter_has_hiding_key(start, end);
	}
	if (title != NULL) {
		item = data_node_new(arena, DATA_NODE_SCALAR, 1);
		item->text = arena_dup(arena, title);
		(void)data_node_add(arena, values, "title", item);
	}
	for (const char *c = start; c < end; c++)
		lines += *c == '\n';
	*front = (struct frontmatter){ .values = values, .body = end, .body_line = lines, .present = true };
	return true;
}

enum status
import_read(const struct import *import, const struct import_file *file, struct arena *arena, struct conversion_warnings *warnings,
	struct import_text *ret_source, struct data_node_problem *ret_problem)
{
	struct import_text source = { 0 };
	struct data_node_problem problem = { 0 }, *unclear;
	char *bytes, *text;
	size_t length;

	TRY(import_bytes(import, file->path, arena, FILE_MAX, &bytes, &length, ret_problem));
	source.digest = digest_bytes(arena, bytes, length);
	TRY(check_text(arena, bytes, length, &text, &source, ret_problem));
	if (frontmatter_read(arena, text, &source.front, &problem) != OK ||
		(file->is_numbered && !take_properties(arena, text, &source, &problem))) {
		source.front = (struct frontmatter){ .values = data_node_new(arena, DATA_NODE_MAP, 1), .body = text, .body_line = 1 };
		unclear = arena_new_of(arena, struct data_node_problem);
		*unclear = problem;
		source.unclear = unclear;
	}
	/* "%%" starts a comment only in plain folders. In the other systems it has no meaning, so its text was visible. */
	source.front.body = convert_comments(arena, source.front.body, source.front.body_line, file->path, warnings,
		import->layout == LAYOUT_PLAIN ? CONVERT_PERCENT : import->layout == LAYOUT_JEKYLL ? CONVERT_LIQUID : CONVERT_COMMENTS,
		&source.open_comment);
	source.part = import_find_part(arena, source.front.body, source.front.body_line, &source.part_line);
	source.front.body = convert_text(arena, source.front.body, source.front.body_line, file->path, warnings);
	source.title = find_title(arena, file, &source);
	*ret_source = source;
	return OK;
}
