/*
 * Names that strangers type, such as those of guests below comments. Texts are valid (core/text.h). Results are in
 * the arena.
 */
#ifndef CORE_TEXT_NAME_H
#define CORE_TEXT_NAME_H

#include "core/arena.h"

enum { TEXT_NAME_MARKS = 2 }; /* combining marks on one letter that text_name_clean() keeps */

/*
 * A name as it is stored: single spaces, none at the ends, and at most TEXT_NAME_MARKS combining marks in a row.
 * Letters with marks that have a code point of their own count as one letter (NFC), so this changes no name of a
 * living language; it flattens stacks of marks that would cover other lines. "" when nothing remains that is visible.
 */
char *text_name_clean(struct arena *arena, const char *name);

/*
 * The form in which two names are compared, to find one that imitates another: NFKC and case folding, without marks,
 * spaces, punctuation, symbols and invisible characters, and with Greek and Cyrillic letters that look like Latin ones
 * (Unicode UTS 39) replaced by those. Different names can have the same form. "" when nothing remains.
 */
char *text_name_fold(struct arena *arena, const char *name);

#endif
