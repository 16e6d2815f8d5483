/* The state while the lines of a text are read. Private to convert.c and convert_container.c. */
#ifndef TASK_CONVERT_READING_H
#define TASK_CONVERT_READING_H

#include "task/convert/convert.h"

enum { CONTAINERS_MAX = 8 };

struct convert_reading {
	struct convert convert;
	struct str out;
	struct str run;           /* the lines since the last blank one */
	int run_line;             /* the number of its first line */
	char fence;               /* '`' or '~' inside a listing, else 0 */
	size_t fence_width;
	const char *listing_close; /* inside a Hugo or Jekyll listing: the text of its last line */
	bool in_comment;          /* inside <!-- -->, which may hold blank lines */
	bool quotes[CONTAINERS_MAX]; /* for each open container: whether it became a quotation */
	size_t containers;
	bool in_admonition;       /* MkDocs: while lines are indented */
};

/* --- convert.c ------------------------------------------------------------------- */

/* Writes a line, as a part of the quotations that are open. */
void convert_add_line(struct convert_reading *reading, const char *line);
/* Converts and writes the current run of lines. */
void convert_flush(struct convert_reading *reading);
/* The columns of the blanks at the start of a line; a tab reaches to the next multiple of four. */
size_t convert_indent(const char *line);
/* The line after its blanks. */
const char *convert_skip_blanks(const char *line);

/* --- convert_container.c ------------------------------------------------------------ */

/* The first line of a quotation for this kind: "tip" becomes "Tip". A given title is used as it is. */
const char *convert_container_title(struct arena *arena, const char *kind, const char *title);
/* Opens or closes a container. False when the line does neither. */
bool convert_container(struct convert_reading *reading, const char *line);
/* Opens an admonition of MkDocs: "!!! warning "Title"" or "??? note". False for any other line. */
bool convert_admonition(struct convert_reading *reading, const char *line);
/* The line without the four columns of indentation that put it inside an admonition. */
const char *convert_strip_indent(const char *line);

#endif
