/*
 * Converts Markdown that was written for other systems into Markdown with the same meaning here: simple HTML,
 * containers and call-outs, shortcodes of Hugo, tags of Jekyll. Code is never changed. What has no counterpart stays as
 * typed, or loses only its styling, and causes a warning. Line numbers stay the same or nearly the same.
 */
#ifndef TASK_CONVERT_H
#define TASK_CONVERT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/str.h"
#include "task/convert/conversion_warnings.h"

struct convert {
	struct arena *arena;
	struct conversion_warnings *warnings; /* NULL: warnings are not needed */
	const char *path;      /* for the report */
	int line;              /* number of the current line in the file */
	int open_blocks;       /* open <div> and similar elements */
	int open_marks[3];     /* open "*", "**" and "~~" in this run of lines */
	bool in_picture;       /* inside a <picture> element */
	const char *link_ends[8]; /* the text that closes each open <a>: "](address)", or "" */
	size_t links;
};

/*
 * Converts a whole text. body_line is the number of its first line in the file. The result is in the arena, or body
 * itself.
 */
const char *convert_text(struct arena *arena, const char *body, int body_line, const char *path, struct conversion_warnings *warnings);

/* The kinds of comments in a text, besides those of Hugo, kramdown and Nunjucks. */
enum convert_comments {
	CONVERT_COMMENTS, /* Liquid, outside of code */
	CONVERT_PERCENT,  /* the same, and Obsidian's %% … %% */
	CONVERT_LIQUID,   /* Liquid, also inside code, as in Jekyll */
};

/*
 * Call this before convert_text(). Removes comments that other systems do not publish: Liquid ({% comment %}), Hugo
 * ({{< comment >}}), kramdown ({::comment}), Nunjucks ({# … #}) and Obsidian (%% … %%). Their newlines stay. A comment
 * without an end stays in the text; *ret_open is then the line of the first one, else it is unchanged.
 */
const char *convert_comments(struct arena *arena, const char *body, int body_line, const char *path, struct conversion_warnings *warnings,
	enum convert_comments kinds, int *ret_open);

/* --- private to the files of this folder --------------------------------------- */

/* Adds a warning at the current line. */
void convert_warn(struct convert *convert, const char *kind, const char *detail);

/* Converts a paragraph, or another run of lines without a blank line, that is not code. */
const char *convert_inline(struct convert *convert, const char *text);

/*
 * text begins with '<'. Writes the meaning of the HTML tag to out and returns the text after it. NULL when there is no
 * tag, or its meaning is unknown.
 */
const char *convert_tag(struct convert *convert, const char *text, struct str *out);

/* The same for text that begins with "{{" or "{%". */
const char *convert_code(struct convert *convert, const char *text, struct str *out);

/*
 * True for a line that opens a code listing as in Hugo or Jekyll: returns its language, and in *ret_close a string that
 * the closing line contains. NULL for any other line.
 */
const char *convert_listing(struct arena *arena, const char *line, const char **ret_close);

#endif
