#include "http/comment_entries.h"

#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "page/lang/lang.h"
#include "page/theme/fragment_cache.h"
#include "store/comment/comment_access.h"
#include "store/comment/comment_vote.h"

/* --- the frame of a comment ------------------------------------------------------- */

static bool
is_shown(const struct comment *comment)
{
	return str_equal(comment->state, "shown");
}

/* The word beside the name of somebody who works for the site, from the current role of the account; or NULL. */
static const char *
badge_of(const struct comment *comment, const struct post *post)
{
	static const char *const roles[] = { "owner", "editor", "moderator", "author", NULL };

	if (comment->user_id == 0)
		return NULL;
	if (comment->user_id == post->author_id)
		return "author";
	for (size_t i = 0; roles[i] != NULL; i++)
		if (str_equal(comment->role, roles[i]))
			return roles[i];
	return NULL;
}

static const char *
badge_text(const char *badge)
{
	return str_equal(badge, "owner") ? _("Site owner") : str_equal(badge, "editor") ? _("Editor") : str_equal(badge, "moderator") ?
		_("Moderator") : _("Author");
}

const char *
comment_entries_name(const struct comment *comment)
{
	return *comment->name == '\0' ? _("Deleted user") : comment->name;
}

/* The text is parsed: a piece of a page cannot hold a placeholder for stored text. */
static enum status
fill_frame(struct page *page, xmlNodePtr element, const struct comment *comment, const struct post *post)
{
	const char *badge = badge_of(comment, post), *lang = *comment->lang == '\0' ? post->lang : comment->lang;
	struct fragment *text;

	page_attr(element, "id", arena_printf(page->arena, "c%lld", (long long)comment->id));
	if (!is_shown(comment)) {
		page_attr(element, "gone-text", str_equal(comment->state, "deleted") ? _("This comment was deleted.") :
			_("This comment is not shown."));
		return OK;
	}
	page_href(page, element, "href", arena_printf(page->arena, "/comment/%lld", (long long)comment->id));
	page_attr(element, "name", comment_entries_name(comment));
	if (comment->user_id == 0 && *comment->name != '\0')
		page_attr(element, "guest", "yes");
	/* A guest's link is shown once a person approved the comment. */
	if (*comment->link != '\0' && comment->decided != 0)
		page_attr(element, "link", comment->link);
	page_attr(element, "badge", badge);
	if (badge != NULL)
		page_attr(element, "badge-text", badge_text(badge));
	page_date(page, element, "published", comment->created);
	if (comment->edited != 0)
		page_date(page, element, "edited", comment->edited);
	if (!str_equal(lang, page->lang))
		page_attr(element, "lang", lang);
	TRY(fragment_read(page->arena, comment->xhtml, &text));
	page_fragment(element, "text", text);
	return OK;
}

static void
add_text(struct digest *digest, const char *text)
{
	/* With its end, so that no two comments give the same bytes. */
	digest_add(digest, text == NULL ? "" : text, text == NULL ? 1 : strlen(text) + 1);
}

/*
 * Everything that a frame depends on besides the settings and the theme. The text is part of it, not only the version: a database
 * that was put back from a backup can have the same id and version with another text.
 */
static const char *
key_of(const struct request *req, const struct post *post, const struct comment *comment)
{
	struct digest *digest = digest_new(req->arena);

	add_text(digest, comment->state);
	add_text(digest, comment->name);
	add_text(digest, badge_of(comment, post));
	add_text(digest, comment->decided != 0 ? comment->link : "");
	add_text(digest, *comment->lang == '\0' ? post->lang : comment->lang);
	add_text(digest, comment->xhtml);
	return arena_printf(req->arena, "comment %s %lld %lld %lld %lld %d %s", req->lang, (long long)comment->id, (long long)comment->version,
		(long long)comment->created, (long long)comment->edited, comment->user_id == 0, digest_end(req->arena, digest));
}

/* --- rendering the frames that are not cached --------------------------------------- */

struct making {
	struct page *page;    /* the document of the frames that are not cached */
	const char **pieces;  /* of all comments; NULL: not yet rendered */
	const char **keys;
	size_t missing;
};

static void
begin_page(struct request *req, struct making *making)
{
	xmlNodePtr site;

	making->page = page_new(req->arena, req->lang, req->conf->base_url, req->conf->base_path);
	page_attr(making->page->root, "name", "entries");
	site = page_element(making->page->root, "site");
	page_attr(site, "name", request_setting(req, "title"));
	page_attr(site, "author", request_setting(req, "author_name"));
}

/* NOT_FOUND when the theme has no template for frames. */
static enum status
make_frames(struct request *req, const struct post *post, const struct comment *comments, size_t count, struct making *making)
{
	struct fragment_cache *cache = theme_cache(req->theme);
	const char **made;
	size_t next = 0;

	fragment_cache_use(cache, setting_digest(req->settings));
	for (size_t i = 0; i < count; i++) {
		making->keys[i] = key_of(req, post, &comments[i]);
		if (!req->verifies)
			making->pieces[i] = fragment_cache_find(cache, req->arena, making->keys[i]);
		if (making->pieces[i] != NULL)
			continue;
		if (making->missing++ == 0)
			begin_page(req, making);
		TRY(fill_frame(making->page, page_element(making->page->root, "comment"), &comments[i], post));
	}
	if (making->missing == 0)
		return OK;
	made = arena_array(req->arena, making->missing, sizeof(*made));
	TRY(theme_pieces(req->theme, req->arena, making->page, made, making->missing));
	for (size_t i = 0; i < count; i++) {
		if (making->pieces[i] != NULL)
			continue;
		making->pieces[i] = made[next++];
		fragment_cache_add(cache, making->keys[i], making->pieces[i]);
	}
	return OK;
}

