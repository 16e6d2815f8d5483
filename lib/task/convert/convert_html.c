/* Converts HTML tags in Markdown. */
#include "task/convert/convert.h"

#include <string.h>
#include <strings.h>

#include "page/lang/lang.h"

/*
 * Limits of the search for the end of a tag and for a closing tag. Without them a hostile text would be searched to its
 * end each time.
 */
enum { TAG_MAX = 4000, ELEMENT_MAX = 4000, NAME_LENGTH_MAX = 16 };

/* A parsed tag. */
struct tag {
	char name[NAME_LENGTH_MAX];  /* lower case */
	bool closing;
	const char *attributes, *attributes_end;
	const char *start, *end; /* '<', and the position after '>' */
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Parses a tag; false when there is none. Quoted values may contain '>'. */
static bool
read_tag(const char *text, struct tag *ret_tag)
{
	struct tag tag = { .start = text };
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
		if (length + 1 == NAME_LENGTH_MAX)
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

/* The value of an attribute, with white space at both ends removed, or NULL. */
static const char *
attribute(struct arena *arena, const struct tag *tag, const char *name)
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

static bool
is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (str_equal(name, *names))
			return true;
	return false;
}

static void
warn(struct convert *convert, const char *kind, const struct tag *tag)
{
	size_t length = (size_t)(tag->end - tag->start);
	const char *words = arena_printf(convert->arena, "%.*s", length < 60 ? (int)length : 60, tag->start);

	/* Removes half a character at the end, which would not be valid text. */
	for (size_t end = strlen(words); end > 0 && length >= 60 && (words[end - 1] & 0x80) != 0; end--)
		words = arena_bytes(convert->arena, words, end - 1);
	if (strchr(words, '\n') == NULL)
		convert_warn(convert, kind, words);
	else
		convert_warn(convert, kind, arena_bytes(convert->arena, words, strcspn(words, "\n")));
}

/* The closing tag of an element, in the same run of lines and within ELEMENT_MAX bytes, or NULL. */
static const char *
find_close(const struct tag *tag)
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

/* --- addresses --------------------------------------------------------------------- */

/* An address as a link target, in <> if it contains spaces or parentheses. */
static const char *
target(struct arena *arena, const char *address)
{
	struct str clean = str_init(arena);

	for (const char *c = address; *c != '\0'; c++) {
		if (*c == '<' || *c == '>' || *c == '\n')
			str_printf(&clean, "%%%02X", (unsigned)(unsigned char)*c);
		else
			str_add_char(&clean, *c);
	}
	if (strpbrk(clean.bytes, " ()") == NULL)
		return clean.bytes;
	return arena_printf(arena, "<%s>", clean.bytes);
}

/* Text for the brackets of a link or image. */
static const char *
label(struct arena *arena, const char *text)
{
	struct str clean = str_init(arena);

	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '[' || *c == ']')
			str_add_char(&clean, '\\');
		str_add_char(&clean, *c == '\n' ? ' ' : *c);
	}
	return clean.bytes;
}

static const char *
write_picture(struct convert *convert, const struct tag *tag, struct str *out)
{
	struct arena *arena = convert->arena;
	const char *address = attribute(arena, tag, "src"), *alt = attribute(arena, tag, "alt");
	const char *title = attribute(arena, tag, "title");

	if (str_empty(address))
		address = attribute(arena, tag, "data-src");
	if (str_empty(address) || strstr(address, "{{") != NULL)
		return NULL;
	str_printf(out, "![%s](%s", alt == NULL ? "" : label(arena, alt), target(arena, address));
	if (!str_empty(title) && strpbrk(title, "\"\n\\") == NULL)
		str_printf(out, " \"%s\"", title);
	str_add_char(out, ')');
	return tag->end;
}

static const char *
write_link(struct convert *convert, const struct tag *tag, struct str *out)
{
	const char *address;

	if (tag->closing) {
		if (convert->links == 0)
			return NULL;
		str_add(out, convert->link_ends[--convert->links]);
		return tag->end;
	}
	address = attribute(convert->arena, tag, "href");
	if (convert->links == sizeof(convert->link_ends) / sizeof(*convert->link_ends) || find_close(tag) == NULL ||
		(address != NULL && strstr(address, "{{") != NULL))
		return NULL;
	if (address == NULL)
		warn(convert, N_("anchor removed; links to it go to the top of the page"), tag);
	convert->link_ends[convert->links++] = address == NULL ? "" : arena_printf(convert->arena, "](%s)", target(convert->arena, address));
	if (address != NULL)
		str_add_char(out, '[');
	return tag->end;
}

