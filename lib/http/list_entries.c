/*
 * Entries of lists are rendered separately from the page and cached (page/theme/fragment_cache.h). The document
 * that they are rendered from contains the posts, the site's names and the language, and nothing about the reader
 * or the rest of the request. So a theme cannot put anything into a cached entry that another reader must not see.
 */
#include "http/list_entries.h"

#include "core/str.h"
#include "http/experiments.h"
#include "page/post/entry.h"
#include "page/theme/fragment_cache.h"
#include "store/comment/comment_access.h"

struct making {
	struct page *page;   /* the document of the entries that are not cached; NULL: all are */
	const char **keys;   /* their cache keys, in order */
	const char **pieces; /* of all entries; NULL: not yet rendered */
	size_t missing;
};

/* Whether the number of comments is shown: to those who may read them. */
static bool
counts_comments(const struct request *req, const struct post *post)
{
	return comment_access(req->settings, &req->viewer, post).may_read;
}

/*
 * Everything that an entry depends on besides the content version and the theme. letter: the variant shown in an
 * A/B test.
 */
static const char *
key_of(const struct request *req, const struct post *post, char letter)
{
	return arena_printf(req->arena, "%s %s %lld %d %lld %c", req->lang, request_prefix(req), (long long)post->id,
		viewer_may(&req->viewer, post) == VIEW_FULL, counts_comments(req, post) ? (long long)post->comment_step : 0, letter);
}

static void
ask_for(struct request *req, struct making *making, const struct post *post, const char *key)
{
	if (making->page == NULL) {
		xmlNodePtr site;
		making->page = page_new(req->arena, req->lang, req->conf->base_url, req->conf->base_path);
		page_attr(making->page->root, "name", "entries");
		site = page_element(making->page->root, "site");
		page_attr(site, "name", request_setting(req, "title"));
		page_attr(site, "author", request_setting(req, "author_name"));
	}
	making->keys[making->missing++] = key;
	entry_add_comments(entry_add(making->page, making->page->root, post, &req->viewer, request_prefix(req)), making->page, post,
		counts_comments(req, post));
}

/* Renders the missing entries. NOT_FOUND when the theme has no template for entries. */
static enum status
make(struct request *req, struct making *making, size_t count)
{
	struct fragment_cache *cache = theme_cache(req->theme);
	const char **made = arena_array(req->arena, making->missing, sizeof(*made));
	size_t next = 0;

	TRY(theme_pieces(req->theme, req->arena, making->page, made, making->missing));
	for (size_t i = 0; i < count; i++) {
		if (making->pieces[i] != NULL)
			continue;
		fragment_cache_add(cache, making->keys[next], made[next]);
		making->pieces[i] = made[next++];
	}
	return OK;
}

enum status
list_entries_add(struct request *req, xmlNodePtr parent, const struct post *posts, size_t count)
{
	struct making making = { .keys = arena_array(req->arena, count, sizeof(char *)),
		.pieces = arena_array(req->arena, count, sizeof(char *)) };
	struct fragment_cache *cache = theme_cache(req->theme);
	size_t shown = 0;
	enum status status = OK;

	fragment_cache_use(cache, req->change.counter);
	for (size_t i = 0; i < count; i++) {
		struct post post = posts[i];
		const char *key;
		if (viewer_may(&req->viewer, &post) == VIEW_NONE)
			continue;
		key = key_of(req, &post, experiments_apply(req, &post));
		making.pieces[shown] = fragment_cache_find(cache, req->arena, key);
		if (making.pieces[shown] == NULL)
			ask_for(req, &making, &post, key);
		shown++;
	}
	if (making.missing > 0)
		status = make(req, &making, shown);
	/* If the theme fails, the entries become part of the page, which the default theme may have to render as well. */
	if (status == NOT_FOUND || (status == FAULT && req->theme != req->default_theme)) {
		for (size_t i = 0; i < count; i++) {
			struct post post = posts[i];
			(void)experiments_apply(req, &post);
			if (viewer_may(&req->viewer, &post) == VIEW_NONE)
				continue;
			entry_add_comments(entry_add(req->page, parent, &post, &req->viewer, request_prefix(req)), req->page, &post,
				counts_comments(req, &post));
		}
		return OK;
	}
	TRY(status);
	for (size_t i = 0; i < shown; i++)
		page_fragment(parent, "entry", fragment_stored(req->arena, making.pieces[i]));
	return OK;
}
