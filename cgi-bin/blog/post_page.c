#include "blog_handlers.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "http/experiments.h"
#include "recording.h"
#include "blog_page.h"
#include "comments.h"
#include "page/post/entry.h"
#include "shared/comment_form.h"
#include "page/lang/lang.h"

enum { CONTENTS_FROM = 4, RELATED_POSTS = 3 };

/* --- the parts of a post's page --------------------------------------------------- */

/* Adds the table of contents. The database stores the headings as lines of "level TAB id TAB text". */
static void
add_contents(struct request *req, xmlNodePtr entry, const char *stored)
{
	char *rest = arena_dup(req->arena, stored), *line;
	xmlNodePtr contents;
	size_t count = 0;

	for (const char *c = stored; *c != '\0'; c++)
		count += *c == '\n';
	if (count < CONTENTS_FROM)
		return;
	contents = page_element(entry, "contents");
	while ((line = strsep(&rest, "\n")) != NULL) {
		char *level = strsep(&line, "\t"), *id = strsep(&line, "\t");
		xmlNodePtr heading;
		if (id == NULL || line == NULL)
			continue;
		heading = page_text(contents, "heading", line);
		page_attr(heading, "level", level);
		page_attr(heading, "href", arena_printf(req->arena, "#%s", id));
	}
}

/* The text after the next such character, or the end of the text. */
static const char *
after(const char *text, const char *character)
{
	text += strcspn(text, character);
	return *text == '\0' ? text : text + 1;
}

/*
 * Whether the text begins with the summary, which then need not be shown above it. Ignores markup, entities and
 * white space; compares up to a hundred bytes.
 */
static bool
begins_with(const char *xhtml, const char *summary)
{
	for (int i = 0; i < 100; i++) {
		summary += strspn(summary, " \n");
		if (*summary == '\0' || str_equal(summary, "…"))
			return true;
		while (*xhtml == '<' || *xhtml == ' ' || *xhtml == '\n')
			xhtml = *xhtml == '<' ? after(xhtml, ">") : xhtml + 1;
		if (*xhtml != '&' && *xhtml != *summary)
			return false;
		xhtml = *xhtml == '&' ? after(xhtml, ";") : xhtml + 1;
		summary++;
	}
	return true;
}

static enum status
add_body(struct request *req, xmlNodePtr entry, const struct post *post, bool full)
{
	const char *stored, *contents;

	TRY(post_part(req->db, req->arena, post->id, full, &stored, &contents));
	if (*post->summary == '\0' || begins_with(stored, post->summary))
		page_attr(entry, "summary-made", "yes");
	add_contents(req, entry, contents);
	page_fragment(entry, "body", fragment_stored(req->arena, stored));
	return OK;
}

static void
add_paywall(struct request *req, xmlNodePtr entry, const struct post *post)
{
	xmlNodePtr paywall = page_element(entry, "paywall");
	bool members = str_equal(post->access, "members");

	(void)req;
	page_attr(paywall, "access", post->access);
	page_attr(paywall, "title", members ? _("The rest of this post is for members") : _("The rest of this post is for subscribers"));
	page_attr(paywall, "advice", members ? _("Members can read the full post. Sign in to continue.")
		: _("Subscribers can read the full post. If you are a subscriber, sign in to continue."));
}

static enum status
add_translations(struct request *req, xmlNodePtr entry, const struct post *post)
{
	struct post *others;
	size_t count;
	xmlNodePtr list;

	request_translation(req, post->lang, entry_path(req->arena, post));
	TRY(post_translations(req->db, req->arena, post, req->viewer.now, &others, &count));
	if (count == 0)
		return OK;
	experiments_apply_all(req, others, count);
	list = page_element(entry, "translations");
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr other;
		if (viewer_may(&req->viewer, &others[i]) == VIEW_NONE)
			continue;
		other = page_element(list, "translation");
		page_attr(other, "lang", others[i].lang);
		page_attr(other, "lang-name", language_name(others[i].lang));
		page_href(req->page, other, "href", entry_path(req->arena, &others[i]));
		page_attr(other, "title", others[i].title);
		request_translation(req, others[i].lang, entry_path(req->arena, &others[i]));
	}
	return OK;
}

static void
add_neighbour(struct request *req, xmlNodePtr entry, const char *name, const struct post *post)
{
	xmlNodePtr element;

	if (post->id == 0 || viewer_may(&req->viewer, post) == VIEW_NONE)
		return;
	element = page_element(entry, name);
	page_href(req->page, element, "href", entry_path(req->arena, post));
	page_attr(element, "title", post->title);
}

static enum status
add_others(struct request *req, xmlNodePtr entry, const struct post *post)
{
	struct post *related, older, newer;
	size_t count;

	TRY(post_related(req->db, req->arena, post, req->viewer.now, RELATED_POSTS, &related, &count));
	experiments_apply_all(req, related, count);
	if (count > 0)
		entry_add_all(req->page, page_element(entry, "related"), related, count, &req->viewer,
			request_prefix(req));
	TRY(post_neighbours(req->db, req->arena, post, req->viewer.now, &older, &newer));
	(void)experiments_apply(req, &older);
	(void)experiments_apply(req, &newer);
	add_neighbour(req, entry, "previous", &older);
	add_neighbour(req, entry, "next", &newer);
	return OK;
}