/* A player becomes a link to its file or page. */
static const char *
write_player(struct convert *convert, const struct tag *tag, struct str *out)
{
	const char *address = tag->closing ? NULL : attribute(convert->arena, tag, "src"), *name;

	if (str_equal(tag->name, "source") && convert->in_picture)
		return tag->end;
	if (!tag->closing && str_empty(address))
		return str_equal(tag->name, "source") || str_equal(tag->name, "iframe") ? NULL : tag->end;
	if (address == NULL)
		return tag->end;
	warn(convert, N_("embedded player replaced with a link"), tag);
	name = strrchr(address, '/');
	name = name == NULL || name[1] == '\0' ? address : name + 1;
	str_printf(out, "[%s](%s)", label(convert->arena, name), target(convert->arena, address));
	return tag->end;
}

/* --- marks ------------------------------------------------------------------------- */

static const char *
mark_of(const char *name)
{
	static const struct { const char *name, *mark; } marks[] = { { "b", "**" }, { "strong", "**" }, { "summary", "**" },
		{ "i", "*" }, { "em", "*" }, { "del", "~~" }, { "s", "~~" }, { "strike", "~~" } };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (str_equal(name, marks[i].name))
			return marks[i].mark;
	return NULL;
}

/* Emphasis marks work only when they touch the words inside. */
static const char *
write_mark(struct convert *convert, const struct tag *tag, const char *mark, struct str *out)
{
	int *open = &convert->open_marks[mark[0] == '~' ? 2 : mark[1] == '*' ? 1 : 0];
	size_t blanks = 0;

	if (!tag->closing) {
		if (find_close(tag) == NULL)
			return NULL;
		(*open)++;
		str_add(out, mark);
		return tag->end + strspn(tag->end, " \t");
	}
	if (*open == 0)
		return NULL;
	(*open)--;
	while (out->length > 0 && (out->bytes[out->length - 1] == ' ' || out->bytes[out->length - 1] == '\t')) {
		out->bytes[--out->length] = '\0';
		blanks++;
	}
	str_add(out, mark);
	if (blanks > 0 || str_equal(tag->name, "summary"))
		str_add_char(out, ' ');
	return tag->end;
}

/* Converts <code> with its content, if the closing tag is on the same line. */
static const char *
write_code(struct convert *convert, const struct tag *tag, struct str *out)
{
	const char *end = tag->closing ? NULL : find_close(tag);
	size_t length = end == NULL ? 0 : (size_t)(end - tag->end);
	const char *code = arena_bytes(convert->arena, tag->end, length);

	/* In a code span, entities and other tags would be shown as typed. */
	if (length == 0 || strpbrk(code, "\n`&<") != NULL)
		return NULL;
	str_printf(out, "`%s`", code);
	return end + strlen("</>") + strlen(tag->name);
}

