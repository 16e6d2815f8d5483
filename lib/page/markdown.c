#include "page/markdown_build.h"

#include <stdlib.h>
#include <string.h>

#include "page/lang.h"
#include "page/markdown_guard.h"

const char markdown_version[] = "1";

/* What one text may cost: far more than any honest megabyte takes, less than anyone would notice. */
enum { MOST_POOL_BYTES = 44 * 1024 * 1024 };
static const double most_seconds = 0.8;

static struct build *
build_new(struct arena *arena, enum markdown_flavour flavour, const char *prefix, const struct markdown_world *world)
{
	struct build *build = arena_new_of(arena, struct build);

	build->arena = arena;
	build->world = world;
	build->flavour = flavour;
	build->prefix = prefix;
	build->frag = frag_new(arena);
	build->parent = build->frag->root;
	build->text = str_init(arena);
	build->literal = str_init(arena);
	build->ids = names_new(arena);
	build->labels = names_new(arena);
	return build;
}

/* The blocks of the text, one by one, with the places where it is cut. */
static void
build_document(struct build *build, cmark_node *root)
{
	for (cmark_node *node = cmark_node_first_child(root); node != NULL; node = cmark_node_next(node)) {
		struct place before = build_place(build);
		build_block(build, node);
		if (build->met_paid)
			build_cut(build, MARKER_PAID, before);
	}
	build_flush(build);
	build_notes(build);
}

/* What everyone may read of a gated text. */
static void
make_open(struct build *build, struct markdown *markdown)
{
	struct place place = build->has_paid ? build->paid : build->more;

	markdown->open = frag_new(build->arena);
	if (!build->has_paid && !build->has_more)
		return;
	build_copy(build, markdown->open, place, NULL, false);
	markdown->open_heading_count = place.headings;
}

static void
make_summary(struct build *build, struct markdown *markdown)
{
	xmlNodePtr first = build->frag->root->children;

	markdown->summary = frag_new(build->arena);
	if (build->has_more) {
		build_copy(build, markdown->summary, build->more, NULL, true);
		return;
	}
	while (first != NULL && strcmp((const char *)first->name, "p") != 0)
		first = first->next;
	if (first != NULL)
		build_copy(build, markdown->summary, (struct place){ 0 }, first, true);
}

/* Everything that may give up; nothing it needs afterwards lives in its own variables. */
static void
render(struct build *build, const struct guarded *guarded, struct markdown *markdown)
{
	cmark_node *root = parse_text(build->pool, guarded->text, guarded->length, build->flavour);

	notes_number(build, root);
	build_document(build, root);
	make_open(build, markdown);
	make_summary(build, markdown);
	markdown->full = build->frag;
	markdown->has_more = build->has_more;
	markdown->has_paid = build->has_paid;
	markdown->headings = build->headings;
	markdown->heading_count = build->heading_count;
}

enum status
markdown_render(struct arena *arena, const char *source, enum markdown_flavour flavour, const char *prefix,
	const struct markdown_world *world, struct markdown **ret_markdown, const char **ret_problem)
{
	struct markdown *markdown = arena_new_of(arena, struct markdown);
	struct build *build = build_new(arena, flavour, prefix, world);
	size_t length = strlen(source);
	struct guarded guarded;

	if (length > MARKDOWN_MOST_BYTES) {
		*ret_problem = _("The text is longer than a megabyte.");
		return TOO_LARGE;
	}
	if (guard_text(arena, source, length, &guarded, ret_problem) != OK) {
		*ret_problem = lang_text(*ret_problem);
		return TOO_LARGE;
	}
	build->pool = pool_new(MOST_POOL_BYTES, most_seconds);
	if (setjmp(*pool_escape(build->pool)) != 0) {
		*ret_problem = lang_text(pool_problem(build->pool));
		pool_free(build->pool);
		return TOO_LARGE;
	}
	render(build, &guarded, markdown);
	pool_free(build->pool);
	*ret_markdown = markdown;
	return OK;
}