/* --- what readers can do -------------------------------------------------------------- */

/*
 * Adds the links below a comment. They are not part of its frame, because votes do not change its version, and because they depend on the
 * reader's rights.
 */
static void
add_actions(struct request *req, xmlNodePtr element, const struct post *post, const struct comment *comment, bool writes, bool votes)
{
	xmlNodePtr actions;
	long long helpful = (comment->helpful + VOTE_MEMBER - 1) / VOTE_MEMBER;
	bool flags = req->viewer.user != NULL; /* also below their own comments, so that members with equal rights get the same bytes */

	if (!is_shown(comment) || (!writes && !votes && !flags && helpful == 0))
		return;
	actions = page_element(element, "actions");
	if (writes)
		page_href(req->page, actions, "reply", arena_printf(req->arena, "/comment/on/%s?reply=%lld", page_encode(req->arena, post->slug),
			(long long)comment->id));
	if (votes)
		page_href(req->page, actions, "vote", arena_printf(req->arena, "/comment/%lld/vote", (long long)comment->id));
	if (flags)
		page_href(req->page, actions, "flag", arena_printf(req->arena, "/comment/%lld/flag", (long long)comment->id));
	if (votes || helpful > 0)
		page_attr(actions, "helpful-text", helpful == 0 ? _("Helpful") : lang_count(req->arena, "Helpful (%lld)", "Helpful (%lld)", helpful));
}

/* --- the tree ------------------------------------------------------------------------ */

/* The comments that the next one can be nested in, by depth. */
struct branch {
	xmlNodePtr elements[COMMENT_DEPTH_MAX + 1];
	int64_t ids[COMMENT_DEPTH_MAX + 1];
};

/* Names the comment that a reply is about, where it is not nested in it. */
static void
add_reply_to(struct request *req, xmlNodePtr element, const struct comment *comments, size_t index)
{
	xmlNodePtr reply_to = page_element(element, "reply-to");
	int64_t parent = comments[index].parent_id;

	for (size_t i = index; i-- > 0 && comments[i].root_id == comments[index].root_id;)
		if (comments[i].id == parent) {
			page_attr(reply_to, "href", arena_printf(req->arena, "#c%lld", (long long)parent));
			if (is_shown(&comments[i]))
				page_attr(reply_to, "name", comment_entries_name(&comments[i]));
			return;
		}
	page_href(req->page, reply_to, "href", arena_printf(req->arena, "/comment/%lld", (long long)parent));
}

static xmlNodePtr
add_element(struct request *req, xmlNodePtr parent, struct branch *branch, const struct comment *comments, size_t index)
{
	const struct comment *comment = &comments[index];
	int depth = (int)comment->depth, above = depth - 1;
	xmlNodePtr element;

	if (index == 0 || comments[index - 1].root_id != comment->root_id)
		*branch = (struct branch){ 0 };
	while (above >= 0 && branch->elements[above] == NULL)
		above--;
	element = page_element(above < 0 ? parent : branch->elements[above], "comment");
	if (comment->parent_id != 0 && (above < 0 || branch->ids[above] != comment->parent_id) && is_shown(comment))
		add_reply_to(req, element, comments, index);
	branch->elements[depth] = element;
	branch->ids[depth] = comment->id;
	for (int below = depth + 1; below <= COMMENT_DEPTH_MAX; below++)
		branch->elements[below] = NULL;
	return element;
}

enum status
comment_entries_add(struct request *req, xmlNodePtr parent, const struct post *post, const struct comment *comments, size_t count,
	xmlNodePtr *elements)
{
	struct making making = { .pieces = arena_array(req->arena, count, sizeof(char *)), .keys = arena_array(req->arena, count, sizeof(char *)) };
	struct branch branch = { 0 };
	bool writes = comment_access(req->settings, &req->viewer, post).refusal == COMMENT_ALLOWED;
	bool votes = req->viewer.user != NULL || str_equal(request_setting(req, "votes_from"), "everybody");
	enum status status = make_frames(req, post, comments, count, &making);
	bool rendered = status == OK;

	/* If the theme fails, the frames become part of the page, which the default theme may have to render as well. */
	if (status != NOT_FOUND && !(status == FAULT && req->theme != req->default_theme))
		TRY(status);
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr element = add_element(req, parent, &branch, comments, i);
		if (rendered)
			page_fragment(element, "rendered", fragment_stored(req->arena, making.pieces[i]));
		else
			TRY(fill_frame(req->page, element, &comments[i], post));
		add_actions(req, element, post, &comments[i], writes, votes);
		if (elements != NULL)
			elements[i] = element;
	}
	return OK;
}
