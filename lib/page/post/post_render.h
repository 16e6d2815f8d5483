/*
 * Rendering on save, in one place. The editor, import, sample content and `renown render` all prepare a post here, so
 * that text, search index, lists and stored XHTML always agree.
 */
#ifndef PAGE_POST_RENDER_H
#define PAGE_POST_RENDER_H

#include "core/conf.h"
#include "page/markdown/markdown.h"
#include "store/post/post.h"

/* Called for each part of a text that could not be kept. lost may be NULL. */
struct post_render_warnings {
	void (*warn)(void *context, int line, const char *what);
	void *context;
};

/*
 * Renders a post so that it can be saved. This is slow, so call it outside the write transaction. Addresses in
 * save->links and local addresses ("/blog/x") get the base path. save->post.summary is the summary that somebody typed,
 * or NULL or "" for none. Sets save->text, generated_summary and minutes. TOO_LARGE when the text exceeds a limit, with
 * the reason in *ret_problem.
 */
enum status post_render_prepare(struct arena *arena, const struct conf *conf, struct post_save *save,
	const struct post_render_warnings *warnings, const char **ret_problem);

/*
 * Renders a stored post again if another renderer version made its text, or if force is set. Decides about summaries
 * from before migration 15 (page/post/summary.h). *ret_done: whether the post was rendered.
 */
enum status post_render_refresh(struct db *db, struct arena *arena, const struct conf *conf, int64_t post_id,
	bool force, bool *ret_done);

/*
 * Renders at most limit of the posts whose stored text is marked as stale (store/media/media_library.h). *ret_more:
 * whether more of them are left.
 */
enum status post_render_stale(struct db *db, struct arena *arena, const struct conf *conf, int64_t limit, bool *ret_more);

/*
 * The renderer version to store with a text: it covers the renderer and the path in base_url, on which its output
 * depends. In the arena.
 */
const char *post_render_version(struct arena *arena, const struct conf *conf);

#endif
