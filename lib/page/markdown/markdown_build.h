/*
 * From the parser's tree to XHTML nodes: what the files markdown*.c share.
 *
 * The tree is walked by functions that call one another, as deep as it is nested; what is
 * deeper than MOST_DEPTH is refused before (markdown_parse.c).
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
	MOST_DEPTH = 100,     /* of the parser's tree */
	MOST_ELEMENTS = 200,  /* XHTML elements inside each other; libxml2 reads back 256 */
};

/* A footnote's definition; at the index that its references name. */
struct note {
	cmark_node *definition;
	int number; /* as readers see it, from 1 in the order of first reference; 0: never referred to */
	int last;   /* the highest number given to a note that is referred to inside it, or number */
	bool has_back; /* its first reference is written, so the way back leads somewhere */
};

/* How far the fragment had come at some moment: what copying its beginning needs. */
struct place {
	xmlNodePtr last;   /* the last child of root then, or NULL */
	int notes;         /* notes with at most this number belong to what stands before */
	size_t headings;
};

struct build {
	struct arena *arena;
	struct markdown_budget *pool;
	const struct markdown_world *world; /* or NULL */
	enum markdown_flavour flavour;
	const char *prefix;
	size_t arena_counted; /* bytes of the arena that the pool knows of */

	struct fragment *frag;
	xmlNodePtr parent;   /* where the next node goes */
	int depth;           /* of parent, in elements */
	struct str text;     /* text that has no node yet */
	struct str literal;  /* a piece of the parser's text, restored */
	int32_t last;        /* the character before, 0 after anything that is no text */
	bool in_link;
	int line;            /* of the block that is being read */

	struct markdown_ids *ids, *labels;
	struct heading *headings;
	size_t heading_count, heading_room, section;
	int outline[6], outline_depth; /* levels in the source of the headings that we are under */

	struct note *notes;
	int note_count;
	int *note_order;     /* indexes in notes, by number - 1 */
	int numbered;        /* how many have a number */
	int notes_so_far;    /* see struct place */

	bool met_paid;       /* a <!--paid--> was met where it cannot cut */
	bool has_more, has_paid;
	struct place more, paid;
};

/* markdown_node.c: making nodes. */
xmlNodePtr build_open(struct build *build, const char *name);
void build_close(struct build *build);
/* Closes the element and takes it away when it is empty. */
void build_close_or_drop(struct build *build);
void build_attribute(struct build *build, const char *name, const char *value);
/* Text goes into one node with its neighbours. */
void build_text(struct build *build, const char *text);
void build_flush(struct build *build);
struct place build_place(struct build *build);
/* Copies the children of frag up to a place, with the notes that they refer to; bare: as a summary, without ids and notes. */
void build_copy(struct build *build, struct fragment *to, struct place place, xmlNodePtr only, bool bare);

/* A piece of the parser's text as it was typed; valid until the next call. */
const char *build_literal(struct build *build, const char *guarded);
void build_lost(struct build *build, const char *what, const char *text);

/* markdown_parse.c */
cmark_node *parse_text(struct markdown_budget *pool, const char *text, size_t length, enum markdown_flavour flavour);

/* markdown_inline.c */
void build_inlines(struct build *build, cmark_node *parent);
void build_inline(struct build *build, cmark_node *node);
/* The text of a node's inlines without markup, in the arena. */
char *inline_plain(struct build *build, cmark_node *parent);
/* Decides which <kbd>, </kbd> and so on among the children of parent survive. */
void inline_match_tags(cmark_node *parent);

/* markdown_image.c; build_open_link() is in markdown_inline.c */
void build_image(struct build *build, cmark_node *node);
/* A paragraph that is an image alone, maybe in a link: made a figure. False when it is none. */
bool build_figure(struct build *build, cmark_node *paragraph);
/* Opens <a> for a link; false when its address may not stay, and then nothing is open. */
bool build_open_link(struct build *build, const char *guarded_address, const char *guarded_title);

/* markdown_block.c */
void build_blocks(struct build *build, cmark_node *parent);
void build_block(struct build *build, cmark_node *node);
void build_table(struct build *build, cmark_node *table);

/* markdown_html.c */
enum marker { MARKER_NONE, MARKER_MORE, MARKER_PAID };
/* Whether a comment is <!--more--> or <!--paid-->; length in bytes, with the brackets. */
enum marker marker_of(const char *comment, size_t length);
/* A raw HTML block: its text, without its comments. at_top: a marker in it cuts. */
void build_html(struct build *build, cmark_node *node, bool at_top);
/* The text ends here for those who may not read on. */
void build_cut(struct build *build, enum marker marker, struct place place);
void build_misplaced_marker(struct build *build, enum marker marker);

/* markdown_note.c */
void notes_number(struct build *build, cmark_node *root);
void build_note_reference(struct build *build, cmark_node *node);
void build_notes(struct build *build);

#endif
