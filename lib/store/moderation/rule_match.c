#include "store/moderation/rule_match.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"

/* --- reading links ------------------------------------------------------------------ */

/* Whether an address in running text ends before this character: white space, brackets, quotes, CJK punctuation. */
static bool
ends_address(int32_t c)
{
	return c == 0 || c == ' ' || c == '\n' || c == '\t' || c == '<' || c == '>' || c == '"' || c == '\'' || c == ')' || c == ']' || c == '`'
		|| (text_is_cjk(c) && !text_is_ideograph(c));
}

static bool
is_scheme_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/* The next address in a folded text: "scheme://…" or "www.…". NULL at the end; *rest is moved past it. */
static const char *
next_link(struct arena *arena, const char *start, const char **rest)
{
	const char *slashes = strstr(*rest, "://"), *www = strstr(*rest, "www."), *from, *end;

	if (slashes == NULL && www == NULL)
		return NULL;
	if (slashes == NULL || (www != NULL && www < slashes)) {
		from = www;
		end = www + strlen("www.");
	} else {
		from = slashes;
		while (from > start && is_scheme_letter(from[-1]))
			from--;
		end = slashes + strlen("://");
	}
	for (const char *next = end; !ends_address(text_next(&next)); end = next)
		;
	*rest = end;
	while (end > from && strchr(".,;:!?*_", end[-1]) != NULL)
		end--;
	return arena_bytes(arena, from, (size_t)(end - from));
}

static int
hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The host of a folded address, with its %-escapes decoded as browsers do (WHATWG URL, host parsing). */
static const char *
host_of(struct arena *arena, const char *link)
{
	const char *from = strstr(link, "://"), *end, *at;
	struct str host = str_init(arena);

	from = from == NULL ? link : from + strlen("://");
	end = from + strcspn(from, "/?#\\");
	while ((at = memchr(from, '@', (size_t)(end - from))) != NULL)
		from = at + 1;
	for (const char *c = from; c < end && *c != ':'; c++) {
		if (*c == '%' && end - c > 2 && hex_digit(c[1]) > 0 && hex_digit(c[2]) >= 0) {
			str_add_char(&host, (char)(hex_digit(c[1]) * 16 + hex_digit(c[2])));
			c += 2;
		} else {
			str_add_char(&host, *c);
		}
	}
	while (host.length > 0 && host.bytes[host.length - 1] == '.')
		host.bytes[--host.length] = '\0';
	/* Decoded bytes may be anything, so they are folded once more. */
	return text_fold_accents(arena, text_clean(arena, host.bytes, host.length, TEXT_LINE));
}

void
rule_subject_read(struct arena *arena, const char *text, const char *name, const char *email, const char *link,
	struct rule_subject *ret_subject)
{
	struct rule_subject subject = { .text = text_fold_accents(arena, text),
		.name = text_collapse(arena, text_fold_accents(arena, name)), .email = text_fold_accents(arena, email) };
	const char **links = arena_array(arena, RULE_LINKS_MAX + 1, sizeof(*links));
	const char **hosts = arena_array(arena, RULE_LINKS_MAX + 1, sizeof(*hosts));
	const char *rest = subject.text, *found;
	size_t count = 0;

	while (count < RULE_LINKS_MAX && (found = next_link(arena, subject.text, &rest)) != NULL)
		links[count++] = found;
	if (*link != '\0')
		links[count++] = text_fold_accents(arena, link);
	for (size_t i = 0; i < count; i++)
		hosts[i] = host_of(arena, links[i]);
	subject.links = links;
	subject.hosts = hosts;
	subject.link_count = count;
	*ret_subject = subject;
}

/* --- patterns ----------------------------------------------------------------------- */

const char *
rule_pattern(struct arena *arena, const char *typed)
{
	return text_collapse(arena, text_fold_accents(arena, typed));
}

bool
rule_pattern_is_valid(const char *pattern)
{
	size_t stars = 0;
	bool other = false;

	for (const char *c = pattern; *c != '\0'; c++)
		if (*c == '*')
			stars++;
		else if (*c != ' ')
			other = true;
	return other && stars <= RULE_STARS_MAX;
}

