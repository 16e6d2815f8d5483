/* Removes private comments. Other systems hide them from readers, so they must not be published here. */
#include "task/convert/convert.h"

#include <string.h>

#include "page/lang/lang.h"

enum { SPAN_MAX = 10000, SIGN_MAX = 100 };

enum sign { SIGN_NONE, SIGN_PERCENT, SIGN_LIQUID, SIGN_LINE, SIGN_HUGO, SIGN_KRAMDOWN, SIGN_NUNJUCKS, SIGNS };

struct scan {
	struct convert convert;
	struct str out;
	const char *at;
	bool percent, liquid;  /* whether "%%" and "{%" open comments */
	char fence;            /* '`' or '~' inside a listing, else 0 */
	size_t fence_width;
	bool endless[SIGNS];   /* no end of such a comment follows */
	int open;              /* the line of the first that does not end, or 0 */
};

/* --- comment signs -------------------------------------------------------------------- */

static const char *
skip(const char *text, const char *set)
{
	return text + strspn(text, set);
}

/* The text after the word in "{% word" or "{{< word"; NULL when it does not match. */
static const char *
after_word(const char *text, const char *open, const char *word)
{
	if (!str_starts(text, open))
		return NULL;
	text = skip(text + strlen(open), " \t-");
	if (!str_starts(text, word))
		return NULL;
	text += strlen(word);
	return *text == ' ' || *text == '\t' || *text == '-' || *text == '%' || *text == '>' || *text == '\n' ? text : NULL;
}

/* The position after the next close, which must follow within SIGN_MAX bytes, or NULL. */
static const char *
sign_end(const char *text, const char *close)
{
	const char *found = text == NULL ? NULL : memmem(text, strnlen(text, SIGN_MAX), close, strlen(close));

	return found == NULL ? NULL : found + strlen(close);
}

/* The kind of comment that begins at text; *ret_inside is the text after its opening sign. */
static enum sign
sign_at(const struct scan *scan, const char *text, const char **ret_inside)
{
	if (*text == '%') {
		*ret_inside = text + 2;
		return scan->percent && text[1] == '%' ? SIGN_PERCENT : SIGN_NONE;
	}
	if (scan->liquid && (*ret_inside = sign_end(after_word(text, "{%", "comment"), "%}")) != NULL)
		return SIGN_LIQUID;
	if (scan->liquid && str_starts(text, "{%") && *skip(text + 2, " \t-") == '#') {
		*ret_inside = text + 2;
		return SIGN_LINE;
	}
	if ((*ret_inside = sign_end(after_word(text, "{{<", "comment"), ">}}")) != NULL ||
		(*ret_inside = sign_end(after_word(text, "{{%", "comment"), "%}}")) != NULL)
		return SIGN_HUGO;
	if ((*ret_inside = sign_end(str_starts(text, "{::comment") ? text : NULL, "}")) != NULL)
		return SIGN_KRAMDOWN;
	if (str_starts(text, "{#") && text[2] != '\0' && strchr(" \t\n-", text[2]) != NULL) {
		*ret_inside = text + 2;
		return SIGN_NUNJUCKS;
	}
	return SIGN_NONE;
}

/* The position after the first "{% word %}" in text, or NULL. */
static const char *
find_word(const char *text, const char *open, const char *word, const char *close)
{
	while ((text = strstr(text, open)) != NULL) {
		const char *end = sign_end(after_word(text, open, word), close);
		if (end != NULL)
			return end;
		text += strlen(open);
	}
	return NULL;
}

/* The position after the end of a comment, or NULL when it has no end. */
static const char *
comment_end(enum sign sign, const char *inside)
{
	const char *end = NULL, *other;

	switch (sign) {
	case SIGN_PERCENT:
		end = strstr(inside, "%%");
		return end == NULL ? NULL : end + 2;
	case SIGN_LIQUID:
		return find_word(inside, "{%", "endcomment", "%}");
	case SIGN_LINE:
		end = strstr(inside, "%}");
		return end == NULL ? NULL : end + 2;
	case SIGN_HUGO:
		end = find_word(inside, "{{<", "/comment", ">}}");
		return end != NULL ? end : find_word(inside, "{{%", "/comment", "%}}");
	case SIGN_KRAMDOWN:
		if (inside[-2] == '/')
			return inside;
		end = strstr(inside, "{:/comment}");
		other = strstr(inside, "{:/}");
		if (other != NULL && (end == NULL || other < end))
			return other + strlen("{:/}");
		return end == NULL ? NULL : end + strlen("{:/comment}");
	case SIGN_NUNJUCKS:
		end = strstr(inside, "#}");
		return end == NULL ? NULL : end + 2;
	case SIGN_NONE:
	case SIGNS:
		break;
	}
	return end;
}

/* --- text that is copied ----------------------------------------------------------------- */