/* Authors and editors see the stored post, and a link to the running A/B test. */
static void
add_experiment(struct request *req, const struct post *post)
{
	const struct experiment *experiment = experiments_find(req, post->id);
	const struct user *user = req->viewer.user;

	if (experiment != NULL && user_may(user, RIGHT_WRITE) && (user->id == post->author_id || user_may(user, RIGHT_EDIT)))
		page_href(req->page, page_element(req->page->root, "experiment"), "href", arena_printf(req->arena, "%s/write/%lld/experiment/%lld",
			request_prefix(req), (long long)post->id, (long long)experiment->id));
}

/* --- handlers -------------------------------------------------------------------- */

enum status
find_post(struct request *req, const char *slug, struct post *ret_post)
{
	enum status status = post_by_slug(req->db, req->arena, slug, ret_post);

	if (status == NOT_FOUND) {
		TRY(post_by_former_slug(req->db, req->arena, slug, ret_post));
		if (viewer_may(&req->viewer, ret_post) == VIEW_NONE)
			return NOT_FOUND;
		return request_moved(req, entry_path(req->arena, ret_post));
	}
	TRY(status);
	return viewer_may(&req->viewer, ret_post) == VIEW_NONE ? NOT_FOUND : OK;
}

/*
 * What only its author and the editors see is written without changing the content version, so a copy of it could be out of
 * date.
 */
static void
keep_if_public(struct request *req, const struct post *post)
{
	if (!str_equal(post->state, "published") || post->published > req->viewer.now)
		req->no_store = true;
}

/* GET /blog/:slug: one post with everything that belongs to it. */
enum status
show_post(struct request *req)
{
	struct metadata_comments comments = { 0 };
	struct metadata_site site;
	struct post post, stored;
	enum view view;
	xmlNodePtr entry;

	TRY(find_post(req, route_text(req, 0), &post));
	if (str_equal(post.kind, "page"))
		return request_moved(req, entry_path(req->arena, &post));
	view = viewer_may(&req->viewer, &post);
	req->event = "post";
	req->row = post.id;
	keep_if_public(req, &post);
	TRY(comments_depend(req, &post));
	TRY(request_page(req, post.lang, "post"));
	site = blog_page_site(req);
	add_experiment(req, &post);
	stored = post;
	(void)experiments_apply(req, &post);
	entry = entry_add(req->page, req->page->root, &post, &req->viewer, request_prefix(req));
	TRY(add_body(req, entry, &post, view == VIEW_FULL));
	TRY(add_translations(req, entry, &post));
	TRY(add_others(req, entry, &post));
	if (view != VIEW_FULL)
		add_paywall(req, entry, &post);
	else {
		TRY(recording_add(req, entry, &post));
		TRY(comments_add(req, entry, &post, &comments));
		TRY(comment_form_add_below(req, entry, &post));
	}
	metadata_post(req->page, &site, &stored, &comments);
	page_attr(req->page->root, "title", post.title);
	return OK;
}

static enum status
static_page(struct request *req, const struct post *post)
{
	enum view view = viewer_may(&req->viewer, post);
	struct metadata_site site;
	xmlNodePtr entry;

	req->event = "page";
	req->row = post->id;
	keep_if_public(req, post);
	TRY(request_page(req, post->lang, "page"));
	site = blog_page_site(req);
	metadata_post(req->page, &site, post, NULL);
	entry = entry_add(req->page, req->page->root, post, &req->viewer, request_prefix(req));
	TRY(add_body(req, entry, post, view == VIEW_FULL));
	if (view != VIEW_FULL)
		add_paywall(req, entry, post);
	return add_translations(req, entry, post);
}

/* GET /page/:slug: a static page. */
enum status
show_page(struct request *req)
{
	struct post post;

	TRY(find_post(req, route_text(req, 0), &post));
	if (!str_equal(post.kind, "page") || !str_starts(entry_path(req->arena, &post), "/page/"))
		return request_moved(req, entry_path(req->arena, &post));
	return static_page(req, &post);
}

/* GET /about and /zh/about: the page "about", or "about-zh" if it exists. */
enum status
show_about(struct request *req)
{
	const char *slug = req->prefix[0] == '\0' ? "about" : arena_printf(req->arena, "about-%s", req->prefix + 1);
	struct post post;
	enum status status = find_post(req, slug, &post);

	if (status == NOT_FOUND && req->prefix[0] != '\0') {
		TRY(find_post(req, "about", &post));
		return request_moved(req, entry_path(req->arena, &post));
	}
	TRY(status);
	if (!str_equal(post.kind, "page"))
		return request_moved(req, entry_path(req->arena, &post));
	return static_page(req, &post);
}
