/* The lines of a text: code, call-outs, and runs of lines between blank lines. */
#include "task/convert/convert_reading.h"

#include <string.h>
#include <strings.h>

#include "page/lang/lang.h"

void
convert_warn(struct convert *convert, const char *kind, const char *detail)
{
	if (convert->warnings != NULL)
		conversion_warnings_add(convert->warnings, kind, convert->path, convert->line, detail);
}

/* --- output ---------------------------------------------------------------------- */

void
convert_add_line(struct convert_reading *reading, const char *line)
{
	for (size_t i = 0; i < reading->containers; i++)
		if (reading->quotes[i])
			str_add(&reading->out, "> ");
	if (reading->in_admonition)
		str_add(&reading->out, "> ");
	str_add(&reading->out, line);
	str_add_char(&reading->out, '\n');
}

size_t
convert_indent(const char *line)
{
	size_t width = 0;

	for (; *line == ' ' || *line == '\t'; line++)
		width += *line == '\t' ? 4 - width % 4 : 1;
	return width;
}

const char *
convert_skip_blanks(const char *line)
{
	return line + strspn(line, " \t");
}

static void
add_lines(struct convert_reading *reading, const char *text)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		convert_add_line(reading, arena_bytes(reading->convert.arena, text, length));
		text += length;
		text += *text == '\n';
	}
}

/* The indentation of HTML has no meaning, but after its tags are removed it would produce code blocks. */
static const char *
strip_indents(struct arena *arena, const char *text)
{
	struct str stripped = str_init(arena);

	while (*text != '\0') {
		size_t length;
		text = convert_skip_blanks(text);
		length = strcspn(text, "\n");
		length += text[length] == '\n';
		str_add_bytes(&stripped, text, length);
		text += length;
	}
	return stripped.bytes;
}

void
convert_flush(struct convert_reading *reading)
{
	struct convert *convert = &reading->convert;
	const char *text = reading->run.bytes;
	int line = convert->line;
	bool is_html = *convert_skip_blanks(text) == '<';

	if (reading->run.length == 0)
		return;
	convert->line = reading->run_line;
	convert->links = 0;
	memset(convert->open_marks, 0, sizeof(convert->open_marks));
	if (strpbrk(text, "<{") != NULL && (convert_indent(text) < 4 || (is_html && convert->open_blocks > 0))) {
		if (is_html)
			text = strip_indents(convert->arena, text);
		text = convert_inline(convert, text);
	}
	add_lines(reading, text);
	reading->run.length = 0;
	reading->run.bytes[0] = '\0';
	convert->line = line;
}

/* --- single lines ------------------------------------------------------------------- */

/* GitHub's "> [!NOTE]": the kind becomes the first line of the quotation. */
static const char *
convert_callout(struct arena *arena, const char *line)
{
	static const char *const kinds[] = { "note", "tip", "important", "warning", "caution", NULL };
	const char *text = convert_skip_blanks(line);

	if (*text != '>' || *(text = convert_skip_blanks(text + 1)) != '[' || text[1] != '!')
		return line;
	for (size_t i = 0; kinds[i] != NULL; i++) {
		size_t length = strlen(kinds[i]);
		if (strncasecmp(text + 2, kinds[i], length) == 0 && text[2 + length] == ']' &&
			*convert_skip_blanks(text + 3 + length) == '\0')
			return arena_printf(arena, "> %s\\", convert_container_title(arena, kinds[i], ""));
	}
	return line;
}

/* Removes "{#own-id .class}" from "## Words {#own-id .class}". Here the id of a heading comes from its words. */
static const char *
convert_heading(struct convert *convert, const char *line)
{
	size_t length = strlen(line);
	const char *open = strrchr(line, '{');

	if (*line != '#' || open == NULL || (open[1] != '#' && open[1] != '.' && open[1] != ':') || open == line ||
		open[-1] == '{' || line[length - 1] != '}')
		return line;
	convert_warn(convert, N_("custom heading id removed; links to it go to the top of the page"), open);
	while (open > line && (open[-1] == ' ' || open[-1] == '\t'))
		open--;
	return arena_bytes(convert->arena, line, (size_t)(open - line));
}

/* Lines that request something which every page has here, such as a table of contents. */
static bool
is_request(struct convert *convert, const char *line)
{
	const char *text = convert_skip_blanks(line);

	if (strcasecmp(text, "[toc]") == 0 || strcasecmp(text, "[[toc]]") == 0 || strcasecmp(text, "{:toc}") == 0 ||
		strcasecmp(text, "{: toc}") == 0 || strcasecmp(text, "@[toc]") == 0) {
		convert_warn(convert, N_("table of contents removed; long posts get one automatically"), NULL);
		return true;
	}
	if (str_starts(text, "{:") && str_ends(text, "}")) {
		convert_warn(convert, N_("attribute list removed"), text);
		return true;
	}
	return false;
}

