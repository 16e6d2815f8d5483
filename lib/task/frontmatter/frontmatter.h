/*
 * Front matter: what stands before a Markdown text and describes it. It is read in the forms of many systems:
 *
 *   YAML      between two lines "---" (Hugo, Jekyll, Hexo, Obsidian …), also of more dashes, also without the first of them (Hexo)
 *   TOML      between two lines "+++" (Hugo, Zola)
 *   JSON      an object at the head of the text (Hugo), or its members before a line ";;;" (Hexo)
 *   "---json" and the like: the language is named (Eleventy)
 *   "Key: value" lines up to the first empty one (Pelican, MultiMarkdown), "key:: value" (Logseq), and such lines
 *             in a comment at the head of the text (Nikola)
 *
 * Whether a text is public often stands there. So what looks like front matter and cannot be read is an error, never text.
 */
#ifndef TASK_FRONTMATTER_H
#define TASK_FRONTMATTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "task/frontmatter/data_node.h"

/* The longest front matter, in bytes. */
enum { FRONTMATTER_MOST = 128 * 1024 };

struct frontmatter {
	const struct data_node *values; /* a map; empty when there is none */
	const char *body;          /* what follows, within the text that was given */
	int body_line;             /* the line number of its first line */
	bool present;
};

/*
 * Splits a text that has passed the gate. A text that has no front matter is all body, also one that begins with a rule.
 * INVALID with *ret_problem when there is some, or seems to be, and it cannot be read.
 */
enum status frontmatter_read(struct arena *arena, const char *text, struct frontmatter *ret_front,
	struct data_node_problem *ret_problem);

/* --- values ------------------------------------------------------------------ */

/* Whether two names of keys are the same: case, '-', '_', blanks and '?' do not count ("publishDate", "Publish_Date"). */
bool frontmatter_same_name(const char *a, const char *b);

/*
 * The value of the first of several names ("cover", "image", …) that is there and not empty, or NULL. Names are
 * compared by frontmatter_same_name(). A name may have a dot: "cover.image" is looked up as one key, then as image in the
 * map cover. *ret_node, which may be NULL, gets the node, for its line. A list counts by its first item.
 */
const char *frontmatter_text(const struct frontmatter *front, const char *const *names, const struct data_node **ret_node);

/* The node of the first of several names that is there, or NULL. */
const struct data_node *frontmatter_node(const struct frontmatter *front, const char *const *names);

/* "true", "yes", "on", "1", "是" and their opposites, in any case; false when the text is neither. */
bool frontmatter_flag(const char *text, bool *ret_flag);

/*
 * A date as clock_parse_date() reads it, and also 2026-1-5, 2026/01/05, 2026.1.5 and 2026年1月5日, or with the month as an English word:
 * "Jan 05 2026", "January 5, 2026", "Mon, 05 Jan 2026" (RFC 5322). The hour may have one digit and "AM" or "PM"; fractions of a second
 * and a zone as "UTC" or "GMT" may follow. Not 05/01/2026, whose order nobody knows.
 */
bool frontmatter_date(struct arena *arena, const char *text, int64_t *ret_time);

/*
 * A list of words: the items of a list, or a text cut at commas (also ， and 、); trimmed, without empty ones
 * and '#' before a word. cut_blanks: a text is cut at blanks when it has no comma. NULL-terminated.
 */
const char **frontmatter_words(struct arena *arena, const struct data_node *node, bool cut_blanks, size_t *ret_count);

/* --- frontmatter_lines.c: what stands there without fences ---------------------- */

/*
 * Whether one of the lines from text up to end is "KEY: …" or "KEY = …" with a key that front matter of other systems
 * knows. The second: a key that says who may see the text.
 */
bool frontmatter_has_key(const char *text, const char *end);
bool frontmatter_has_hiding_key(const char *text, const char *end);

/* The same of a map that was read. */
bool frontmatter_is_known(const struct data_node *values);

/*
 * Reads lines "Key: value" or "key:: value" from text up to end; a line that begins with a blank goes on with the value before
 * it, ".. " before a key is passed over. False when one of the lines is something else.
 */
bool frontmatter_read_lines(struct arena *arena, const char *text, const char *end, int first_line, struct data_node **ret_node);

#endif
