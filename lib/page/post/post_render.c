#include "page/post/post_render.h"

#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "core/str.h"
#include "core/text.h"
#include "core/token.h"
#include "page/post/image.h"
#include "page/post/summary.h"

enum { DIGEST_SHORT = 8 };

/* The context of the Markdown renderer's callbacks. */
struct link_resolver {
	const struct conf *conf;
	const struct post_link **links; /* sorted by address, for bsearch() */
	size_t link_count;
	const struct post_render_warnings *warnings;
};

static int
by_address(const void *a, const void *b)
{
	return strcmp((*(const struct post_link *const *)a)->address, (*(const struct post_link *const *)b)->address);
}

static int
match_address(const void *address, const void *link)
{
	return strcmp(address, (*(const struct post_link *const *)link)->address);
}

static const struct post_link *
find_link(const struct link_resolver *link_resolver, const char *address)
{
	const struct post_link **found = link_resolver->link_count == 0 ? NULL :
		bsearch(address, link_resolver->links, link_resolver->link_count, sizeof(link_resolver->links[0]), match_address);

	return found == NULL ? NULL : *found;
}

/* A link to "notes.md#part" is found by "notes.md", and the fragment is appended to the target. */
static const char *
resolve(void *context, struct arena *arena, const char *address, bool is_image, int *ret_width, int *ret_height)
{
	const struct link_resolver *link_resolver = context;
	const struct post_link *link = find_link(link_resolver, address);
	const char *part = strchr(address, '#');

	if (link == NULL && part != NULL)
		link = find_link(link_resolver, arena_bytes(arena, address, (size_t)(part - address)));
	else
		part = NULL;
	if (link != NULL) {
		if (is_image) {
			*ret_width = (int)link->width;
			*ret_height = (int)link->height;
		}
		return arena_printf(arena, "%s%s%s", link_resolver->conf->base_path, link->target, part == NULL ? "" : part);
	}
	/* "//host/x" leads to another host. */
	if (address[0] == '/' && address[1] != '/')
		return arena_printf(arena, "%s%s", link_resolver->conf->base_path, address);
	return NULL;
}

static void
warn(void *context, int line, const char *what)
{
	const struct link_resolver *link_resolver = context;

	if (link_resolver->warnings != NULL && link_resolver->warnings->warn != NULL)
		link_resolver->warnings->warn(link_resolver->warnings->context, line, what);
}

static struct link_resolver
link_resolver_new(struct arena *arena, const struct conf *conf, const struct post_save *save, const struct post_render_warnings *warnings)
{
	struct link_resolver link_resolver = { .conf = conf, .warnings = warnings, .link_count = save->link_count };

	link_resolver.links = arena_array(arena, save->link_count + 1, sizeof(link_resolver.links[0]));
	for (size_t i = 0; i < save->link_count; i++)
		link_resolver.links[i] = &save->links[i];
	qsort(link_resolver.links, link_resolver.link_count, sizeof(link_resolver.links[0]), by_address);
	return link_resolver;
}

/* One line for each heading: level, id and text, separated by tabs. */
static char *
contents(struct arena *arena, const struct heading *headings, size_t count)
{
	struct str lines = str_init(arena);

	for (size_t i = 0; i < count; i++)
		str_printf(&lines, "%d\t%s\t%s\n", headings[i].level, headings[i].id, text_collapse(arena, headings[i].text));
	return lines.bytes;
}

/*
 * The plain text that only the full version contains: everything after the last line that both begin with. A footnote
 * at the end of the open part is later in the full text, so it is in both. Search finds it either way.
 */
static char *
beyond(struct arena *arena, const char *full, const char *open)
{
	size_t same = 0, line = 0;

	while (full[same] != '\0' && full[same] == open[same])
		if (full[same++] == '\n')
			line = same;
	if (open[same] == '\0' && (full[same] == '\0' || full[same] == '\n'))
		line = same;
	return str_trim(arena, full + line);
}

/* The results of a rendering outlive its arena. */
static void
move_results(struct arena *arena, struct post_save *save)
{
	struct post_text *text = &save->text;
	const char **const results[] = { &text->open_xhtml, &text->open_plain, &text->open_contents, &text->full_xhtml, &text->full_contents,
		&text->closed_plain, &text->renderer, &save->post.generated_summary };

	for (size_t i = 0; i < sizeof(results) / sizeof(*results); i++)
		*results[i] = arena_dup(arena, *results[i]);
}

