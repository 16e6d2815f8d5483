#include "store/search/search_snippet.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "store/index/search_tokenizer.h"
#include "store/search/search_match.h"

enum {
	PLAIN_MAX = 160,       /* characters of a snippet without a match */
	WIDTH_MAX = 180,       /* columns of a snippet with a match; an ideograph takes two */
	WIDTH_BEFORE = 50,      /* of these, columns before the first match */
};

struct search_snippets {
	struct db *db;
	struct arena *arena;
	struct search_matcher *matcher;
};

enum status
search_snippets_new(struct db *db, struct arena *arena, const struct search_query *words, struct search_snippets **ret_snippets)
{
	struct search_snippets *snippets = arena_new_of(arena, struct search_snippets);

	snippets->db = db;
	snippets->arena = arena;
	TRY(search_matcher_new(db, arena, words, &snippets->matcher));
	*ret_snippets = snippets;
	return OK;
}

/* --- choosing the snippet ----------------------------------------------------------- */

/* The columns of a token. A pair of ideographs shows only its first. */
static int
width(const struct search_reading *reading, size_t place)
{
	const struct search_token *token = &reading->places[place];
	const char *text = reading->text + token->start;

	return text_is_ideograph(text_next(&text)) ? 2 : token->end - token->start + 1;
}

struct choice {
	struct search_reading reading;
	size_t from, until; /* tokens to show */
	size_t phrases;     /* how many different ones are among them */
};

/* Counts the different phrases from a match to the end of a snippet that begins there. */
static size_t
count_phrases(const struct search_reading *reading, size_t match)
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
choose(const struct search_reading *reading)
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
	const struct search_reading *reading = &choice->reading;
	const char *text = reading->text;
	bool cut_before = choice->from > 0, cut_after = choice->until < reading->count;
	int at = cut_before ? reading->places[choice->from].start : 0;
	int end = cut_after ? reading->places[choice->until - 1].end : (int)strlen(text);
	struct str out = str_init(arena);

	for (size_t i = 0; i < reading->match_count; i++) {
		const struct search_match *match = &reading->matches[i];
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
	struct search_reading reading;
	struct choice choice;

	if (*text == '\0' || best->phrases == search_matcher_phrases(snippets->matcher))
		return OK;
	TRY(search_match(snippets->matcher, text, &reading));
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
