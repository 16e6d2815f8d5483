/*
 * Changes a text before libcmark-gfm parses it, and undoes the change in the parser's output. It works
 * around four problems of the parser:
 *
 * - Emphasis beside Chinese punctuation: **中文：**后面 stays literal, because CommonMark takes the colon
 *   for the end of a word. U+FDD0 on both sides of such a run of * or ~~ looks like a letter to the
 *   parser.
 * - TeX: each ASCII punctuation mark inside $…$, $$…$$, \(…\) and \[…\] is replaced by one of U+FDD1 to
 *   U+FDEF, so that underscores, asterisks and < have no meaning in it.
 * - Tables: a row of dashes that cannot begin a table gets U+FDD0 before it, because the table
 *   extension takes quadratic time for such rows (CVE-2023-37463 and similar).
 * - Footnotes: "[^" that is not a reference gets U+FDD0 after the bracket, because the parser loses
 *   text there.
 *
 * Text that passed core/text.h contains no noncharacters, so none of these was in the source. The
 * change can be undone exactly wherever the parser found code, an address or plain text.
 */
#ifndef PAGE_MARKDOWN_GUARD_H
#define PAGE_MARKDOWN_GUARD_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/status.h"
#include "core/str.h"

/* The changed text, in the arena. */
struct guarded {
	char *text;
	size_t length;
};

/*
 * Writes the changed text; line numbers stay the same. TOO_LARGE, with a message for lang_text(), for a
 * table that is too wide, and for nesting that would take too long on so many lines.
 */
enum status markdown_guard_text(struct arena *arena, const char *source, size_t length,
	struct guarded *ret_guarded, const char **ret_problem);

/*
 * Appends a piece of the parser's output as it was typed. Characters that core/text.h would have
 * refused, and that came in as &#8; or similar, become U+FFFD.
 */
void markdown_guard_restore(struct str *out, const char *guarded);

/* The first character as it was typed, or 0 when there is none. */
int32_t markdown_guard_first(const char *guarded);

/*
 * The state of one pass: the text that is read and the one that is written. Private to markdown_guard.c
 * and markdown_tex.c.
 */
struct guard {
	const char *in;
	size_t length;
	char *out;         /* four times the length of in, which is always enough */
	size_t used;
	size_t line_content; /* start of the current line's content, after spaces and '>' */
	size_t paragraph;  /* start of the current block of lines without a blank line */
};

/* Copies in[from, to) and guards false delimiter rows on lines that start in it. */
void markdown_guard_copy(struct guard *guard, size_t from, size_t to);
void markdown_guard_put(struct guard *guard, const char *bytes, size_t length);
/* Appends an ASCII punctuation mark as its noncharacter; any other character unchanged. */
void markdown_guard_put_hidden(struct guard *guard, char c);

/*
 * Writes in[start, end), lines that may be a paragraph, with TeX and emphasis
 * guarded (markdown_tex.c).
 */
void markdown_guard_inlines(struct guard *guard, size_t start, size_t end);

#endif