/* Renders with an arena that is freed afterwards. */
static enum status
render(struct arena *arena, const struct conf *conf, struct post_save *save, const struct post_render_warnings *warnings,
	const char **ret_problem)
{
	struct link_resolver resolver = link_resolver_new(arena, conf, save, warnings);
	const struct markdown_callbacks callbacks = { resolve, warn, &resolver };
	bool is_public = str_equal(save->post.access, "public");
	struct markdown *markdown;
	const struct fragment *open;
	struct post_text text = { .markdown = save->text.markdown, .full_xhtml = "", .full_contents = "", .closed_plain = "" };
	const char *full_xhtml, *full_plain;

	TRY(markdown_render(arena, save->text.markdown, MARKDOWN_ARTICLE, "", &callbacks, &markdown, ret_problem));
	image_sizes(arena, markdown->full, conf->base_path, save->links, save->link_count);
	image_sizes(arena, markdown->open, conf->base_path, save->links, save->link_count);
	open = is_public ? markdown->full : markdown->open;
	text.open_xhtml = fragment_write(arena, open);
	text.open_plain = fragment_plain(arena, open);
	text.open_contents = contents(arena, markdown->headings,
		is_public ? markdown->heading_count : markdown->open_heading_count);
	text.renderer = post_render_version(arena, conf);
	full_plain = text.open_plain;
	if (!is_public) {
		full_plain = fragment_plain(arena, markdown->full);
		full_xhtml = fragment_write(arena, markdown->full);
		/* "" means that both versions are the same, because nothing follows the cut. */
		if (!str_equal(full_xhtml, text.open_xhtml)) {
			text.full_xhtml = full_xhtml;
			text.full_contents = contents(arena, markdown->headings, markdown->heading_count);
			text.closed_plain = beyond(arena, full_plain, text.open_plain);
		}
	}
	save->text = text;
	save->post.reading_minutes = text_minutes(full_plain);
	/* White space alone counts as no summary. */
	save->post.summary = str_empty(save->post.summary) || *text_collapse(arena, save->post.summary) == '\0' ? "" : save->post.summary;
	save->post.generated_summary = summary_generate(arena, markdown, text.open_plain);
	return OK;
}

enum status
post_render_prepare(struct arena *arena, const struct conf *conf, struct post_save *save,
	const struct post_render_warnings *warnings, const char **ret_problem)
{
	/* The trees of a long text take about 40 times its size, and an import keeps several posts until they are saved. */
	struct arena *scratch = arena_new();
	const char *problem = NULL;
	enum status status = render(scratch, conf, save, warnings, &problem);

	if (status == OK)
		move_results(arena, save);
	else if (problem != NULL)
		*ret_problem = arena_dup(arena, problem);
	arena_free(scratch);
	return status;
}

/* *ret_done stays false if somebody saved the post in the meantime, because that save has rendered it. */
static enum status
store_rendered(struct db *db, struct arena *arena, const struct post_save *save, bool *ret_done)
{
	struct post now;

	TRY(post_by_id(db, arena, save->post.id, &now));
	if (now.revision != save->post.revision)
		return OK;
	TRY(post_save_links(db, save));
	TRY(post_save_rendered(db, arena, save->post.id, &save->text, save->post.generated_summary, save->post.reading_minutes));
	*ret_done = true;
	return OK;
}

enum status
post_render_refresh(struct db *db, struct arena *arena, const struct conf *conf, int64_t post_id, bool force, bool *ret_done)
{
	struct post_save save = { 0 };
	struct post_link *links;
	struct post_text text;
	const char *problem;
	bool done = false, decided;
	enum status status;

	TRY(summary_decide(db, arena, post_id, &decided));
	TRY(post_by_id(db, arena, post_id, &save.post));
	TRY(post_text(db, arena, post_id, &text));
	if (!force && !decided && str_equal(text.renderer, post_render_version(arena, conf))) {
		*ret_done = false;
		return OK;
	}
	TRY(post_links(db, arena, post_id, &links, &save.link_count));
	save.links = links;
	save.text.markdown = text.markdown;
	TRY(image_links(db, arena, &save));
	status = post_render_prepare(arena, conf, &save, NULL, &problem);
	if (status == TOO_LARGE)
		log_line(LOG_ERROR, "render", "%s could not be rendered again and keeps its old text: %s", save.post.slug, problem);
	TRY(status);
	status = db_begin_write(db);
	if (status == OK)
		status = store_rendered(db, arena, &save, &done);
	if (status == OK)
		status = db_commit(db);
	db_end(db);
	if (status == OK)
		*ret_done = done;
	return status;
}

enum status
post_render_stale(struct db *db, struct arena *arena, const struct conf *conf, int64_t limit, bool *ret_more)
{
	int64_t *ids;
	size_t count;
	bool done;

	TRY(summary_decide_all(db));
	TRY(post_stale(db, arena, limit + 1, &ids, &count));
	for (size_t i = 0; i < count && i < (size_t)limit; i++) {
		enum status status = post_render_refresh(db, arena, conf, ids[i], true, &done);
		if (status != NOT_FOUND && status != TOO_LARGE) /* deleted in the meantime, or already logged and not worth another try */
			TRY(status);
	}
	*ret_more = count > (size_t)limit;
	return OK;
}

const char *
post_render_version(struct arena *arena, const struct conf *conf)
{
	return arena_printf(arena, "%s-%.*s", markdown_version, DIGEST_SHORT, digest_text(arena, conf->base_path));
}
