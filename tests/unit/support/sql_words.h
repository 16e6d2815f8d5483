/*
 * The words of an SQL statement, and the places of a word. For tests of the text of queries and migrations; uses the arena of
 * arena_case.h. A statement with more than WORDS_MAX words ends the test.
 */
#ifndef TESTS_SQL_WORDS_H
#define TESTS_SQL_WORDS_H

#include <check.h>
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "arena_case.h"
#include "core/str.h"

enum { WORDS_MAX = 4000 };

struct words {
	const char *at[WORDS_MAX + 1]; /* names in lower case; a string keeps its quotation marks, a parameter its colon; NULL at the end */
	int depth[WORDS_MAX + 1];      /* how many brackets are open around it */
	size_t count;
};

static inline size_t
length_of(const char *text)
{
	size_t length = 1;

	if (isalpha((unsigned char)*text) || *text == '_' || *text == ':') {
		while (isalnum((unsigned char)text[length]) || text[length] == '_')
			length++;
	} else if (isdigit((unsigned char)*text)) {
		while (isdigit((unsigned char)text[length]))
			length++;
	} else if (*text == '\'' || *text == '"') {
		while (text[length] != '\0' && (text[length] != *text || text[length + 1] == *text))
			length += text[length] == *text ? 2 : 1;
		length += text[length] == *text;
	} else if (strchr("<>!=|", *text) != NULL && text[1] != '\0' && strchr("<>=|", text[1]) != NULL) {
		length = 2;
	}
	return length;
}

static inline const char *
after_comment(const char *text)
{
	if (str_starts(text, "--"))
		return text + strcspn(text, "\n");
	if (str_starts(text, "/*")) {
		const char *end = strstr(text, "*/");
		return end == NULL ? text + strlen(text) : end + 2;
	}
	return text;
}

static inline struct words *
words_of(const char *text)
{
	struct words *words = arena_new_of(arena, struct words);
	int depth = 0;

	while (*text != '\0') {
		const char *rest = after_comment(text);
		char *word;
		if (rest > text || isspace((unsigned char)*text)) {
			text = rest > text ? rest : text + 1;
			continue;
		}
		ck_assert_uint_lt(words->count, WORDS_MAX);
		word = arena_bytes(arena, text, length_of(text));
		text += strlen(word);
		for (char *c = word; *word != '\'' && *word != '"' && *c != '\0'; c++)
			*c = (char)tolower((unsigned char)*c);
		depth -= *word == ')';
		words->depth[words->count] = depth;
		words->at[words->count++] = word;
		depth += *word == '(';
	}
	return words;
}

/* Whether the word at a place is this one; false before the first and after the last place. */
static inline bool
is(const struct words *words, size_t place, const char *word)
{
	return place < words->count && str_equal(words->at[place], word);
}

static inline bool
is_one_of(const struct words *words, size_t place, const char *const *list)
{
	for (; *list != NULL; list++)
		if (is(words, place, *list))
			return true;
	return false;
}

static inline bool
is_name(const struct words *words, size_t place)
{
	return place < words->count && (isalpha((unsigned char)*words->at[place]) || *words->at[place] == '_');
}

/* The place of the bracket that closes the one at a place. */
static inline size_t
closing(const struct words *words, size_t place)
{
	size_t end = place + 1;

	while (end < words->count && !(is(words, end, ")") && words->depth[end] == words->depth[place]))
		end++;
	return end;
}

#endif
