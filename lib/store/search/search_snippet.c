#include "store/search/search_snippet.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "store/index/search_tokenizer.h"

enum {
	PLAIN_MAX = 160,       /* characters of a snippet without a match */
	WIDTH_MAX = 180,       /* columns of a snippet with a match; an ideograph takes two */
	WIDTH_BEFORE = 50,      /* of these, columns before the first match */
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

struct search_snippets {
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
	struct search_snippets *snippets = object;

	snippets->functions.xDelete(snippets->tokenizer);
}

/* Must be the same tokenizer as in the declaration of post_search. */
static enum status
open_tokenizer(struct search_snippets *snippets)
{
	const char *arguments[] = { "unicode61", "remove_diacritics", "2" };
	fts5_api *api = NULL;
	void *context;
	int code;

	TRY(find_fts5(snippets->db, &api));
	code = api->xFindTokenizer(api, "porter", &context, &snippets->functions);
	if (code == SQLITE_OK)
		code = snippets->functions.xCreate(context, arguments, 3, &snippets->tokenizer);
	TRY(db_status(snippets->db, code, "tokenizer"));
	arena_cleanup(snippets->arena, drop_tokenizer, snippets);
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
add_phrase(struct search_snippets *snippets, struct collected *collected, const char *string)
{
	struct phrase phrase = { .tokens = &collected->tokens[collected->count] };
	size_t before = collected->count;
	/* Without the quotation marks from search_token_query(). */
	int length = (int)(strrchr(string, '"') - string) - 1;

	TRY(db_status(snippets->db, snippets->functions.xTokenize(snippets->tokenizer, collected,
		FTS5_TOKENIZE_QUERY, string + 1, length, collect), "tokens"));
	phrase.count = collected->count - before;
	phrase.prefix = str_ends(string, "*");
	if (phrase.count > 0 && snippets->phrase_count < PHRASES_MAX)
		snippets->phrases[snippets->phrase_count++] = phrase;
	return OK;
}

enum status
search_snippets_new(struct db *db, struct arena *arena, const struct search_query *words, struct search_snippets **ret_snippets)
{
	struct search_snippets *snippets = arena_new_of(arena, struct search_snippets);
	struct collected *collected = arena_new_of(arena, struct collected);

	snippets->db = db;
	snippets->arena = arena;
	collected->arena = arena;
	TRY(open_tokenizer(snippets));
	for (size_t i = 0; i < words->phrases; i++)
		TRY(add_phrase(snippets, collected, words->strings[i]));
	*ret_snippets = snippets;
	return OK;
}

/* --- matches in a text ------------------------------------------------------------ */

/* One token of the text. */
struct place {
	int start, end;
	const char *bytes; /* folded and stemmed */
	size_t length;
};

struct match {
	size_t first;      /* index of its first token */
	int start, end;    /* byte offsets in the segmented text */
	size_t phrase;
};

struct reading {
	struct arena *arena;
	const char *text;  /* segmented */
	struct place *places;
	size_t count, room;
	struct match *matches;
	size_t match_count;
};

static int
add_place(void *context, int flags, const char *bytes, int length, int start, int end)
{
	struct reading *reading = context;

	(void)flags;
	if (reading->count == reading->room)
		return SQLITE_DONE;
	reading->places[reading->count++] = (struct place){ start, end,
		arena_bytes(reading->arena, bytes, (size_t)length), (size_t)length };
	return SQLITE_OK;
}

static bool
token_fits(const struct token *token, const struct place *place, bool prefix)
{
	return (prefix ? place->length >= token->length : place->length == token->length)
		&& memcmp(place->bytes, token->bytes, token->length) == 0;
}

static bool
phrase_fits(const struct phrase *phrase, const struct reading *reading, size_t first)
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
find_matches(const struct search_snippets *snippets, struct reading *reading)
{
	size_t room = reading->count;

	reading->matches = arena_array(reading->arena, room, sizeof(*reading->matches));
	for (size_t first = 0; first < reading->count; first++)
		for (size_t i = 0; i < snippets->phrase_count && reading->match_count < room; i++) {
			const struct phrase *phrase = &snippets->phrases[i];
			const struct place *last;
			if (!phrase_fits(phrase, reading, first))
				continue;
			last = &reading->places[first + phrase->count - 1];
			reading->matches[reading->match_count++] = (struct match){ first, reading->places[first].start,
				phrase->prefix ? last->start + (int)phrase->tokens[phrase->count - 1].length : last->end, i };
		}
}

/*
 * Finds a window in a long text, which begins shortly before the first likely match. A stem is not always a prefix of
 * its word ("happi"), so its last letter is left out. A wrong guess only makes the snippet worse.
 */
static const char *
find_window(const struct search_snippets *snippets, struct arena *arena, const char *text)
{
	size_t length = strlen(text);
	const char *first = NULL, *start;

	if (length <= WINDOW_BYTES)
		return text;
	for (size_t i = 0; i < snippets->phrase_count; i++) {
		const struct token *token = &snippets->phrases[i].tokens[0];
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

static enum status
read_text(struct search_snippets *snippets, const char *window, struct reading *ret_reading)
{
	struct reading reading = { .arena = snippets->arena, .text = search_token_text(snippets->arena, window) };
	size_t length = strlen(reading.text);
	int code;

	reading.room = length / 2 + 1;
	reading.places = arena_array(snippets->arena, reading.room, sizeof(*reading.places));
	code = snippets->functions.xTokenize(snippets->tokenizer, &reading, FTS5_TOKENIZE_DOCUMENT, reading.text,
		(int)length, add_place);
	if (code != SQLITE_DONE)
		TRY(db_status(snippets->db, code, "tokens"));
	find_matches(snippets, &reading);
	*ret_reading = reading;
	return OK;
}

/* --- choosing the snippet ----------------------------------------------------------- */

/* The columns of a token. A pair of ideographs shows only its first. */
static int
width(const struct reading *reading, size_t place)
{
	const struct place *token = &reading->places[place];
	const char *text = reading->text + token->start;

	return text_is_ideograph(text_next(&text)) ? 2 : token->end - token->start + 1;
}

struct choice {
	struct reading reading;
	size_t from, until; /* tokens to show */
	size_t phrases;     /* how many different ones are among them */
};

/* Counts the different phrases from a match to the end of a snippet that begins there. */
static size_t
count_phrases(const struct reading *reading, size_t match)
{
	uint64_t seen = 0;
	size_t count = 0, place = reading->matches[match].first;
	int room = WIDTH_MAX - WIDTH_BEFORE;

	for (; match < reading->match_count; match++) {
		for (; place < reading->matches[match].first; place++)
			room -= width(reading, place);
		if (room <= 0)
			break;
		count += (seen >> reading->matches[match].phrase & 1) == 0;
		seen |= UINT64_C(1) << reading->matches[match].phrase;
	}
	return count;
}

/* Chooses the first place that shows the most phrases, with some text before it. */
static struct choice
choose(const struct reading *reading)
{
	struct choice choice = { .reading = *reading };
	int columns = 0;

	for (size_t i = 0; i < reading->match_count; i++) {
		size_t count;
		if (i > 0 && reading->matches[i].first - choice.from < 8 && choice.phrases > 0)
			continue; /* nearly the same snippet */
		count = count_phrases(reading, i);
		if (count <= choice.phrases)
			continue;
		choice.phrases = count;
		choice.from = reading->matches[i].first;
	}
	choice.until = choice.from;
	while (choice.from > 0 && columns + width(reading, choice.from - 1) <= WIDTH_BEFORE)
		columns += width(reading, --choice.from);
	while (choice.until < reading->count && (columns += width(reading, choice.until)) <= WIDTH_MAX)
		choice.until++;
	return choice;
}

/* The text of the chosen tokens, with marks. Overlapping matches get one pair of marks. */
static char *
marked_text(struct arena *arena, const struct choice *choice)
{
	const struct reading *reading = &choice->reading;
	const char *text = reading->text;
	bool cut_before = choice->from > 0, cut_after = choice->until < reading->count;
	int at = cut_before ? reading->places[choice->from].start : 0;
	int end = cut_after ? reading->places[choice->until - 1].end : (int)strlen(text);
	struct str out = str_init(arena);

	for (size_t i = 0; i < reading->match_count; i++) {
		const struct match *match = &reading->matches[i];
		int start = match->start > at ? match->start : at, stop = match->end < end ? match->end : end;
		if (start >= stop)
			continue;
		str_add_bytes(&out, text + at, (size_t)(start - at));
		str_add_char(&out, '\x01');
		str_add_bytes(&out, text + start, (size_t)(stop - start));
		str_add_char(&out, '\x02');
		at = stop;
	}
	str_add_bytes(&out, text + at, (size_t)(end - at));
	return arena_printf(arena, "%s%s%s", cut_before ? "…" : "",
		text_collapse(arena, search_token_restore(arena, out.bytes)), cut_after ? "…" : "");
}

/* --- snippet of a post ---------------------------------------------------------------- */

struct texts {
	const char *opened, *closed;
};
static const struct column texts_columns[] = {
	COLUMN_TEXT(struct texts, opened),
	COLUMN_TEXT(struct texts, closed),
	{ 0 },
};
static const struct row texts_row = { sizeof(struct texts), texts_columns };

/* For a viewer who may not read the closed part, it is not even loaded. */
QUERY(open_text, "SELECT open_plain AS opened, '' AS closed FROM post_text WHERE post_id = :id");
QUERY(full_text, "SELECT open_plain AS opened, closed_plain AS closed FROM post_text WHERE post_id = :id");

static enum status
consider(struct search_snippets *snippets, const char *text, struct choice *best)
{
	struct reading reading;
	struct choice choice;

	if (*text == '\0' || best->phrases == snippets->phrase_count)
		return OK;
	TRY(read_text(snippets, find_window(snippets, snippets->arena, text), &reading));
	if (reading.match_count == 0)
		return OK;
	choice = choose(&reading);
	if (choice.phrases > best->phrases)
		*best = choice;
	return OK;
}

enum status
search_snippet_of_post(struct search_snippets *snippets, const struct post *post, bool full, const char **ret_text)
{
	struct choice best = { 0 };
	struct texts texts;
	enum status status = query_one(snippets->db, snippets->arena, full ? full_text : open_text, &texts_row, &texts,
		BIND(INT("id", post->id)));

	if (status == NOT_FOUND)
		texts = (struct texts){ "", "" };
	else
		TRY(status);
	TRY(consider(snippets, texts.opened, &best));
	TRY(consider(snippets, texts.closed, &best));
	TRY(consider(snippets, post_summary(post), &best));
	if (best.phrases > 0)
		*ret_text = marked_text(snippets->arena, &best);
	else
		*ret_text = text_shorten(snippets->arena, text_collapse(snippets->arena,
			*post_summary(post) != '\0' ? post_summary(post) : texts.opened), PLAIN_MAX);
	return OK;
}
