#include "store/search/search_match.h"

#include <sqlite3.h>
#include <string.h>

#include "core/str.h"
#include "store/index/search_tokenizer.h"

enum {
	WINDOW_BYTES = 2048,    /* bytes of text that are tokenized, around the first likely match */
	WINDOW_BEFORE = 384,
	TOKENS_MAX = 512,      /* in all phrases together */
	PHRASES_MAX = 64,
};

/* A token of the query or text. Tokens are as long as in the input; FTS5 cuts words longer than 32 KiB. */
struct token {
	const char *bytes;
	size_t length;
};

struct phrase {
	const struct token *tokens;
	size_t count;
	bool prefix; /* the last token is a prefix: a single ideograph */
};

struct search_matcher {
	struct db *db;
	struct arena *arena;
	fts5_tokenizer functions;
	Fts5Tokenizer *tokenizer;
	struct phrase phrases[PHRASES_MAX];
	size_t phrase_count;
};

/* --- FTS5's tokenizer ----------------------------------------------------------- */

/* SQLite's documented way to get FTS5's functions ("Extending FTS5"). */
static enum status
find_fts5(struct db *db, fts5_api **ret_api)
{
	sqlite3_stmt *stmt = NULL;
	fts5_api *api = NULL;
	int code = sqlite3_prepare_v2(db_handle(db), "SELECT fts5(?1)", -1, &stmt, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	(void)sqlite3_finalize(stmt);
	TRY(db_status(db, code, "fts5"));
	if (api == NULL)
		return FAULT;
	*ret_api = api;
	return OK;
}

static void
drop_tokenizer(void *object)
{
	struct search_matcher *matcher = object;

	matcher->functions.xDelete(matcher->tokenizer);
}

/* Must be the same tokenizer as in the declaration of post_search. */
static enum status
open_tokenizer(struct search_matcher *matcher)
{
	const char *arguments[] = { "unicode61", "remove_diacritics", "2" };
	fts5_api *api = NULL;
	void *context;
	int code;

	TRY(find_fts5(matcher->db, &api));
	code = api->xFindTokenizer(api, "porter", &context, &matcher->functions);
	if (code == SQLITE_OK)
		code = matcher->functions.xCreate(context, arguments, 3, &matcher->tokenizer);
	TRY(db_status(matcher->db, code, "tokenizer"));
	arena_cleanup(matcher->arena, drop_tokenizer, matcher);
	return OK;
}

/* --- phrases of the query --------------------------------------------------------- */

struct collected {
	struct arena *arena;
	struct token tokens[TOKENS_MAX];
	size_t count;
};

static int
collect(void *context, int flags, const char *bytes, int length, int start, int end)
{
	struct collected *collected = context;

	(void)flags;
	(void)start;
	(void)end;
	if (collected->count < TOKENS_MAX)
		collected->tokens[collected->count++] = (struct token){
			arena_bytes(collected->arena, bytes, (size_t)length), (size_t)length };
	return SQLITE_OK;
}

static enum status
add_phrase(struct search_matcher *matcher, struct collected *collected, const char *string)
{
	struct phrase phrase = { .tokens = &collected->tokens[collected->count] };
	size_t before = collected->count;
	/* Without the quotation marks from search_token_query(). */
	int length = (int)(strrchr(string, '"') - string) - 1;

	TRY(db_status(matcher->db, matcher->functions.xTokenize(matcher->tokenizer, collected,
		FTS5_TOKENIZE_QUERY, string + 1, length, collect), "tokens"));
	phrase.count = collected->count - before;
	phrase.prefix = str_ends(string, "*");
	if (phrase.count > 0 && matcher->phrase_count < PHRASES_MAX)
		matcher->phrases[matcher->phrase_count++] = phrase;
	return OK;
}

enum status
search_matcher_new(struct db *db, struct arena *arena, const struct search_query *words, struct search_matcher **ret_matcher)
{
	struct search_matcher *matcher = arena_new_of(arena, struct search_matcher);
	struct collected *collected = arena_new_of(arena, struct collected);

	matcher->db = db;
	matcher->arena = arena;
	collected->arena = arena;
	TRY(open_tokenizer(matcher));
	for (size_t i = 0; i < words->phrases; i++)
		TRY(add_phrase(matcher, collected, words->strings[i]));
	*ret_matcher = matcher;
	return OK;
}

size_t
search_matcher_phrases(const struct search_matcher *matcher)
{
	return matcher->phrase_count;
}

/* --- matches in a text ------------------------------------------------------------ */

static int
add_place(void *context, int flags, const char *bytes, int length, int start, int end)
{
	struct search_reading *reading = context;

	(void)flags;
	if (reading->count == reading->room)
		return SQLITE_DONE;
	reading->places[reading->count++] = (struct search_token){ start, end,
		arena_bytes(reading->arena, bytes, (size_t)length), (size_t)length };
	return SQLITE_OK;
}

static bool
token_fits(const struct token *token, const struct search_token *place, bool prefix)
{
	return (prefix ? place->length >= token->length : place->length == token->length)
		&& memcmp(place->bytes, token->bytes, token->length) == 0;
}

static bool
phrase_fits(const struct phrase *phrase, const struct search_reading *reading, size_t first)
{
	if (phrase->count > reading->count - first)
		return false;
	for (size_t i = 0; i < phrase->count; i++)
		if (!token_fits(&phrase->tokens[i], &reading->places[first + i], phrase->prefix && i + 1 == phrase->count))
			return false;
	return true;
}

/* Finds every phrase in the tokens. If a phrase is a single ideograph, only that character of a pair is marked. */
static void
find_matches(const struct search_matcher *matcher, struct search_reading *reading)
{
	size_t room = reading->count;

	reading->matches = arena_array(reading->arena, room, sizeof(*reading->matches));
	for (size_t first = 0; first < reading->count; first++)
		for (size_t i = 0; i < matcher->phrase_count && reading->match_count < room; i++) {
			const struct phrase *phrase = &matcher->phrases[i];
			const struct search_token *last;
			if (!phrase_fits(phrase, reading, first))
				continue;
			last = &reading->places[first + phrase->count - 1];
			reading->matches[reading->match_count++] = (struct search_match){ first, reading->places[first].start,
				phrase->prefix ? last->start + (int)phrase->tokens[phrase->count - 1].length : last->end, i };
		}
}

/*
 * Finds a window in a long text, which begins shortly before the first likely match. A stem is not always a prefix of
 * its word ("happi"), so its last letter is left out. A wrong guess only makes the snippet worse.
 */
static const char *
find_window(const struct search_matcher *matcher, struct arena *arena, const char *text)
{
	size_t length = strlen(text);
	const char *first = NULL, *start;

	if (length <= WINDOW_BYTES)
		return text;
	for (size_t i = 0; i < matcher->phrase_count; i++) {
		const struct token *token = &matcher->phrases[i].tokens[0];
		size_t size = token->length > 3 && token->bytes[0] > 0 ? token->length - 1 : token->length;
		const char *found = strcasestr(text, arena_bytes(arena, token->bytes, size));
		if (found != NULL && (first == NULL || found < first))
			first = found;
	}
	start = first == NULL || first - text < WINDOW_BEFORE ? text : first - WINDOW_BEFORE;
	while (start > text && ((unsigned char)*start & 0xC0) == 0x80)
		start--;
	length = strlen(start);
	if (length > WINDOW_BYTES) {
		length = WINDOW_BYTES;
		while (((unsigned char)start[length] & 0xC0) == 0x80)
			length--;
	}
	return arena_bytes(arena, start, length);
}

enum status
search_match(struct search_matcher *matcher, const char *text, struct search_reading *ret_reading)
{
	const char *window = find_window(matcher, matcher->arena, text);
	struct search_reading reading = { .arena = matcher->arena, .text = search_token_text(matcher->arena, window) };
	size_t length = strlen(reading.text);
	int code;

	reading.room = length / 2 + 1;
	reading.places = arena_array(matcher->arena, reading.room, sizeof(*reading.places));
	code = matcher->functions.xTokenize(matcher->tokenizer, &reading, FTS5_TOKENIZE_DOCUMENT, reading.text,
		(int)length, add_place);
	if (code != SQLITE_DONE)
		TRY(db_status(matcher->db, code, "tokens"));
	find_matches(matcher, &reading);
	*ret_reading = reading;
	return OK;
}