/* Converts H<sub>2</sub>O, using the characters that Unicode has. */
static const char *
write_script(struct convert *convert, const struct tag *tag, struct str *out)
{
	static const char *const above[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
	static const char *const below[] = { "₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉" };
	const char *const *characters = str_equal(tag->name, "sup") ? above : below;
	size_t digits = strspn(tag->end, "0123456789");
	const char *close = arena_printf(convert->arena, "</%s>", tag->name);

	if (tag->closing || digits == 0 || strncasecmp(tag->end + digits, close, strlen(close)) != 0)
		return NULL;
	for (size_t i = 0; i < digits; i++)
		str_add(out, characters[tag->end[i] - '0']);
	return tag->end + digits + strlen(close);
}

/* --- blocks ------------------------------------------------------------------------- */

static bool
at_line_start(const struct str *out)
{
	return out->length == 0 || out->bytes[out->length - 1] == '\n';
}

/* Converts a whole <h2>Words</h2> to one line. */
static const char *
write_heading(struct convert *convert, const struct tag *tag, struct str *out)
{
	const char *end = tag->closing || !at_line_start(out) ? NULL : find_close(tag), *words;
	int line = convert->line;

	if (end == NULL)
		return NULL;
	words = convert_inline(convert, arena_bytes(convert->arena, tag->end, (size_t)(end - tag->end)));
	convert->line = line;
	str_printf(out, "%.*s ", tag->name[1] - '0', "######");
	for (const char *c = str_trim(convert->arena, words); *c != '\0'; c++)
		str_add_char(out, *c == '\n' ? ' ' : *c);
	end += strlen("</>") + strlen(tag->name);
	if (*end != '\n' && *end != '\0')
		str_add_char(out, '\n');
	return end;
}

/* Removes tags that only affect layout or styling. */
static const char *
drop(struct convert *convert, const struct tag *tag, struct str *out)
{
	static const char *const blocks[] = { "div", "center", "section", "article", "main", "header", "footer", "aside",
		"figure", "details", "table", "ul", "ol", NULL };
	static const char *const cells[] = { "p", "tr", "td", "th", "figcaption", NULL };
	static const char *const silent[] = { "p", "picture", "tbody", "thead", "details", "figure", NULL };
	bool block = is_one_of(tag->name, blocks);

	if (str_equal(tag->name, "picture"))
		convert->in_picture = !tag->closing;
	if (block)
		convert->open_blocks += tag->closing ? (convert->open_blocks > 0 ? -1 : 0) : 1;
	if (!tag->closing && str_equal(tag->name, "table"))
		warn(convert, N_("HTML table converted to text, one cell after another"), tag);
	else if (!tag->closing && !is_one_of(tag->name, silent) && tag->attributes_end > tag->attributes)
		warn(convert, arena_printf(convert->arena, "%s: <%s>", N_("styling of an HTML element removed"), tag->name), tag);
	/* Keeps the words of two blocks apart. */
	if ((block || is_one_of(tag->name, cells)) && !at_line_start(out) && out->bytes[out->length - 1] != ' ')
		str_add_char(out, ' ');
	return tag->end;
}

const char *
convert_tag(struct convert *convert, const char *text, struct str *out)
{
	static const char *const dropped[] = { "div", "p", "center", "span", "font", "small", "big", "section", "article", "main",
		"header", "footer", "aside", "figure", "figcaption", "picture", "details", "table", "tbody", "thead", "tr",
		"td", "th", "ul", "ol", "u", "ins", "mark", "abbr", "cite", "nobr", "wbr", "tt", NULL };
	static const char *const players[] = { "video", "audio", "iframe", "source", "embed", NULL };
	static const char *const codes[] = { "code", "kbd", "samp", NULL };
	struct tag tag;

	if (!read_tag(text, &tag))
		return NULL;
	if (str_equal(tag.name, "img"))
		return tag.closing ? NULL : write_picture(convert, &tag, out);
	if (str_equal(tag.name, "a"))
		return write_link(convert, &tag, out);
	if (is_one_of(tag.name, players))
		return write_player(convert, &tag, out);
	if (mark_of(tag.name) != NULL)
		return write_mark(convert, &tag, mark_of(tag.name), out);
	if (is_one_of(tag.name, codes))
		return write_code(convert, &tag, out);
	if (str_equal(tag.name, "sup") || str_equal(tag.name, "sub"))
		return write_script(convert, &tag, out);
	if (tag.name[0] == 'h' && tag.name[1] >= '1' && tag.name[1] <= '6' && tag.name[2] == '\0')
		return write_heading(convert, &tag, out);
	if (str_equal(tag.name, "hr") && at_line_start(out)) {
		str_add(out, "***");
		return tag.end;
	}
	if (str_equal(tag.name, "li") && (tag.closing || at_line_start(out))) {
		if (!tag.closing)
			str_add(out, "- ");
		return tag.end + strspn(tag.end, " \t");
	}
	if (str_equal(tag.name, "br")) {
		str_add(out, "<br>");
		return tag.end;
	}
	return is_one_of(tag.name, dropped) ? drop(convert, &tag, out) : NULL;
}