/* --- code --------------------------------------------------------------------------- */

/* True for a line of a fenced listing, including its first and last line. */
static bool
is_fenced(struct convert_reading *reading, const char *line)
{
	const char *text = convert_skip_blanks(line);
	size_t width = strspn(text, *text == '~' ? "~" : "`");

	/* In a quotation or list item, the fence follows the markers. */
	if (reading->fence == '\0' && width < 3) {
		text += strspn(text, "> ");
		text += (*text == '-' || *text == '*' || *text == '+') && text[1] == ' ' ? 2 : 0;
		width = strspn(text, *text == '~' ? "~" : "`");
	}
	if (reading->fence != '\0') {
		text += strspn(text, "> ");
		width = strspn(text, reading->fence == '~' ? "~" : "`");
		if (width >= reading->fence_width && *convert_skip_blanks(text + width) == '\0')
			reading->fence = '\0';
		return true;
	}
	if (width < 3 || (*text == '`' && strchr(text + width, '`') != NULL))
		return false;
	reading->fence = *text;
	reading->fence_width = width;
	return true;
}

/* A listing between shortcodes becomes a fenced listing. */
static bool
is_listing(struct convert_reading *reading, const char *line)
{
	struct arena *arena = reading->convert.arena;
	const char *language;

	if (reading->listing_close != NULL) {
		if (strstr(line, reading->listing_close) == NULL) {
			convert_add_line(reading, line);
			return true;
		}
		reading->listing_close = NULL;
		convert_add_line(reading, "````");
		return true;
	}
	language = convert_listing(arena, line, &reading->listing_close);
	if (language == NULL)
		return false;
	convert_flush(reading);
	convert_add_line(reading, arena_printf(arena, "````%s", language));
	return true;
}

/* --- all ----------------------------------------------------------------------------- */

static void
read_blank(struct convert_reading *reading)
{
	convert_flush(reading);
	convert_add_line(reading, "");
}

static void
add_to_run(struct convert_reading *reading, const char *line)
{
	const char *opened = strstr(line, "<!--");

	if (reading->run.length == 0)
		reading->run_line = reading->convert.line;
	str_add(&reading->run, line);
	str_add_char(&reading->run, '\n');
	if (opened != NULL && strstr(opened, "-->") == NULL) {
		reading->in_comment = true;
		convert_flush(reading);
	}
}

static void
read_line(struct convert_reading *reading, const char *line)
{
	struct convert *convert = &reading->convert;
	bool blank = *convert_skip_blanks(line) == '\0';

	if (reading->in_comment) {
		reading->in_comment = strstr(line, "-->") == NULL;
		convert_add_line(reading, line);
		return;
	}
	if (reading->in_admonition && !blank) {
		if (convert_indent(line) >= 4)
			line = convert_strip_indent(line);
		else if (reading->fence == '\0') {
			convert_flush(reading);
			reading->in_admonition = false;
			convert_add_line(reading, "");
		}
	}
	if (reading->listing_close == NULL) {
		bool inside = reading->fence != '\0';
		if (is_fenced(reading, line)) {
			if (!inside)
				convert_flush(reading);
			convert_add_line(reading, line);
			return;
		}
	}
	if (is_listing(reading, line))
		return;
	if (blank) {
		read_blank(reading);
		return;
	}
	if (convert_container(reading, line) || convert_admonition(reading, line))
		return;
	if (is_request(convert, line)) {
		read_blank(reading);
		return;
	}
	add_to_run(reading, convert_callout(convert->arena, convert_heading(convert, line)));
}

/* Most texts contain nothing to convert. */
static bool
needs_care(const char *body)
{
	return strpbrk(body, "<{") != NULL || strstr(body, ":::") != NULL || strstr(body, "!!! ") != NULL ||
		strstr(body, "??? ") != NULL || strstr(body, "[!") != NULL || strcasestr(body, "[toc]") != NULL;
}

const char *
convert_text(struct arena *arena, const char *body, int body_line, const char *path, struct conversion_warnings *warnings)
{
	struct convert_reading reading = { .convert = { .arena = arena, .warnings = warnings, .path = path, .line = body_line },
		.out = str_init(arena), .run = str_init(arena) };

	if (!needs_care(body))
		return body;
	for (; *body != '\0'; reading.convert.line++) {
		size_t length = strcspn(body, "\n");
		read_line(&reading, arena_bytes(arena, body, length));
		body += length;
		body += *body == '\n';
	}
	convert_flush(&reading);
	if (reading.listing_close != NULL)
		convert_add_line(&reading, "````");
	return reading.out.bytes;
}
