/* The lines of a text: code, containers, call-outs, and runs of lines between blank lines. */
#include "task/convert/convert.h"

#include <string.h>
#include <strings.h>

#include "page/lang/lang.h"

enum { CONTAINERS_MAX = 8 };

struct reading {
	struct convert convert;
	struct str out;
	struct str run;           /* the lines since the last blank one */
	int run_line;             /* the number of its first line */
	char fence;               /* '`' or '~' inside a listing, else 0 */
	size_t fence_width;
	const char *listing_close; /* inside a Hugo or Jekyll listing: the text of its last line */
	bool in_comment;          /* inside <!-- -->, which may hold blank lines */
	bool quotes[CONTAINERS_MAX]; /* for each open container: whether it became a quotation */
	size_t containers;
	bool in_admonition;       /* MkDocs: while lines are indented */
};

void
convert_warn(struct convert *convert, const char *kind, const char *detail)
{
	if (convert->warnings != NULL)
		conversion_warnings_add(convert->warnings, kind, convert->path, convert->line, detail);
}

/* --- output ---------------------------------------------------------------------- */

static void
add_line(struct reading *reading, const char *line)
{
	for (size_t i = 0; i < reading->containers; i++)
		if (reading->quotes[i])
			str_add(&reading->out, "> ");
	if (reading->in_admonition)
		str_add(&reading->out, "> ");
	str_add(&reading->out, line);
	str_add_char(&reading->out, '\n');
}

static void
add_lines(struct reading *reading, const char *text)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		add_line(reading, arena_bytes(reading->convert.arena, text, length));
		text += length;
		text += *text == '\n';
	}
}

static size_t
indent_of(const char *line)
{
	size_t width = 0;

	for (; *line == ' ' || *line == '\t'; line++)
		width += *line == '\t' ? 4 - width % 4 : 1;
	return width;
}

static const char *
skip_blanks(const char *line)
{
	return line + strspn(line, " \t");
}

/* Removes the four columns of indentation that put a line inside an admonition. */
static const char *
strip_admonition_indent(const char *line)
{
	for (size_t width = 0; width < 4; line++)
		width += *line == '\t' ? 4 - width % 4 : 1;
	return line;
}

/* The indentation of HTML has no meaning, but after its tags are removed it would produce code blocks. */
static const char *
strip_indents(struct arena *arena, const char *text)
{
	struct str stripped = str_init(arena);

	while (*text != '\0') {
		size_t length;
		text = skip_blanks(text);
		length = strcspn(text, "\n");
		length += text[length] == '\n';
		str_add_bytes(&stripped, text, length);
		text += length;
	}
	return stripped.bytes;
}

/* Converts and writes the current run of lines. */
static void
flush(struct reading *reading)
{
	struct convert *convert = &reading->convert;
	const char *text = reading->run.bytes;
	int line = convert->line;
	bool is_html = *skip_blanks(text) == '<';

	if (reading->run.length == 0)
		return;
	convert->line = reading->run_line;
	convert->links = 0;
	memset(convert->open_marks, 0, sizeof(convert->open_marks));
	if (strpbrk(text, "<{") != NULL && (indent_of(text) < 4 || (is_html && convert->open_blocks > 0))) {
		if (is_html)
			text = strip_indents(convert->arena, text);
		text = convert_inline(convert, text);
	}
	add_lines(reading, text);
	reading->run.length = 0;
	reading->run.bytes[0] = '\0';
	convert->line = line;
}

/* --- containers: "::: tip Title" … ":::", and "!!! note" with indented lines -------- */

/* "tip" becomes "Tip". A given title is used as it is. */
static const char *
container_title(struct arena *arena, const char *kind, const char *title)
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

/* Opens or closes a container. False when the line does neither. */
static bool
read_container(struct reading *reading, const char *line)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	struct convert *convert = &reading->convert;
	const char *text = skip_blanks(line);
	size_t colons = strspn(text, ":"), length;
	const char *kind;

	if (colons < 3 || indent_of(line) > 3)
		return false;
	text = skip_blanks(text + colons);
	length = strspn(text, letters);
	kind = arena_bytes(convert->arena, text, length);
	text += length;
	if (length == 0 && *text != '\0')
		return false;
	flush(reading);
	if (length == 0) {
		if (reading->containers == 0)
			return false;
		reading->containers--;
		add_line(reading, "");
		return true;
	}
	if (reading->containers == CONTAINERS_MAX)
		return false;
	reading->quotes[reading->containers] = false;
	if (is_arrangement(kind)) {
		reading->containers++;
		add_line(reading, "");
		return true;
	}
	reading->quotes[reading->containers++] = true;
	add_line(reading, container_title(convert->arena, kind, text));
	add_line(reading, "");
	return true;
}

