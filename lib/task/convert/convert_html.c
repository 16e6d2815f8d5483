/* Converts HTML tags in Markdown. */
#include "task/convert/convert.h"

#include <string.h>
#include <strings.h>

#include "page/lang/lang.h"
#include "task/convert/html_tag.h"

static bool
is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (str_equal(name, *names))
			return true;
	return false;
}

static void
warn(struct convert *convert, const char *kind, const struct html_tag *tag)
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
write_picture(struct convert *convert, const struct html_tag *tag, struct str *out)
{
	struct arena *arena = convert->arena;
	const char *address = html_tag_attribute(arena, tag, "src"), *alt = html_tag_attribute(arena, tag, "alt");
	const char *title = html_tag_attribute(arena, tag, "title");

	if (str_empty(address))
		address = html_tag_attribute(arena, tag, "data-src");
	if (str_empty(address) || strstr(address, "{{") != NULL)
		return NULL;
	str_printf(out, "![%s](%s", alt == NULL ? "" : label(arena, alt), target(arena, address));
	if (!str_empty(title) && strpbrk(title, "\"\n\\") == NULL)
		str_printf(out, " \"%s\"", title);
	str_add_char(out, ')');
	return tag->end;
}

static const char *
write_link(struct convert *convert, const struct html_tag *tag, struct str *out)
{
	const char *address;

	if (tag->closing) {
		if (convert->links == 0)
			return NULL;
		str_add(out, convert->link_ends[--convert->links]);
		return tag->end;
	}
	address = html_tag_attribute(convert->arena, tag, "href");
	if (convert->links == sizeof(convert->link_ends) / sizeof(*convert->link_ends) || html_tag_close(tag) == NULL ||
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
write_player(struct convert *convert, const struct html_tag *tag, struct str *out)
{
	const char *address = tag->closing ? NULL : html_tag_attribute(convert->arena, tag, "src"), *name;

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
write_mark(struct convert *convert, const struct html_tag *tag, const char *mark, struct str *out)
{
	int *open = &convert->open_marks[mark[0] == '~' ? 2 : mark[1] == '*' ? 1 : 0];
	size_t blanks = 0;

	if (!tag->closing) {
		if (html_tag_close(tag) == NULL)
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
write_code(struct convert *convert, const struct html_tag *tag, struct str *out)
{
	const char *end = tag->closing ? NULL : html_tag_close(tag);
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
write_script(struct convert *convert, const struct html_tag *tag, struct str *out)
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
write_heading(struct convert *convert, const struct html_tag *tag, struct str *out)
{
	const char *end = tag->closing || !at_line_start(out) ? NULL : html_tag_close(tag), *words;
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
drop(struct convert *convert, const struct html_tag *tag, struct str *out)
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
	struct html_tag tag;

	if (!html_tag_read(text, &tag))
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
