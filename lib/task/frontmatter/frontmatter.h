/*
 * Front matter: the block before a Markdown text that describes it. These forms are read:
 *
 * - YAML between two lines "---" (Hugo, Jekyll, Hexo, Obsidian …), also with more dashes or without the first line
 *   (Hexo)
 * - TOML between two lines "+++" (Hugo, Zola)
 * - JSON: an object at the start of the text (Hugo), or its members before a line ";;;" (Hexo)
 * - "---json" and similar: the language is named (Eleventy)
 * - "Key: value" lines up to the first empty line (Pelican, MultiMarkdown), "key:: value" (Logseq), and such lines in a
 *   comment at the start of the text (Nikola)
 *
 * Front matter often says whether a text is public. So text that looks like front matter but cannot be parsed is an
 * error; it never becomes part of the body.
 */
#ifndef TASK_FRONTMATTER_H
#define TASK_FRONTMATTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "task/frontmatter/data_node.h"

/* The maximum length of front matter, in bytes. */
enum { FRONTMATTER_MAX = 128 * 1024 };

struct frontmatter {
	const struct data_node *values; /* a map; empty when there is none */
	const char *body;          /* the rest, inside the text that was passed */
	int body_line;             /* the line number of its first line */
	bool present;
};

/*
 * Splits a text that has passed core/text.h. A text without front matter is all body, even if it begins with a thematic
 * break. INVALID with *ret_problem when there is front matter, or text that looks like it, that cannot be parsed.
 */
enum status frontmatter_read(struct arena *arena, const char *text, struct frontmatter *ret_front,
	struct data_node_problem *ret_problem);

/* --- values ------------------------------------------------------------------ */

/* True when two key names are the same. Case, '-', '_', spaces and '?' are ignored ("publishDate", "Publish_Date"). */
bool frontmatter_same_name(const char *a, const char *b);

/*
 * The value of the first of several names ("cover", "image", …) that is present and not empty, or NULL. Names are
 * compared by frontmatter_same_name(). For a name with a dot, "cover.image" is first looked up as one key and then as
 * image in the map cover. For a list the first item is used. *ret_node is the node with its line; ret_node may be NULL.
 */
const char *frontmatter_text(const struct frontmatter *front, const char *const *names, const struct data_node **ret_node);

/* The node of the first of several names that is present, or NULL. */
const struct data_node *frontmatter_node(const struct frontmatter *front, const char *const *names);

/* Reads "true", "yes", "on", "1", "是" and their opposites, in any case. False when the text is none of them. */
bool frontmatter_flag(const char *text, bool *ret_flag);

/*
 * Reads a date as clock_parse_date() does, and also 2026-1-5, 2026/01/05, 2026.1.5, 2026年1月5日, and dates with an
 * English month: "Jan 05 2026", "January 5, 2026", "Mon, 05 Jan 2026" (RFC 5322). The hour may have one digit and "AM"
 * or "PM". Fractions of a second and the zone "UTC" or "GMT" may follow. 05/01/2026 is not accepted, because its order
 * is unknown. *ret_time is in Unix seconds.
 */
bool frontmatter_date(struct arena *arena, const char *text, int64_t *ret_time);

/*
 * A list of words: the items of a list, or a text split at commas (also ， and 、). Words are trimmed, '#' before a word
 * is removed, and empty words are skipped. cut_blanks: a text without commas is split at spaces. NULL-terminated, at
 * most 200 words.
 */
const char **frontmatter_words(struct arena *arena, const struct data_node *node, bool cut_blanks, size_t *ret_count);

/* --- frontmatter_lines.c: front matter without fences --------------------------- */

/*
 * True when one of the lines from text up to end is "KEY: …" or "KEY = …" with a key of other systems' front matter.
 * frontmatter_has_hiding_key() considers only keys that may restrict who can see the text.
 */
bool frontmatter_has_key(const char *text, const char *end);
bool frontmatter_has_hiding_key(const char *text, const char *end);

/* The same for a map that was parsed. */
bool frontmatter_is_known(const struct data_node *values);

/*
 * Parses lines "Key: value" or "key:: value" from text up to end. A line that begins with a space continues the
 * previous value, and ".. " before a key is skipped. False when a line has another form.
 */
bool frontmatter_read_lines(struct arena *arena, const char *text, const char *end, int first_line, struct data_node **ret_node);

#endif
