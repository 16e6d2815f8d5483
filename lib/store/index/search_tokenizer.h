/*
 * Words for the full-text index, the same in the index and in the query.
 *
 * FTS5 takes a run of Han characters as one word, so runs of ideographs are cut
 * into overlapping pairs: 个人品牌 becomes 个人 人品 品牌 牌, joined by U+200B.
 * The last character stands alone as well, so that one character is found by the prefix
 * of a pair or by itself, and so that the first characters of all pieces in turn
 * give back the text.
 */
#ifndef STORE_INDEX_SEARCH_TOKENIZER_H
#define STORE_INDEX_SEARCH_TOKENIZER_H

#include "core/arena.h"

/* A text as it is stored in post_search. Case stays; FTS5 folds it. */
char *search_token_text(struct arena *arena, const char *text);

/*
 * One word or quoted phrase of a visitor as an FTS5 string: quoted, with
 * a '*' when it ends in a single ideograph. NULL when it holds no letter or digit.
 */
char *search_token_query(struct arena *arena, const char *words);

/*
 * Undoes search_token_text() in what snippet() or highlight() gave: the marks
 * (one byte each, \x01 and \x02) come out around the same characters.
 */
char *search_token_restore(struct arena *arena, const char *snippet);

#endif
