/*
 * Front matter: what stands before a Markdown text between two lines "---" (YAML) or "+++" (TOML).
 */
#ifndef BIN_FRONTMATTER_H
#define BIN_FRONTMATTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "node.h"

/* The longest front matter, in bytes. */
enum { FRONTMATTER_MOST = 128 * 1024 };

struct frontmatter {
	const struct node *values; /* a map; empty when there is none */
	const char *body;          /* what follows, within the text that was given */
	int body_line;             /* the line number of its first line */
	bool present;
};

/*
 * Splits a text that has passed the gate. Without a closing line, or when what stands between the lines is no
 * list of keys (a text may begin with a rule), all of it is body. INVALID with *ret_problem when the values cannot
 * be read.
 */
enum status frontmatter_read(struct arena *arena, const char *text, struct frontmatter *ret_front,
	struct node_problem *ret_problem);

/* --- values ------------------------------------------------------------------ */

/*
 * The value of the first of several names ("cover", "image", …) that is there and not empty, or NULL. A name
 * may have a dot: "cover.image" is looked up as one key, then as image in the map cover. *ret_node, which may be
 * NULL, gets the node, for its line. A list counts by its first item.
 */
const char *front_text(const struct frontmatter *front, const char *const *names, const struct node **ret_node);

/* The node of the first of several names that is there, or NULL. */
const struct node *front_node(const struct frontmatter *front, const char *const *names);

/* "true", "yes", "on" (and, as YAML allows, capitals) and their opposites; false when the text is neither. */
bool front_flag(const char *text, bool *ret_flag);

/*
 * A date as clock_parse_date() reads it, and also 2026-1-5, 2026/01/05 and 2026.1.5, with an hour of one digit,
 * fractions of a second, and a zone as "UTC" or "GMT".
 */
bool front_date(struct arena *arena, const char *text, int64_t *ret_time);

/*
 * A list of words: the items of a list, or a text cut at commas (also ， and 、); trimmed, without empty ones
 * and '#' before a word. cut_blanks: a text is cut at blanks when it has no comma. NULL-terminated.
 */
const char **front_words(struct arena *arena, const struct node *node, bool cut_blanks, size_t *ret_count);

#endif
