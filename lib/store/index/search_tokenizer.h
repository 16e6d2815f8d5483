/*
 * Segmentation of text for the full-text index, the same for the index and for queries.
 *
 * FTS5 treats a run of Han characters as one word. So runs of ideographs are split into
 * overlapping pairs, joined by U+200B: 个人品牌 becomes 个人 人品 品牌 牌. The last character also
 * stands alone, so that every single character can be found, as the prefix of a pair or
 * by itself, and so that the first characters of all pieces together give the text
 * back.
 */
#ifndef STORE_INDEX_SEARCH_TOKENIZER_H
#define STORE_INDEX_SEARCH_TOKENIZER_H

#include "core/arena.h"

/*
 * Segments a text for the index, in the arena. It keeps upper and lower case; FTS5
 * folds them.
 */
char *search_token_text(struct arena *arena, const char *text);

/*
 * Formats a word or quoted phrase of a visitor as an FTS5 string, in the arena: quoted,
 * with a '*' when it ends in a single ideograph. NULL when it has no letter or digit.
 */
char *search_token_query(struct arena *arena, const char *words);

/*
 * Undoes search_token_text() in the result of snippet() or highlight(), in the arena.
 * The marks (the bytes \x01 and \x02) then enclose the same characters.
 */
char *search_token_restore(struct arena *arena, const char *snippet);

#endif