static void
copy_until(struct scan *scan, const char *end)
{
	for (const char *c = scan->at; c < end; c++)
		scan->convert.line += *c == '\n';
	str_add_bytes(&scan->out, scan->at, (size_t)(end - scan->at));
	scan->at = end;
}

static const char *
line_end(const char *text)
{
	text += strcspn(text, "\n");
	return *text == '\n' ? text + 1 : text;
}

/* At the start of a line: true when it opens, closes or belongs to a fenced listing. */
static bool
is_listing(struct scan *scan)
{
	const char *text = skip(scan->at, " \t>"), *rest;
	size_t width;

	if (scan->fence == '\0' && (*text == '-' || *text == '*' || *text == '+') && text[1] == ' ')
		text = skip(text + 1, " \t");
	width = strspn(text, *text == '~' ? "~" : "`");
	rest = text + width;
	if (scan->fence != '\0') {
		rest = skip(rest, " \t");
		if (width >= scan->fence_width && *text == scan->fence && (*rest == '\n' || *rest == '\0'))
			scan->fence = '\0';
		return true;
	}
	if (width < 3 || (*text == '`' && memchr(rest, '`', strcspn(rest, "\n")) != NULL))
		return false;
	scan->fence = *text;
	scan->fence_width = width;
	return true;
}

/* The position after the code span at text, or after its backquotes when it does not end in its paragraph. */
static const char *
span_end(const char *text)
{
	size_t width = strspn(text, "`");
	const char *rest = text + width, *limit = rest + strnlen(rest, SPAN_MAX), *paragraph = memmem(rest, (size_t)(limit - rest), "\n\n", 2);

	if (paragraph != NULL)
		limit = paragraph;
	for (const char *c = rest; c < limit; c++) {
		size_t other = strspn(c, "`");
		if (other == width)
			return c + other;
		if (other > 0)
			c += other - 1;
	}
	return rest;
}

/* --- the whole text ------------------------------------------------------------------------- */

/* Removes a comment that begins here, except its newlines. */
static bool
take_comment(struct scan *scan)
{
	const char *inside = NULL, *end;
	enum sign sign = sign_at(scan, scan->at, &inside);

	if (sign == SIGN_NONE)
		return false;
	end = scan->endless[sign] ? NULL : comment_end(sign, inside);
	if (end == NULL) {
		scan->endless[sign] = true;
		if (scan->open == 0)
			scan->open = scan->convert.line;
		copy_until(scan, inside);
		return true;
	}
	convert_warn(&scan->convert, N_("private comment, left out"), NULL);
	for (; scan->at < end; scan->at++)
		if (*scan->at == '\n') {
			str_add_char(&scan->out, '\n');
			scan->convert.line++;
		}
	return true;
}

/* Jekyll processes its tags before code, so only {% raw %} protects them. */
static void
take_liquid(struct scan *scan)
{
	while (*scan->at != '\0') {
		const char *end = sign_end(after_word(scan->at, "{%", "raw"), "%}"), *inside;
		enum sign sign = *scan->at == '{' ? sign_at(scan, scan->at, &inside) : SIGN_NONE;
		if (end != NULL) {
			end = find_word(end, "{%", "endraw", "%}");
			copy_until(scan, end != NULL ? end : scan->at + strlen(scan->at));
		} else if ((sign != SIGN_LIQUID && sign != SIGN_LINE) || !take_comment(scan)) {
			copy_until(scan, scan->at + 1);
		}
	}
}

static void
take_outside_code(struct scan *scan)
{
	bool begins = true;

	while (*scan->at != '\0') {
		if (begins && is_listing(scan)) {
			copy_until(scan, line_end(scan->at));
			continue;
		}
		begins = *scan->at == '\n';
		if ((*scan->at == '%' || *scan->at == '{') && take_comment(scan))
			continue;
		if (*scan->at == '\\' && scan->at[1] != '\0' && scan->at[1] != '\n')
			copy_until(scan, scan->at + 2);
		else if (*scan->at == '`')
			copy_until(scan, span_end(scan->at));
		else
			copy_until(scan, scan->at + 1);
	}
}

const char *
convert_comments(struct arena *arena, const char *body, int body_line, const char *path, struct conversion_warnings *warnings,
	enum convert_comments kinds, int *ret_open)
{
	struct scan scan = { .convert = { .arena = arena, .warnings = warnings, .path = path, .line = body_line }, .at = body,
		.percent = kinds == CONVERT_PERCENT, .liquid = true };

	if ((!scan.percent || strstr(body, "%%") == NULL) && strstr(body, "{#") == NULL && strstr(body, "{%") == NULL &&
		strstr(body, "comment") == NULL)
		return body;
	scan.out = str_init(arena);
	if (kinds == CONVERT_LIQUID) {
		take_liquid(&scan);
		scan.at = scan.out.bytes;
		scan.out = str_init(arena);
		scan.convert.line = body_line;
		scan.liquid = false;
	}
	take_outside_code(&scan);
	if (scan.open > 0)
		*ret_open = scan.open;
	return scan.out.bytes;
}