/* Opens an admonition of MkDocs: "!!! warning "Title"" or "??? note". */
static bool
read_admonition(struct reading *reading, const char *line)
{
	struct arena *arena = reading->convert.arena;
	const char *kind;
	size_t length;

	if (!str_starts(line, "!!! ") && !str_starts(line, "??? ") && !str_starts(line, "???+ "))
		return false;
	kind = skip_blanks(line + strcspn(line, " "));
	length = strcspn(kind, " \"");
	if (length == 0)
		return false;
	flush(reading);
	reading->in_admonition = true;
	add_line(reading, container_title(arena, arena_bytes(arena, kind, length), kind + length));
	add_line(reading, "");
	return true;
}

/* --- single lines ------------------------------------------------------------------- */

/* GitHub's "> [!NOTE]": the kind becomes the first line of the quotation. */
static const char *
convert_callout(struct arena *arena, const char *line)
{
	static const char *const kinds[] = { "note", "tip", "important", "warning", "caution", NULL };
	const char *text = skip_blanks(line);

	if (*text != '>' || *(text = skip_blanks(text + 1)) != '[' || text[1] != '!')
		return line;
	for (size_t i = 0; kinds[i] != NULL; i++) {
		size_t length = strlen(kinds[i]);
		if (strncasecmp(text + 2, kinds[i], length) == 0 && text[2 + length] == ']' &&
			*skip_blanks(text + 3 + length) == '\0')
			return arena_printf(arena, "> %s\\", container_title(arena, kinds[i], ""));
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
	const char *text = skip_blanks(line);

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
is_fenced(struct reading *reading, const char *line)
{
	const char *text = skip_blanks(line);
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
		if (width >= reading->fence_width && *skip_blanks(text + width) == '\0')
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
is_listing(struct reading *reading, const char *line)
{
	struct arena *arena = reading->convert.arena;
	const char *language;

	if (reading->listing_close != NULL) {
		if (strstr(line, reading->listing_close) == NULL) {
			add_line(reading, line);
			return true;
		}
		reading->listing_close = NULL;
		add_line(reading, "````");
		return true;
	}
	language = convert_listing(arena, line, &reading->listing_close);
	if (language == NULL)
		return false;
	flush(reading);
	add_line(reading, arena_printf(arena, "````%s", language));
	return true;
}

/* --- all ----------------------------------------------------------------------------- */

static void
read_blank(struct reading *reading)
{
	flush(reading);
	add_line(reading, "");
}

static void
add_to_run(struct reading *reading, const char *line)
{
	const char *opened = strstr(line, "<!--");

	if (reading->run.length == 0)
		reading->run_line = reading->convert.line;
	str_add(&reading->run, line);
	str_add_char(&reading->run, '\n');
	if (opened != NULL && strstr(opened, "-->") == NULL) {
		reading->in_comment = true;
		flush(reading);
	}
}

static void
read_line(struct reading *reading, const char *line)
{
	struct convert *convert = &reading->convert;
	bool blank = *skip_blanks(line) == '\0';

	if (reading->in_comment) {
		reading->in_comment = strstr(line, "-->") == NULL;
		add_line(reading, line);
		return;
	}
	if (reading->in_admonition && !blank) {
		if (indent_of(line) >= 4)
			line = strip_admonition_indent(line);
		else if (reading->fence == '\0') {
			flush(reading);
			reading->in_admonition = false;
			add_line(reading, "");
		}
	}
	if (reading->listing_close == NULL) {
		bool inside = reading->fence != '\0';
		if (is_fenced(reading, line)) {
			if (!inside)
				flush(reading);
			add_line(reading, line);
			return;
		}
	}
	if (is_listing(reading, line))
		return;
	if (blank) {
		read_blank(reading);
		return;
	}
	if (read_container(reading, line) || read_admonition(reading, line))
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
	struct reading reading = { .convert = { .arena = arena, .warnings = warnings, .path = path, .line = body_line },
		.out = str_init(arena), .run = str_init(arena) };

	if (!needs_care(body))
		return body;
	for (; *body != '\0'; reading.convert.line++) {
		size_t length = strcspn(body, "\n");
		read_line(&reading, arena_bytes(arena, body, length));
		body += length;
		body += *body == '\n';
	}
	flush(&reading);
	if (reading.listing_close != NULL)
		add_line(&reading, "````");
	return reading.out.bytes;
}
