/*
 * Builds XHTML nodes from the parser's tree. Private to the markdown*.c files.
 *
 * The tree is visited recursively. A tree deeper than DEPTH_MAX is refused first (markdown_parse.c).
 */
#ifndef PAGE_MARKDOWN_BUILD_H
#define PAGE_MARKDOWN_BUILD_H

#include <stdbool.h>
#include <stdint.h>
#include <cmark-gfm.h>

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/markdown/markdown.h"
#include "page/markdown/markdown_ids.h"
#include "page/markdown/markdown_budget.h"

enum {
	DEPTH_MAX = 100,     /* of the parser's tree */
	ELEMENTS_MAX = 200,  /* nested XHTML elements; libxml2 parses at most 256 */
};

/* The definition of a footnote. References name its index in struct build's notes. */
struct note {
	cmark_node *definition;
	int number; /* as shown, from 1 in the order of first reference; 0: not referenced */
	int last;   /* the highest number of a footnote referenced inside it, or number */
	bool has_back; /* its first reference is written, so its back link has a target */
};

/* A position in the fragment, used to copy everything before it. */
struct place {
	xmlNodePtr last;   /* the last child of root at that point, or NULL */
	int notes;         /* footnotes up to this number belong to the text before it */
	size_t headings;
};

/* The state of one rendering. */
struct build {
	struct arena *arena;
	struct markdown_budget *budget;
	const struct markdown_callbacks *callbacks; /* or NULL */
	enum markdown_flavour flavour;
	const char *prefix;
	size_t arena_counted; /* bytes of the arena that are counted in the budget */

	struct fragment *frag;
	xmlNodePtr parent;   /* where the next node goes */
	int depth;           /* of parent, in elements */
	struct str text;     /* text that has no node yet */
	struct str literal;  /* buffer of build_literal() */
	int32_t last;        /* the previous character, 0 after anything but text */
	bool in_link;
	int line;            /* of the current block */

	struct markdown_ids *ids, *labels;
	struct heading *headings;
	size_t heading_count, heading_room, section;
	int outline[6], outline_depth; /* source levels of the enclosing headings */

	struct note *notes;
	int note_count;
	int *note_order;     /* indexes in notes, by number - 1 */
	int numbered;        /* how many footnotes have a number */
	int notes_so_far;    /* see struct place */

	bool met_paid;       /* a <!--paid--> was found where it cannot cut */
	bool has_more, has_paid;
	struct place more, paid;
};

/* markdown_node.c: creates nodes. build_open() makes an element the current parent, build_close() ends it. */
xmlNodePtr build_open(struct build *build, const char *name);
void build_close(struct build *build);
/* Closes the element and removes it if it is empty. */
void build_close_or_drop(struct build *build);
/* Adds an attribute to the current parent. */
void build_attribute(struct build *build, const char *name, const char *value);
/* Adds text. Adjacent texts become one node, which build_flush() creates. */
void build_text(struct build *build, const char *text);
void build_flush(struct build *build);
/* The current position. The text so far gets its node first. */
struct place build_place(struct build *build);
/*
 * Copies the children of frag up to a place, with the footnotes that they reference. If only is not NULL, just that
 * node is copied. bare: for a summary, without ids and footnotes.
 */
void build_copy(struct build *build, struct fragment *to, struct place place, xmlNodePtr only, bool bare);

/* A piece of the parser's text as it was typed. Valid until the next call. */
const char *build_literal(struct build *build, const char *guarded);
/* Reports a part that could not be kept to callbacks->warn(). */
void build_warn(struct build *build, const char *what, const char *text);

/* markdown_parse.c: parses a text and checks the depth of the tree. Leaves by longjmp() when the budget is spent. */
cmark_node *parse_text(struct markdown_budget *budget, const char *text, size_t length, enum markdown_flavour flavour);

/* markdown_inline.c: builds the inline children of a node, or one inline node. */
void build_inlines(struct build *build, cmark_node *parent);
void build_inline(struct build *build, cmark_node *node);
/* The text of a node's inline content without markup, in the arena. */
char *inline_plain(struct build *build, cmark_node *parent);
/* Marks the <kbd>, </kbd> and similar tags among the children of parent that are kept. */
void inline_match_tags(cmark_node *parent);

/* markdown_image.c, except build_open_link(), which is in markdown_inline.c */
void build_image(struct build *build, cmark_node *node);
/*
 * Builds a figure from a paragraph that contains only an image, or only a link around an image. False when it contains
 * anything else.
 */
bool build_figure(struct build *build, cmark_node *paragraph);
/* Opens <a> for a link. False, with nothing opened, when the address is not allowed. */
bool build_open_link(struct build *build, const char *guarded_address, const char *guarded_title);

/* markdown_block.c: builds the children of a node, one block, or a table. */
void build_blocks(struct build *build, cmark_node *parent);
void build_block(struct build *build, cmark_node *node);
void build_table(struct build *build, cmark_node *table);

/* markdown_html.c */
enum marker { MARKER_NONE, MARKER_MORE, MARKER_PAID };
/* The marker in a comment: <!--more--> or <!--paid-->. length in bytes, including the brackets. */
enum marker marker_of(const char *comment, size_t length);
/* Builds a raw HTML block: its text without its comments. at_top: a marker in it cuts. */
void build_html(struct build *build, cmark_node *node, bool at_top);
/* Ends the open part (or the summary) at this place. build_misplaced_marker() reports a marker that cannot cut. */
void build_cut(struct build *build, enum marker marker, struct place place);
void build_misplaced_marker(struct build *build, enum marker marker);

/* markdown_note.c: numbers the footnotes in the order of their first references, and writes references and the list. */
void notes_number(struct build *build, cmark_node *root);
void build_note_reference(struct build *build, cmark_node *node);
void build_notes(struct build *build);

#endif