/* Whether the whole text matches; `*` is any characters. Returns to the last star only, which is enough for whole texts. */
static bool
match_whole(const char *pattern, const char *text)
{
	const char *star = NULL, *retry = NULL;

	while (*text != '\0') {
		if (*pattern == '*') {
			star = ++pattern;
			retry = text;
		} else if (*pattern == *text) {
			pattern++;
			text++;
		} else if (star != NULL) {
			pattern = star;
			text = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

/* --- words in a text ---------------------------------------------------------------- */

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* Whether a word of a script with spaces continues with this character. */
static bool
is_word_character(int32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	return !text_is_cjk(c) && !text_is_ideograph(c) && (c < 0x2000 || c > 0x2BFF) && c != 0xA0 && c != 0xAB && c != 0xBB;
}

static int32_t
character_before(const char *text, const char *at)
{
	if (at == text)
		return 0;
	do
		at--;
	while (at > text && ((unsigned char)*at & 0xC0) == 0x80);
	return text_next(&at);
}

/* Whether a word boundary is between the two characters, of which `inside` belongs to the pattern. */
static bool
is_boundary(int32_t outside, int32_t inside)
{
	return !is_word_character(inside) || !is_word_character(outside);
}

/* The end of this part of a pattern in the text at exactly this place, or NULL. One space matches any white space. */
static const char *
match_part(const char *part, size_t length, const char *text)
{
	for (size_t i = 0; i < length; i++) {
		if (part[i] == ' ') {
			if (!is_space(*text))
				return NULL;
			while (is_space(*text))
				text++;
		} else if (*text++ != part[i]) {
			return NULL;
		}
	}
	return text;
}

/* A word of a rule, split at its stars. */
struct parts {
	const char *part[RULE_STARS_MAX + 1]; /* none is empty */
	size_t length[RULE_STARS_MAX + 1];
	size_t count;
	bool open_start, open_end;              /* a star stands there, so no word has to begin or end */
	const char *run_start, *run_end;        /* the last stretch without white space that was looked at */
	const char *failed[RULE_STARS_MAX + 1]; /* the end of the run in which this part was not found */
};

static struct parts
split(const char *pattern)
{
	struct parts parts = { .open_start = *pattern == '*' };

	while (*pattern != '\0') {
		size_t length = strcspn(pattern, "*");
		parts.open_end = pattern[length] == '*';
		if (length > 0 && parts.count <= RULE_STARS_MAX) {
			parts.part[parts.count] = pattern;
			parts.length[parts.count++] = length;
		}
		pattern += length + (parts.open_end ? 1 : 0);
	}
	return parts;
}

/* Where a part ends that begins here, or NULL. */
static const char *
part_at(const struct parts *parts, size_t number, const char *text, const char *at)
{
	const char *end, *next, *inside;

	if (*at != *parts->part[number] && !(is_space(*at) && *parts->part[number] == ' '))
		return NULL;
	end = match_part(parts->part[number], parts->length[number], at);
	if (end == NULL)
		return NULL;
	inside = parts->part[number];
	if (number == 0 && !parts->open_start && !is_boundary(character_before(text, at), text_next(&inside)))
		return NULL;
	next = end;
	if (number + 1 == parts->count && !parts->open_end && !is_boundary(text_next(&next), character_before(text, end)))
		return NULL;
	return end;
}

/* The end of the run that a star may skip from here. */
static const char *
run_end(struct parts *parts, const char *from)
{
	if (parts->run_start == NULL || from < parts->run_start || from > parts->run_end) {
		parts->run_start = parts->run_end = from;
		while (*parts->run_end != '\0' && !is_space(*parts->run_end))
			parts->run_end++;
	}
	return parts->run_end;
}

/* Finds the parts after the first one; each star skips no white space. */
static bool
match_rest(struct parts *parts, const char *text, const char *from)
{
	for (size_t number = 1; number < parts->count; number++) {
		const char *run = run_end(parts, from), *end = NULL;

		/* A later start in the same run finds no more than an earlier one did. */
		if (parts->failed[number] == run)
			return false;
		for (const char *at = from; at <= run && end == NULL; at++)
			end = part_at(parts, number, text, at);
		if (end == NULL) {
			parts->failed[number] = run;
			return false;
		}
		from = end;
	}
	return true;
}

static bool
match_word(const char *pattern, const char *text)
{
	struct parts parts = split(pattern);
	const char *end;

	if (parts.count == 0)
		return false;
	for (const char *at = text; *at != '\0'; at++) {
		end = part_at(&parts, 0, text, at);
		if (end != NULL && match_rest(&parts, text, end))
			return true;
	}
	return false;
}

/* --- matching ----------------------------------------------------------------------- */

static bool
match_address(const char *pattern, const char *link)
{
	const char *slashes = strstr(link, "://");

	return match_whole(pattern, link) || (slashes != NULL && match_whole(pattern, slashes + strlen("://")));
}

static bool
match_host(const char *pattern, const char *host)
{
	size_t length = strlen(pattern), room = strlen(host);

	if (strchr(pattern, '*') != NULL)
		return match_whole(pattern, host);
	return str_equal(pattern, host) || (room > length && host[room - length - 1] == '.' && str_ends(host, pattern));
}

bool
rule_match(enum rule_field field, const char *pattern, const struct rule_subject *subject)
{
	switch (field) {
	case RULE_WORD:
		return match_word(pattern, subject->text);
	case RULE_NAME:
		return match_whole(pattern, subject->name);
	case RULE_ADDRESS:
		if (*subject->email != '\0' && match_whole(pattern, subject->email))
			return true;
		for (size_t i = 0; i < subject->link_count; i++)
			if (match_address(pattern, subject->links[i]))
				return true;
		return false;
	case RULE_HOST:
		for (size_t i = 0; i < subject->link_count; i++)
			if (match_host(pattern, subject->hosts[i]))
				return true;
		return false;
	}
	return false;
}
