#include "store/spam/spam_internal.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "store/index/search_tokenizer.h"

enum { WORD_BYTES = 40, LONG_NUMBER = 7, PHONE_MAX = 15, CODE_DIGITS = 3 };

/* A word while it is read. */
struct word {
	char bytes[WORD_BYTES];
	size_t length, letters, digits;
	int32_t last, before_last; /* the last two characters */
	bool ideographs, latin, cyrillic, too_long;
};

struct reader {
	struct spam_gather *gather;
	const char *prefix;
	struct spam_words *words;
	struct word now;
	char before[WORD_BYTES], before_that[WORD_BYTES]; /* the two words before; "" for none */
	bool before_is_pair;
};

static void
forget_neighbours(struct reader *reader)
{
	reader->before[0] = reader->before_that[0] = '\0';
}

static void
add_pair(struct reader *reader, const char *word)
{
	char pair[2 * WORD_BYTES];
	size_t length = strlen(reader->before);

	/* Pairs of ideographs overlap already. */
	if (*reader->prefix != '\0' || length == 0 || (reader->before_is_pair && reader->now.ideographs))
		return;
	memcpy(pair, reader->before, length);
	pair[length] = ' ';
	memcpy(pair + length + 1, word, strlen(word) + 1);
	spam_gather_add(reader->gather, "", pair, true);
}

/* The word that was read is complete. */
static void
end_word(struct reader *reader)
{
	struct word *word = &reader->now;
	struct spam_words *words = reader->words;
	size_t characters = word->letters + word->digits;
	bool is_number = word->letters == 0, is_code = !is_number && word->digits >= CODE_DIGITS;

	if (characters == 0 && word->length == 0)
		return;
	word->bytes[word->length] = '\0';
	words->has_mixed_word |= word->latin && word->cyrillic;
	words->has_long_word |= word->too_long && !is_number;
	words->has_long_number |= is_number && word->digits >= LONG_NUMBER && word->digits <= PHONE_MAX;
	words->has_code |= is_code;
	if (word->too_long || is_code || (is_number && word->digits > 2)) {
		/* Nobody else writes it, or it names somebody. */
		words->words++;
		forget_neighbours(reader);
	} else {
		/* A single letter, ideograph or number says something only beside its neighbour. */
		bool is_feature = !is_number && characters > 1;
		words->words += !word->ideographs || is_feature;
		if (is_feature) {
			words->repeated += str_equal(word->bytes, reader->before) || str_equal(word->bytes, reader->before_that);
			spam_gather_add(reader->gather, reader->prefix, word->bytes, true);
		}
		add_pair(reader, word->bytes);
		memcpy(reader->before_that, reader->before, sizeof(reader->before));
		memcpy(reader->before, word->bytes, sizeof(reader->before));
		reader->before_is_pair = word->ideographs;
	}
	*word = (struct word){ 0 };
}

static void
count_letter(struct reader *reader, int32_t c)
{
	struct spam_words *words = reader->words;

	if (text_is_ideograph(c)) {
		words->ideographs++;
		reader->now.ideographs = true;
	} else if (c < 0x250 || (c >= 0x1E00 && c <= 0x1EFF)) {
		words->latin++;
		reader->now.latin = true;
	} else if (c >= 0x370 && c <= 0x52F) {
		words->cyrillic++;
		reader->now.cyrillic = true;
	} else {
		words->other++;
	}
}

static void
add_letter(struct reader *reader, int32_t c)
{
	struct word *word = &reader->now;
	bool is_digit = c >= '0' && c <= '9';

	if (is_digit)
		word->digits++;
	else
		word->letters++;
	if (!is_digit)
		count_letter(reader, c);
	/* "pleeease" is "please" with more force. */
	if (!is_digit && c == word->last && c == word->before_last)
		return;
	word->before_last = word->last;
	word->last = c;
	if (word->length + 4 >= WORD_BYTES)
		word->too_long = true;
	else
		word->length += text_put(c, word->bytes + word->length);
}

static bool
is_symbol(int32_t c)
{
	return (c >= 0x2190 && c <= 0x2BFF) || (c >= 0x1F000 && c <= 0x1FAFF);
}

static bool
is_arrow(int32_t c)
{
	return (c >= 0x2190 && c <= 0x21FF) || (c >= 0x27A1 && c <= 0x27BE) || (c >= 0x2B05 && c <= 0x2B07) || (c >= 0x1F446 && c <= 0x1F449);
}

/* An emoji or another symbol is a feature of its own, and no neighbour. */
static void
add_symbol(struct reader *reader, int32_t c)
{
	char coded[5] = { 0 };

	end_word(reader);
	(void)text_put(c, coded);
	reader->words->has_arrow |= is_arrow(c);
	spam_gather_add(reader->gather, reader->prefix, coded, true);
}

void
spam_words_add(struct spam_gather *gather, const char *prefix, const char *text, struct spam_words *words)
{
	struct reader reader = { .gather = gather, .prefix = prefix, .words = words };
	const char *rest = search_token_text(gather->arena, text_fold(gather->arena, text));

	for (int32_t c; (c = text_next(&rest)) != 0;) {
		if (text_is_letter_or_digit(c) || (reader.now.letters > 0 && text_is_mark(c)))
			add_letter(&reader, c);
		else if (is_symbol(c))
			add_symbol(&reader, c);
		else if (c != '\'' && c != 0x2019)
			end_word(&reader);
		if (c == '\n')
			forget_neighbours(&reader);
	}
	end_word(&reader);
}
