/*
 * Markdown (CommonMark 0.29 with GitHub's tables, task lists, ~~strikethrough~~ and
 * footnotes) to XHTML nodes, through the syntax tree of libcmark-gfm, never
 * through its HTML writer.
 *
 * Beyond that:
 * - Emphasis beside Chinese punctuation works, and one ~ strikes nothing out (3~5天). A line break
 *   between two Chinese characters is no space.
 * - Bare http and https addresses become links. Only they, mailto and relative addresses stay; a link
 *   to anything else becomes its text, an image its description.
 * - Headings form an outline: the first is h2, each of a higher number of '#' than the nearest above it
 *   one level below that, so none is skipped and there is no h1. Their ids are text_slug() of
 *   their words, with -2, -3 behind when taken, or section-N.
 * - An image alone in a paragraph, maybe in a link, is a figure; its title is the caption.
 * - Raw HTML comes out as text, but for <br>, and <kbd>, <mark>, <sub>, <sup> that are closed in the same
 *   paragraph. HTML comments vanish.
 * - TeX ($…$, $$…$$, \(…\), \[…\], and the latter two with doubled backslashes) and fenced mermaid stay
 *   as they are typed.
 * - <!--more--> and <!--paid--> (any case, spaces inside allowed) cut between blocks, and inside a paragraph of
 *   the text itself. In a list, quotation or note they are reported as lost; a <!--paid--> there cuts before
 *   the whole list or quotation, so that nothing is given away.
 *
 * Time and memory are bounded for any input: see MARKDOWN_MOST_BYTES and the
 * budget in markdown.c. What exceeds them is TOO_LARGE, never half a text.
 */
#ifndef PAGE_MARKDOWN_H
#define PAGE_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "page/doc/fragment.h"

enum { MARKDOWN_MOST_BYTES = 1024 * 1024 };

/* A heading, for the contents list. */
struct heading {
	int level;        /* 2 to 4 */
	const char *id;   /* as in the fragment */
	const char *text;
};

/* What the world around the text knows. Both functions may be NULL. */
struct markdown_world {
	/*
	 * An address as the author wrote it, to the one that the page shall carry; NULL: leave it.
	 * For is_image, the function may set width and height (pixels), else they stay 0.
	 */
	const char *(*resolve)(void *context, struct arena *arena, const char *address, bool is_image,
		int *ret_width, int *ret_height);
	/* Told of whatever did not survive, such as raw HTML that became text: a loss report. */
	void (*lost)(void *context, int line, const char *what);
	void *context;
};

enum markdown_flavour {
	MARKDOWN_ARTICLE, /* everything */
	MARKDOWN_COMMENT, /* no tables, footnotes, images, headings or raw HTML; links are nofollow ugc */
};

struct markdown {
	struct fragment *full;        /* everything */
	struct fragment *open;        /* up to <!--paid-->, or up to <!--more-->, or empty, when the text is gated; see has_cut */
	struct fragment *summary;     /* up to <!--more-->, or the first paragraph; nothing behind <!--paid-->, no ids or notes */
	bool has_more, has_paid;  /* which markers stand in the text */
	struct heading *headings; /* of full, level 2 to 4, in order; not those in lists and quotations */
	size_t heading_count;
	size_t open_heading_count; /* how many of them stand in open */
};

/*
 * Renders a text that has passed text_accept() or text_clean(). TOO_LARGE when it exceeds a
 * limit; ret_problem then says which, for the author, as a message for lang_text(). prefix goes before every id
 * ("" or "c12-"). Notes that are referred to only behind a cut are not in open; ids are the same in both.
 */
enum status markdown_render(struct arena *arena, const char *source, enum markdown_flavour flavour,
	const char *prefix, const struct markdown_world *world, struct markdown **ret_markdown,
	const char **ret_problem);

/* Part of the stored renderer version: raised whenever the output changes. */
extern const char markdown_version[];

#endif
