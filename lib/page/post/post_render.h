/*
 * Rendered on save, in one place: desk, import, sample content and `renown
 * render` all store a post through here, so that text, index, lists and stored
 * XHTML can never differ.
 */
#ifndef PAGE_POST_RENDER_H
#define PAGE_POST_RENDER_H

#include "core/conf.h"
#include "page/markdown/markdown.h"
#include "store/post/post.h"

/* Told of whatever did not survive rendering; may be NULL. */
struct post_render_warnings {
	void (*lost)(void *context, int line, const char *what);
	void *context;
};

/*
 * A post rendered and ready to be saved: slow work, done outside the write transaction.
 * Addresses in save->links, and local ones ("/blog/x"), get the base path. save->post.summary is what somebody typed, NULL or "" when
 * nobody did. Fills save->text, generated_summary and minutes.
 * TOO_LARGE when the text exceeds a limit, with the reason in *ret_problem.
 */
enum status post_render_prepare(struct arena *arena, const struct conf *conf, struct post_save *save,
	const struct post_render_warnings *warnings, const char **ret_problem);

/*
 * Renders a stored post anew when its renderer version is another (or force), and decides about summaries from before migration
 * 14 (page/post/summary.h). ret_done: whether it did.
 */
enum status post_render_refresh(struct db *db, struct arena *arena, const struct conf *conf, int64_t post_id,
	bool force, bool *ret_done);

/*
 * Renders the posts whose stored text is marked as stale (store/media/media_library.h), at most limit of them; *ret_more says whether any are left.
 */
enum status post_render_stale(struct db *db, struct arena *arena, const struct conf *conf, int64_t limit, bool *ret_more);

/* The version that stored text carries: renderer, and what its output depends on (base_url). */
const char *post_render_version(struct arena *arena, const struct conf *conf);

#endif
