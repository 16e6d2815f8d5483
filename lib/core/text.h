/*
 * The one gate for text, and what we need to know about characters.
 *
 * All text from outside passes text_accept() or text_clean() before any parser,
 * store or page sees it: strict UTF-8 (RFC 3629: no overlong forms, surrogates
 * or values above U+10FFFF), no noncharacters, no control characters but tab
 * and newline, no U+2028/9, no run of more than 30 combining marks (UAX 15's
 * stream-safe limit: normalising takes quadratic time). libxml2 would otherwise turn overlong
 * bytes into live markup, and one U+0008 breaks every feed reader.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

enum text_kind {
	TEXT_LINE,  /* names, titles, searches: no newline, no bidi controls, no zero-width
	               characters but the joiners that scripts and emoji need */
	TEXT_BLOCK, /* many lines; CRLF and CR become LF, a byte order mark at the start goes; bidi
	               controls stay */
};

/*
 * The text in NFC, when every byte of it may stay as it is (line ends and NFC
 * aside); otherwise false, for a form that must be shown again.
 */
bool text_accept(struct arena *arena, const char *bytes, size_t length, enum text_kind kind,
	char **ret_text);

/* The same text with U+FFFD where text_accept() would have refused. */
char *text_clean(struct arena *arena, const char *bytes, size_t length, enum text_kind kind);

/* True when the text is well-formed UTF-8 (RFC 3629), whatever characters it holds. */
bool text_is_utf8(const char *text);

/* Code points in valid UTF-8. */
size_t text_length(const char *text);

/* The first most code points. */
const char *text_cut(struct arena *arena, const char *text, size_t most);

/*
 * Reads one code point of valid UTF-8 and moves *text past it; 0 at the end.
 */
int32_t text_next(const char **text);

/* Appends a code point as UTF-8 at out (room for 4 bytes); returns the bytes written. */
size_t text_put(int32_t code_point, char *out);

/* True for Han, kana, hangul, bopomofo and the CJK symbols and punctuation. */
bool text_is_cjk(int32_t code_point);

/* True for Han, kana and hangul letters: what search cuts into pairs. */
bool text_is_ideograph(int32_t code_point);

/* NFKC and case folding (Unicode 3.13): the form in which words are compared. */
char *text_fold(struct arena *arena, const char *text);

/*
 * An address part made from a title: folded, letters and digits kept in every
 * script, all else one '-', at most 80 characters. "" when nothing remains.
 */
char *text_slug(struct arena *arena, const char *title);

/* True when text_slug(text) is text itself and not empty. */
bool text_is_slug(const char *text);

/* At most limit code points, cut at a word or after a CJK character, with "…" when cut. */
char *text_shorten(struct arena *arena, const char *text, size_t limit);

/* All runs of white space as one space, none at the ends. */
char *text_collapse(struct arena *arena, const char *text);

/* Words of Latin and similar scripts, and ideographs, counted apart. */
void text_count(const char *text, size_t *ret_words, size_t *ret_ideographs);

/* Whole minutes, at least 1: 230 words or 400 ideographs a minute. */
int text_minutes(const char *text);

/* "zh" when ideographs carry the text, else "en": for content that names no language. */
const char *text_guess_language(const char *text);

#endif
