/*
 * Markdown as it is written for other systems, into Markdown that means the same here: simple HTML, containers
 * and call-outs, shortcodes of Hugo, tags of Jekyll. Code is never touched. What has no counterpart stays as it
 * is typed, or loses only its look, and is counted. The number of each line stays the same, or nearly so.
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
	struct conversion_warnings *warnings; /* NULL: the text is only looked at, nobody wants to know */
	const char *path;      /* for the report */
	int line;              /* number, in the file, of the line that is being read */
	int open_blocks;       /* <div> and the like that have not ended yet */
	int open_marks[3];     /* "*", "**" and "~~" that have not ended yet in this run of lines */
	bool in_picture;       /* between <picture> and its end */
	const char *link_ends[8]; /* what closes each <a> that is open: "](address)", or "" */
	size_t links;
};

/* All of a text. body_line: the number of its first line in the file. */
const char *convert_text(struct arena *arena, const char *body, int body_line, const char *path, struct conversion_warnings *warnings);

/* Which comments a text may hold beside those of Hugo, kramdown and Nunjucks. */
enum convert_comments {
	CONVERT_COMMENTS, /* of Liquid, outside of code */
	CONVERT_PERCENT,  /* the same, and %% … %% of Obsidian */
	CONVERT_LIQUID,   /* of Liquid, in code as well, as Jekyll reads them */
};

/*
 * Before convert_text(): takes out the comments that other systems keep from their readers, in Liquid ({% comment %}), Hugo
 * ({{< comment >}}), kramdown ({::comment}), Nunjucks ({# … #}) and Obsidian (%% … %%). Their line ends stay.
 * *ret_open: the line of the first that does not end, which stays in the text; untouched when there is none.
 */
const char *convert_comments(struct arena *arena, const char *body, int body_line, const char *path, struct conversion_warnings *warnings,
	enum convert_comments kinds, int *ret_open);

/* --- between the parts of it --------------------------------------------------- */

/* One line more of the report. */
void convert_lost(struct convert *convert, const char *kind, const char *detail);

/* A paragraph, or another run of lines without a blank one, that is no code. */
const char *convert_inline(struct convert *convert, const char *text);

/*
 * What stands at text begins with '<': writes what an HTML tag means to out, and returns the text behind the tag. NULL
 * when it is no tag that means something here. end is where the run of lines ends.
 */
const char *convert_tag(struct convert *convert, const char *text, struct str *out);

/* The same for what begins with "{{" or "{%". */
const char *convert_code(struct convert *convert, const char *text, struct str *out);

/*
 * A line that opens a listing in the way of Hugo or Jekyll: its language, and in *ret_close what the closing line holds.
 * NULL for any other line.
 */
const char *convert_listing(struct arena *arena, const char *line, const char **ret_close);

#endif
