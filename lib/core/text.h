/*
 * The one gate for text, and what we need to know about characters.
 *
 * All text from outside passes text_accept() or text_clean() before any parser, store or page sees it. What comes out is strict UTF-8
 * (RFC 3629: no overlong forms, surrogates or values above U+10FFFF) in NFC, without noncharacters, control characters but tab
 * and newline, U+2028/9, or runs of more than 30 combining marks (UAX 15's stream-safe limit: normalising takes quadratic
 * time). libxml2 would otherwise turn overlong bytes into live markup, and one U+0008 breaks every feed reader.
 *
 * Pasted text is full of characters that nobody sees. The gate takes out those that have no meaning where they stand, and keeps the others:
 *
 *   control characters, noncharacters           out
 *   U+000B, U+000C, U+0085, U+2028, U+2029      a newline; in a line a space
 *   U+200C and U+200D, the joiners              kept after a picture or a letter of a script that joins, else out
 *   tags (U+E0020-7F), variants (U+E0100-1EF)   kept in the flag of a region, behind an ideograph, else out
 *   U+200E/F, U+202A-E, U+2066-9, U+061C        in a text that has letters from right to left kept, else out; in a line out
 *   U+200B                                      kept behind scripts without spaces (Thai, Khmer, ...), else out; in a line out
 *   U+00AD, U+2060-4, fillers of Hangul         kept; in a line out
 *   U+FEFF, U+FFF9-B, U+206A-F                  out
 *
 * It refuses what is no text (bytes that are no UTF-8, U+0000), a newline in a line, and too many marks.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

enum text_kind {
	TEXT_LINE,     /* names, titles, searches: no newline, nothing that is hidden but the joiners that scripts and emoji need */
	TEXT_BLOCK,    /* many lines; CRLF and CR become LF */
	TEXT_RENDERED, /* what a renderer made of a block: nothing is taken out, since a character reference was typed on purpose */
};

/* The text as it may stay, see above; false when the gate refuses something in it, for a form that must be shown again. */
bool text_accept(struct arena *arena, const char *bytes, size_t length, enum text_kind kind,
	char **ret_text);

/* The same text with U+FFFD in place of what is refused. */
char *text_clean(struct arena *arena, const char *bytes, size_t length, enum text_kind kind);

/* True when the text is well-formed UTF-8 (RFC 3629), whatever characters it holds. */
bool text_is_utf8(const char *text);

/* Whether the gate leaves everything as it is, NFC and line ends aside: for names that must go on naming what they name. */
bool text_keeps_all(const char *bytes, size_t length, enum text_kind kind);

enum text_fault_kind {
	TEXT_FAULT_BYTES, /* no UTF-8, or U+0000 */
	TEXT_FAULT_BREAK, /* a newline in a line */
	TEXT_FAULT_MARKS, /* more combining marks on one letter than any language has */
};

/* Where the gate refuses a text: line and character, from 1. */
struct text_fault {
	enum text_fault_kind kind;
	size_t line, column;
};

/* The first of these; false when there is none, and text_accept() takes the text. */
bool text_find_fault(const char *bytes, size_t length, enum text_kind kind, struct text_fault *ret_fault);

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

/* Letters and digits of text_fold(text), and nothing between them: to compare texts whose marks and spaces may differ. */
char *text_letters(struct arena *arena, const char *text);

/* True when text_slug(text) is text itself and not empty. */
bool text_is_slug(const char *text);

/* At most limit code points, cut at a word or after a CJK character, with "…" when cut. */
char *text_shorten(struct arena *arena, const char *text, size_t limit);

/* The next name of a list such as "ink, paper、墨", without white space around it, or NULL; moves *rest. Commas of Chinese separate as well. */
const char *text_list_next(struct arena *arena, const char **rest);

/* All runs of white space as one space, none at the ends. */
char *text_collapse(struct arena *arena, const char *text);

/* Words of Latin and similar scripts, and ideographs, counted apart. */
void text_count(const char *text, size_t *ret_words, size_t *ret_ideographs);

/* Whole minutes, at least 1: 230 words or 400 ideographs a minute. */
int text_minutes(const char *text);

/* "zh" when ideographs carry the text, else "en": for content that names no language. */
const char *text_guess_language(const char *text);

#endif
