#include "store/search/search_query.h"

#include <string.h>
#include <strings.h>

#include "core/str.h"
#include "core/text.h"
#include "store/index/search_tokenizer.h"
#include "store/post/tag.h"
#include "store/user/user.h"

/* More than anyone types. These limits bound the cost of a search. */
enum { CHARACTERS_MAX = 256, WORDS_MAX = 24, FILTERS_MAX = 8, RIGHTS_MAX = 100 };

/* The state of parsing a query. */
struct reader {
	struct db *db;
	struct arena *arena;
	struct search_query *words;
	struct str phrases; /* FTS5 strings separated by spaces: all must match; FTS5 ignores empty ones */
	struct str facets;  /* the same for the facets column */
};

/* --- parsing ------------------------------------------------------------------ */

static bool
is_quote(int32_t code_point)
{
	return code_point == '"' || code_point == 0x201C || code_point == 0x201D || code_point == 0x201E
		|| code_point == 0xFF02;
}

/*
 * Returns the text up to a quotation mark, or without quoted, up to a space or quotation mark. Moves *rest
 * after it and a closing mark.
 */
static char *
read_until(struct arena *arena, const char **rest, bool quoted)
{
	const char *start = *rest, *here = *rest;

	for (int32_t c;; here = *rest) {
		c = text_next(rest);
		if (c == 0 || (quoted && is_quote(c)))
			break;
		if (!quoted && (c == ' ' || is_quote(c))) {
			*rest = here;
			break;
		}
	}
	return arena_bytes(arena, start, (size_t)(here - start));
}

/* The part after "tag:", with an ASCII or full-width colon; NULL when the word does not begin with it. */
static const char *
after_prefix(const char *word, const char *prefix)
{
	static const char wide_colon[] = "\xef\xbc\x9a";
	size_t length = strlen(prefix);

	if (strncasecmp(word, prefix, length) != 0)
		return NULL;
	if (word[length] == ':')
		return word + length + 1;
	return str_starts(word + length, wide_colon) ? word + length + strlen(wide_colon) : NULL;
}

static void
add_phrase(struct reader *reader, const char *word)
{
	char *phrase;

	if (reader->words->phrases == WORDS_MAX)
		return;
	phrase = search_token_query(reader->arena, word);
	if (phrase == NULL)
		return;
	if (reader->phrases.length > 0)
		str_add_char(&reader->phrases, ' ');
	str_add(&reader->phrases, phrase);
	reader->words->strings[reader->words->phrases++] = phrase;
}

static enum status
add_tag(struct reader *reader, const char *value)
{
	struct tag tag;
	enum status status = tag_by_slug(reader->db, reader->arena, value, &tag);

	if (status == NOT_FOUND)
		status = tag_by_name(reader->db, reader->arena, value, &tag);
	if (status == OK)
		str_printf(&reader->facets, " \"t%lld\"", (long long)tag.id);
	return status;
}

static enum status
add_author(struct reader *reader, const char *value)
{
	struct user user;
	enum status status = user_by_slug(reader->db, reader->arena, value, &user);

	if (status == NOT_FOUND)
		status = user_by_slug(reader->db, reader->arena, text_slug(reader->arena, value), &user);
	if (status == OK)
		str_printf(&reader->facets, " \"a%lld\"", (long long)user.id);
	return status;
}

static enum status
add_filter(struct reader *reader, enum status (*add)(struct reader *, const char *), const char *value)
{
	enum status status;

	if (reader->words->filters == FILTERS_MAX)
		return OK;
	reader->words->filters++;
	status = add(reader, value);
	if (status == NOT_FOUND) {
		reader->words->nothing = true;
		return OK;
	}
	return status;
}

static enum status
read_word(struct reader *reader, const char **rest)
{
	static const struct {
		const char *prefix;
		enum status (*add)(struct reader *, const char *);
	} filters[] = { { "tag", add_tag }, { "author", add_author } };
	const char *word = read_until(reader->arena, rest, false), *ahead = *rest;
	bool quoted = is_quote(text_next(&ahead));

	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		const char *value = after_prefix(word, filters[i].prefix);
		if (value == NULL || (*value == '\0' && !quoted))
			continue;
		if (*value == '\0') {
			*rest = ahead;
			value = str_trim(reader->arena, read_until(reader->arena, rest, true));
		}
		return add_filter(reader, filters[i].add, value);
	}
	add_phrase(reader, word);
	return OK;
}

