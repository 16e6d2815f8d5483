/*
 * What is done to a text before libcmark-gfm reads it, and undone in all that
 * comes out of it. Four things that the parser alone gets wrong:
 *
 * - Emphasis beside Chinese punctuation: **中文：**后面 stays literal, because CommonMark takes
 *   the colon for the end of a word. U+FDD0 on both sides of such a run of * or ~~ looks
 *   like a letter to the parser.
 * - TeX: each ASCII punctuation mark inside $…$, $$…$$, \(…\) and \[…\] becomes one of
 *   U+FDD1 to U+FDEF, so that no underscore, asterisk or < in it means anything.
 * - Tables: a row of dashes that cannot begin one gets U+FDD0 in front; the table
 *   extension takes quadratic time over it (CVE-2023-37463 and its kin).
 * - Notes: "[^" that is no reference gets U+FDD0 behind the bracket; the parser loses text there.
 *
 * The gate (core/text.h) lets no noncharacter in, so none of these was in the text, and
 * the change is undone exactly wherever the parser found code, an address or plain text.
 */
#ifndef PAGE_MARKDOWN_GUARD_H
#define PAGE_MARKDOWN_GUARD_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"
#include "core/str.h"

struct guarded {
	char *text;
	size_t length;
};

/*
 * TOO_LARGE with a reason for a table that is too wide and for nesting that, repeated on so many lines,
 * takes too long. Line numbers stay the same.
 */
enum status markdown_guard_text(struct arena *arena, const char *source, size_t length,
	struct guarded *ret_guarded, const char **ret_problem);

/*
 * Appends a piece of the parser's output as it was typed. Characters that the gate would have refused,
 * and that came in as &#8; or the like, become U+FFFD.
 */
void markdown_guard_restore(struct str *out, const char *guarded);

/* The first character as it was typed, 0 when there is none. */
int32_t markdown_guard_first(const char *guarded);

/* Inside the guard: the text being read and written. */
struct guard {
	const char *in;
	size_t length;
	char *out;         /* room for four times the length, which no text reaches */
	size_t used;
	size_t line_content; /* where the content of the current line starts, after spaces and '>' */
	size_t paragraph;  /* where the lines without a blank one between them start */
};

/* Copies in[from, to); guards rows of dashes on the lines that start there. */
void markdown_guard_copy(struct guard *guard, size_t from, size_t to);
void markdown_guard_put(struct guard *guard, const char *bytes, size_t length);
/* Appends an ASCII punctuation mark in disguise; anything else as it is. */
void markdown_guard_put_hidden(struct guard *guard, char c);

/* The lines in[start, end) that may be a paragraph: TeX and emphasis (markdown_tex.c). */
void markdown_guard_inlines(struct guard *guard, size_t start, size_t end);

#endif
