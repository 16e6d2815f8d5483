/*
 * Markdown (CommonMark 0.29 with GitHub's tables, task lists, ~~strikethrough~~ and footnotes) to XHTML nodes. They are
 * built from the syntax tree of libcmark-gfm, never by its HTML writer.
 *
 * Differences:
 * - Emphasis beside Chinese punctuation works, and a single ~ strikes nothing out (3~5天). A line break between two
 *   Chinese characters adds no space.
 * - Bare http and https URLs become links. Only these, mailto and relative addresses are kept. A link to anything else
 *   becomes its text, and an image its alt text.
 * - Headings form an outline. The first is h2. Each heading is one level below the nearest earlier heading with fewer
 *   '#'. So no level is skipped and there is no h1. An id is text_slug() of the heading's text, with -2, -3 appended
 *   when it is taken, or section-N.
 * - An image alone in a paragraph, or alone in a link there, becomes a figure; its title is the caption.
 * - Raw HTML is shown as text, except <br>, and <kbd>, <mark>, <sub>, <sup> that are closed in the same paragraph. HTML
 *   comments are removed.
 * - TeX ($…$, $$…$$, \(…\), \[…\], and the last two with doubled backslashes) and fenced mermaid blocks stay as they
 *   are typed.
 * - <!--more--> and <!--paid--> (in any case, with spaces inside) cut between blocks, and inside a paragraph at the top
 *   level. In a list, quotation or footnote they are reported as lost. A <!--paid--> there cuts before the whole list
 *   or quotation, so that nothing paid becomes public.
 *
 * Time and memory are limited for any input, see MARKDOWN_MAX_BYTES and the budget in markdown.c. A text that exceeds
 * a limit is TOO_LARGE; it is never rendered in part.
 */
#ifndef PAGE_MARKDOWN_H
#define PAGE_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "page/doc/fragment.h"

enum { MARKDOWN_MAX_BYTES = 1024 * 1024 };

/* A heading, for the contents list. */
struct heading {
	int level;        /* 2 to 4 */
	const char *id;   /* as in the fragment */
	const char *text;
};

/* Callbacks to the caller. Both functions may be NULL. */
struct markdown_callbacks {
	/*
	 * Maps an address as the author wrote it to the address in the page; NULL leaves it unchanged. For is_image it may
	 * set width and height (pixels), otherwise they stay 0.
	 */
	const char *(*resolve)(void *context, struct arena *arena, const char *address, bool is_image,
		int *ret_width, int *ret_height);
	/* Called for each part that could not be kept, such as raw HTML that became text. Used for import warnings. */
	void (*warn)(void *context, int line, const char *what);
	void *context;
};

/* The syntax that is accepted. */
enum markdown_flavour {
	MARKDOWN_ARTICLE, /* all of the syntax */
	MARKDOWN_COMMENT, /* no tables, footnotes, images, headings or raw HTML; links are nofollow ugc */
};

/* The result of a rendering. */
struct markdown {
	struct fragment *full;        /* the whole text */
	struct fragment *open;        /* for a restricted post: up to <!--paid-->, else <!--more-->, else empty */
	struct fragment *summary;     /* up to <!--more-->, or the first paragraph; ends at <!--paid-->; no ids or footnotes */
	bool has_more, has_paid;  /* the markers in the text */
	struct heading *headings; /* of full, level 2 to 4, in order; not those in lists and quotations */
	size_t heading_count;
	size_t open_heading_count; /* how many of them are in open */
};

/*
 * Renders a text that has passed text_accept() or text_clean(). prefix is put before every id ("" or "c12-"). TOO_LARGE
 * when the text exceeds a limit; *ret_problem then explains it to the author, as a message for lang_text(). Footnotes
 * that are referenced only after the cut are not in open. Ids are the same in full and open. All results are in the
 * arena.
 */
enum status markdown_render(struct arena *arena, const char *source, enum markdown_flavour flavour,
	const char *prefix, const struct markdown_callbacks *callbacks, struct markdown **ret_markdown,
	const char **ret_problem);

/* Part of the stored renderer version. Change it whenever the output changes. */
extern const char markdown_version[];

#endif