static enum status
read_all(struct reader *reader, const char *text)
{
	const char *rest = text;

	while (*rest != '\0') {
		const char *ahead = rest;
		int32_t c = text_next(&ahead);
		if (c == ' ') {
			rest = ahead;
		} else if (is_quote(c)) {
			rest = ahead;
			add_phrase(reader, read_until(reader->arena, &rest, true));
		} else {
			TRY(read_word(reader, &rest));
		}
	}
	return OK;
}

/* --- expressions ---------------------------------------------------------------- */

/* Whether the viewer may read the closed part of every published post. */
static bool
may_read_all(const struct viewer *viewer)
{
	if (user_may(viewer->user, RIGHT_EDIT))
		return true;
	for (size_t i = 0; i < viewer->grant_count; i++)
		if (str_equal(viewer->grants[i].scope, "everything"))
			return true;
	return false;
}

/*
 * The facets of posts whose closed part a signed-in viewer may read, as an FTS5 expression of alternatives.
 */
static const char *
rights(struct arena *arena, const struct viewer *viewer)
{
	struct str facets = str_init(arena);

	str_printf(&facets, "\"xmembers\" OR \"a%lld\"", (long long)viewer->user->id);
	for (size_t i = 0; i < viewer->grant_count && i < RIGHTS_MAX; i++) {
		const struct grant *grant = &viewer->grants[i];
		if (str_equal(grant->scope, "tag"))
			str_printf(&facets, " OR \"t%lld\"", (long long)grant->tag_id);
		else if (str_equal(grant->scope, "post"))
			str_printf(&facets, " OR \"p%lld\"", (long long)grant->post_id);
	}
	return facets.bytes;
}

#define OPEN_COLUMNS "{title summary opened}"
#define ALL_COLUMNS "{title summary opened closed}"

static const char *
add_facets(struct arena *arena, const char *found, const char *facets)
{
	if (*facets == '\0')
		return found;
	if (*found == '\0')
		return arena_printf(arena, "facets : (%s)", facets);
	return arena_printf(arena, "(%s) AND (facets : (%s))", found, facets);
}

static void
make_expressions(struct reader *reader, const struct viewer *viewer)
{
	struct arena *arena = reader->arena;
	const char *phrases = reader->phrases.bytes, *facets = reader->facets.bytes, *open, *all;

	if (*phrases == '\0') {
		reader->words->match = reader->words->open_match = add_facets(arena, "", facets);
		return;
	}
	open = arena_printf(arena, OPEN_COLUMNS " : (%s)", phrases);
	reader->words->match = reader->words->open_match = add_facets(arena, open, facets);
	if (viewer->user == NULL || viewer->user->disabled)
		return;
	all = arena_printf(arena, ALL_COLUMNS " : (%s)", phrases);
	if (!may_read_all(viewer))
		all = arena_printf(arena, "(%s) OR ((%s) AND (facets : (%s)))", open, all, rights(arena, viewer));
	reader->words->match = add_facets(arena, all, facets);
}

/* The first characters of a text, at most that many. */
static char *
cut(struct arena *arena, const char *text, size_t most)
{
	const char *rest = text;

	while (most-- > 0 && text_next(&rest) != 0)
		;
	return arena_bytes(arena, text, (size_t)(rest - text));
}

enum status
search_query_read(struct db *db, struct arena *arena, const struct viewer *viewer, const char *text,
	const char *lang, struct search_query *ret_words)
{
	struct search_query words = { 0 };
	struct reader reader = { .db = db, .arena = arena, .words = &words,
		.phrases = str_init(arena), .facets = str_init(arena) };

	words.strings = arena_array(arena, WORDS_MAX, sizeof(*words.strings));
	TRY(read_all(&reader, cut(arena, text_collapse(arena, text), CHARACTERS_MAX)));
	if (lang != NULL && (str_equal(lang, "en") || str_equal(lang, "zh")))
		str_printf(&reader.facets, " \"l%s\"", lang);
	make_expressions(&reader, viewer);
	*ret_words = words;
	return OK;
}
