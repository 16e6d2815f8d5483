/* Reads HTML tags in a text. Private to the files of this folder. */
#ifndef TASK_CONVERT_HTML_TAG_H
#define TASK_CONVERT_HTML_TAG_H

#include <stdbool.h>

#include "core/arena.h"

enum { HTML_TAG_NAME_MAX = 16 };

/* A parsed tag. */
struct html_tag {
	char name[HTML_TAG_NAME_MAX];  /* lower case */
	bool closing;
	const char *attributes, *attributes_end;
	const char *start, *end; /* '<', and the position after '>' */
};

/* Parses the tag at text, which begins with '<'. False when there is none. Quoted values may contain '>'. */
bool html_tag_read(const char *text, struct html_tag *ret_tag);

/* The value of an attribute, with white space at both ends removed; "" when it has no value; NULL when it is missing. In the arena. */
const char *html_tag_attribute(struct arena *arena, const struct html_tag *tag, const char *name);

/* The closing tag of an element, in the same run of lines and at most 4000 bytes away, or NULL. */
const char *html_tag_close(const struct html_tag *tag);

#endif
