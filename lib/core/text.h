/*
 * Validation of all text from outside, and properties of characters.
 *
 * All text from outside passes text_accept() or text_clean() before a parser, the database or a page sees it. The
 * result is strict UTF-8 (RFC 3629: no overlong forms, surrogates or values above U+10FFFF) in NFC, without
 * noncharacters, control characters except tab and newline, U+2028/9, or runs of more than 30 combining marks (the
 * stream-safe limit of UAX 15; normalising takes quadratic time). Otherwise libxml2 would turn overlong bytes into
 * markup, and one U+0008 breaks every feed reader.
 *
 * Pasted text contains many invisible characters. Those without a meaning in their place are removed, the others
 * kept:
 *
 *   control characters, noncharacters           removed
 *   U+000B, U+000C, U+0085, U+2028, U+2029      become a newline; in a line, a space
 *   U+200C and U+200D, the joiners              kept after a symbol, an emoji or a letter of a joining script, else removed
 *   tags (U+E0020-7F), variants (U+E0100-1EF)   kept in the flag of a region and after an ideograph, else removed
 *   U+200E/F, U+202A-E, U+2066-9, U+061C        kept in a text that has right-to-left letters, else removed; removed in a line
 *   U+200B                                      kept after scripts without spaces (Thai, Khmer, ...), else removed; removed in a line
 *   U+00AD, U+2060-4, fillers of Hangul         kept; removed in a line
 *   U+FEFF, U+FFF9-B, U+206A-F                  removed
 *
 * Rejected are bytes that are not UTF-8, U+0000, a newline in a line, and too many combining marks.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

enum text_kind {
	TEXT_LINE,     /* names, titles, searches: no newline, and no hidden characters except joiners that scripts and emoji need */
	TEXT_BLOCK,    /* several lines; CRLF and CR become LF */
	TEXT_RENDERED, /* rendered from a block: nothing is removed, because a character reference was typed on purpose */
};

/*
 * Validates and normalises text as described above, into the arena. False when something in it is rejected; a form
 * is then shown again.
 */
bool text_accept(struct arena *arena, const char *bytes, size_t length, enum text_kind kind,
	char **ret_text);

/* The same, but with U+FFFD in place of what would be rejected. */
char *text_clean(struct arena *arena, const char *bytes, size_t length, enum text_kind kind);

/* Whether a text is well-formed UTF-8 (RFC 3629), whatever characters it contains. */
bool text_is_utf8(const char *text);

/*
 * Whether text_accept() would change nothing except NFC and line ends. For names that must still refer to the same
 * thing afterwards.
 */
bool text_keeps_all(const char *bytes, size_t length, enum text_kind kind);

enum text_fault_kind {
	TEXT_FAULT_BYTES, /* not UTF-8, or U+0000 */
	TEXT_FAULT_BREAK, /* a newline in a line */
	TEXT_FAULT_MARKS, /* more combining marks on one letter than any language uses */
};

/* Where a text is rejected: line and character, counted from 1. */
struct text_fault {
	enum text_fault_kind kind;
	size_t line, column;
};

/* Finds the first fault of a text. False when there is none, so that text_accept() accepts the text. */
bool text_find_fault(const char *bytes, size_t length, enum text_kind kind, struct text_fault *ret_fault);

/* The number of code points in valid UTF-8. */
size_t text_length(const char *text);

/* The first most code points of a text: the text itself when it is not longer, else a copy in the arena. */
const char *text_cut(struct arena *arena, const char *text, size_t most);

/* Reads one code point of valid UTF-8 and moves *text past it. Returns 0 at the end. */
int32_t text_next(const char **text);

/* Writes a code point as UTF-8 to out, which needs room for 4 bytes. Returns the number of bytes. No NUL is added. */
size_t text_put(int32_t code_point, char *out);

/* Whether a character is Han, kana, hangul, bopomofo, or CJK punctuation or symbols. */
bool text_is_cjk(int32_t code_point);

/* Whether a character is a Han, kana or hangul letter. Search splits those into pairs. */
bool text_is_ideograph(int32_t code_point);

/* Whether a character is a letter or a digit of any script. */
bool text_is_letter_or_digit(int32_t code_point);

/* Whether a character is a mark that belongs to the letter before it. */
bool text_is_mark(int32_t code_point);

/* NFKC and case folding (Unicode 3.13), the form in which words are compared. In the arena. */
char *text_fold(struct arena *arena, const char *text);

/* The same without accents (U+0300 to U+036F), as search compares words: "Café" is "cafe". In the arena. */
char *text_fold_accents(struct arena *arena, const char *text);

/*
 * Makes a URL slug from a title, in the arena: folded, with the letters and digits of every script, and one '-' in
 * place of anything else between them; at most 80 characters. "" when nothing remains.
 */
char *text_slug(struct arena *arena, const char *title);

/*
 * The letters and digits of text_fold(text), without anything between them: compares texts that may differ in
 * punctuation and spaces.
 */
char *text_letters(struct arena *arena, const char *text);

/* Whether text_slug(text) is text itself and not empty. */
bool text_is_slug(const char *text);

/*
 * Shortens a text to at most limit code points, at a word boundary or next to a CJK character, with "…" when it was
 * cut. In the arena.
 */
char *text_shorten(struct arena *arena, const char *text, size_t limit);

/*
 * Returns the next name of a list such as "ink, paper、墨" without surrounding white space, and moves *rest; NULL at
 * the end. Chinese commas also separate names.
 */
const char *text_list_next(struct arena *arena, const char **rest);

/* Replaces each run of white space by one space and removes it at both ends. In the arena. */
char *text_collapse(struct arena *arena, const char *text);

/* Counts words (of Latin and similar scripts) and ideographs separately. */
void text_count(const char *text, size_t *ret_words, size_t *ret_ideographs);

/* Reading time in whole minutes, at least 1: 230 words or 400 ideographs per minute. */
int text_minutes(const char *text);

/* "zh" when ideographs take more of the reading time than words, else "en". For content without a language. */
const char *text_guess_language(const char *text);

#endif
