/* The comments of a post: on its page, on further pages, one thread, and the permanent link to one comment. */
#include "comments.h"

#include <string.h>

#include "blog_handlers.h"
#include "blog_page.h"
#include "core/str.h"
#include "http/comment_entries.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "store/comment/comment_path.h"

static const struct field_choice orders[] = { { "best", N_("Best") }, { "newest", N_("Newest") }, { "oldest", N_("Oldest") }, { 0 } };

const struct field comments_fields[] = {
	{ .name = "order", .type = FIELD_CHOICE, .max = 10, .choices = orders },
	{ .name = "before", .type = FIELD_CURSOR, .max = 40 },
	{ 0 },
};
const struct field thread_fields[] = {
	{ .name = "after", .type = FIELD_LINE, .max = 66 }, /* comment_path_short() */
	{ 0 },
};

enum status
comments_depend(struct request *req, const struct post *post)
{
	struct comment_access access = comment_access(req->settings, &req->viewer, post);

	if (!access.may_read)
		return OK;
	TRY(request_depends(req, DEPENDS_THREAD, post->id));
	return request_depends(req, DEPENDS_TIME, access.closes);
}

/* --- a page of threads -------------------------------------------------------------- */

static const char *
comments_path(struct request *req, const struct post *post)
{
	return arena_printf(req->arena, "%s/comments", entry_path(req->arena, post));
}

static enum comment_order
order_of(const char *word)
{
	return str_equal(word, "newest") ? COMMENT_NEWEST : str_equal(word, "oldest") ? COMMENT_OLDEST : COMMENT_BEST;
}

/* The comments of a page of threads, in reading order. */
struct threads {
	struct comment *comments;
	xmlNodePtr *elements;
	size_t count;
	struct comment last; /* of the top-level comments */
	bool has_more;
};

/* Reads each thread's first comment and first replies. */
static enum status
read_threads(struct request *req, const struct post *post, enum comment_order order, const struct comment *after, struct threads *ret_threads)
{
	struct comment *top, *replies;
	size_t count, reply_count;

	*ret_threads = (struct threads){ 0 };
	TRY(comment_list_top(req->db, req->arena, post->id, order, after, COMMENT_THREADS + 1, &top, &count));
	if (count > COMMENT_THREADS) {
		ret_threads->has_more = true;
		count = COMMENT_THREADS;
	}
	ret_threads->comments = arena_array(req->arena, count * (1 + COMMENT_REPLIES), sizeof(struct comment));
	for (size_t i = 0; i < count; i++) {
		ret_threads->last = ret_threads->comments[ret_threads->count++] = top[i];
		if (top[i].replies == 0)
			continue;
		TRY(comment_list_replies(req->db, req->arena, top[i].id, "", COMMENT_REPLIES, &replies, &reply_count));
		if (reply_count > 0)
			memcpy(ret_threads->comments + ret_threads->count, replies, reply_count * sizeof(*replies));
		ret_threads->count += reply_count;
	}
	return OK;
}

/* Adds "12 more replies" to each thread that has more of them than the page. */
static void
add_more(struct request *req, const struct post *post, const struct threads *threads)
{
	for (size_t i = 0; i < threads->count; i++) {
		const struct comment *comment = &threads->comments[i];
		int64_t left = comment->replies - COMMENT_REPLIES;
		xmlNodePtr more;
		if (comment->parent_id != 0 || left <= 0)
			continue;
		more = page_text(threads->elements[i], "more", lang_count(req->arena, "%lld more reply", "%lld more replies", left));
		page_href(req->page, more, "href", arena_printf(req->arena, "%s/%lld", comments_path(req, post), (long long)comment->id));
	}
}

/* The orders that a reader can choose from. */
static void
add_views(struct request *req, xmlNodePtr list, const struct post *post, enum comment_order order)
{
	xmlNodePtr views = page_element(list, "views");

	for (size_t i = 0; orders[i].value != NULL; i++) {
		xmlNodePtr view = page_text(views, "view", lang_text(orders[i].label));
		bool current = order_of(orders[i].value) == order;
		page_href(req->page, view, "href", order_of(orders[i].value) == COMMENT_BEST ?
			arena_printf(req->arena, "%s#comments", entry_path(req->arena, post)) :
			arena_printf(req->arena, "%s?order=%s#comments", comments_path(req, post), orders[i].value));
		if (current)
			page_attr(view, "current", "yes");
	}
}

static const char *
closed_text(const struct comment_access *access)
{
	bool closed = access->refusal == COMMENT_CLOSED || access->refusal == COMMENT_CLOSED_BY_DATE || access->refusal == COMMENT_NOBODY;

	return closed ? _("Comments are closed.") : NULL;
}

static xmlNodePtr
begin_list(struct request *req, xmlNodePtr parent, const struct post *post, const struct thread *thread)
{
	struct comment_access access = comment_access(req->settings, &req->viewer, post);
	xmlNodePtr list = page_element(parent, "comments");

	page_attr(list, "count-text", lang_count(req->arena, "%lld comment", "%lld comments", thread->shown));
	page_attr(list, "closed-text", closed_text(&access));
	return list;
}

static enum status
add_threads(struct request *req, xmlNodePtr list, const struct post *post, enum comment_order order, const struct comment *after,
	struct threads *ret_threads)
{
	TRY(read_threads(req, post, order, after, ret_threads));
	if (after != NULL || (ret_threads->count > 0 && ret_threads->last.id != ret_threads->comments[0].id))
		add_views(req, list, post, order);
	ret_threads->elements = arena_array(req->arena, ret_threads->count, sizeof(xmlNodePtr));
	TRY(comment_entries_add(req, list, post, ret_threads->comments, ret_threads->count, ret_threads->elements));
	add_more(req, post, ret_threads);
	if (ret_threads->has_more)
		page_href(req->page, page_element(list, "older"), "href", arena_printf(req->arena, "%s?order=%s&before=%lld-%lld",
			comments_path(req, post), orders[order].value, (long long)ret_threads->last.rank, (long long)ret_threads->last.id));
	return OK;
}

enum status
comments_add(struct request *req, xmlNodePtr entry, const struct post *post, struct metadata_comments *ret_shown)
{
	struct threads threads;
	struct thread thread;

	*ret_shown = (struct metadata_comments){ 0 };
	if (!comment_access(req->settings, &req->viewer, post).may_read)
		return OK;
	TRY(thread_read(req->db, post->id, &thread));
	if (thread.shown == 0)
		return OK;
	TRY(add_threads(req, begin_list(req, entry, post, &thread), post, COMMENT_BEST, NULL, &threads));
	*ret_shown = (struct metadata_comments){ threads.comments, threads.count, thread.shown };
	return OK;
}

/* --- pages of their own --------------------------------------------------------------- */

/* Finds the post of such a page. NOT_FOUND also when the viewer may not read its comments. */
static enum status
need_comments(struct request *req, struct post *ret_post, struct thread *ret_thread)
{
	enum status status = find_post(req, route_text(req, 0), ret_post);

	/* A former slug leads to the same page below the new one. */
	if (status == MOVED)
		return request_moved(req, arena_printf(req->arena, "%s%s", entry_path(req->arena, ret_post), strstr(req->path, "/comments")));
	TRY(status);
	if (!comment_access(req->settings, &req->viewer, ret_post).may_read)
		return NOT_FOUND;
	TRY(thread_read(req->db, ret_post->id, ret_thread));
	return ret_thread->shown == 0 ? NOT_FOUND : OK;
}

/* Begins a page that search engines leave out in favour of the post. */
static enum status
begin_page(struct request *req, const struct post *post, const char *name, xmlNodePtr *ret_list, const struct thread *thread)
{
	const char *title;
	xmlNodePtr link;

	req->event = "comments";
	req->row = post->id;
	if (!str_equal(post->state, "published") || post->published > req->viewer.now)
		req->no_store = true;
	TRY(comments_depend(req, post));
	TRY(request_page(req, post->lang, name));
	title = arena_printf(req->arena, _("Comments on %s"), post->title);
	blog_page_heading(req, title, title);
	page_attr(req->page->root, "robots", "noindex");
	page_attr(req->page->root, "canonical", str_empty(post->canonical_url) ? request_url(req, entry_path(req->arena, post)) : post->canonical_url);
	link = page_element(req->page->root, "back");
	page_href(req->page, link, "href", entry_path(req->arena, post));
	page_attr(link, "title", post->title);
	*ret_list = begin_list(req, req->page->root, post, thread);
	return OK;
}

/* GET /blog/:slug/comments: threads in another order, or after those of the page before. */
enum status
show_comments(struct request *req)
{
	enum comment_order order = order_of(request_field(req, "order"));
	struct comment after = { 0 };
	long long rank, id;
	struct threads threads;
	struct thread thread;
	struct post post;
	bool has_cursor = field_cursor(request_field(req, "before"), &rank, &id);
	xmlNodePtr list;

	TRY(need_comments(req, &post, &thread));
	if (has_cursor) {
		after.rank = rank;
		after.id = id;
	}
	TRY(begin_page(req, &post, "comments", &list, &thread));
	return add_threads(req, list, &post, order, has_cursor ? &after : NULL, &threads);
}

/* GET /blog/:slug/comments/:id: one thread, by its first comment. */
enum status
show_comment_thread(struct request *req)
{
	const char *asked = request_field(req, "after"), *after = comment_path_long(req->arena, asked == NULL ? "" : asked);
	struct comment root, *replies, *all;
	struct thread thread;
	struct post post;
	long long id;
	size_t count;
	bool has_more;
	xmlNodePtr list;

	if (after == NULL || !str_to_integer(route_text(req, 1), &id))
		return NOT_FOUND;
	TRY(need_comments(req, &post, &thread));
	TRY(comment_by_id(req->db, req->arena, id, &root));
	if (root.post_id != post.id || !root.listed)
		return NOT_FOUND;
	if (root.parent_id != 0)
		return request_moved(req, arena_printf(req->arena, "/comment/%lld", id));
	TRY(comment_list_replies(req->db, req->arena, root.id, after, COMMENT_THREAD_PAGE + 1, &replies, &count));
	has_more = count > COMMENT_THREAD_PAGE;
	count -= has_more;
	TRY(begin_page(req, &post, "comment-thread", &list, &thread));
	all = arena_array(req->arena, count + 1, sizeof(*all));
	all[0] = root;
	if (count > 0)
		memcpy(all + 1, replies, count * sizeof(*all));
	TRY(comment_entries_add(req, list, &post, all, count + 1, NULL));
	if (*after != '\0')
		page_href(req->page, page_element(list, "newer"), "href", arena_printf(req->arena, "%s/%lld", comments_path(req, &post), id));
	if (has_more)
		page_href(req->page, page_element(list, "older"), "href", arena_printf(req->arena, "%s/%lld?after=%s", comments_path(req, &post), id,
			comment_path_short(req->arena, replies[count - 1].path)));
	return OK;
}

/* GET /comment/:id: the permanent link to a comment. It leads to the page of its thread that shows it. */
enum status
show_comment_link(struct request *req)
{
	struct comment comment;
	struct post post;
	const char *after;
	long long id;

	if (!str_to_integer(route_text(req, 0), &id))
		return NOT_FOUND;
	TRY(comment_by_id(req->db, req->arena, id, &comment));
	TRY(post_by_id(req->db, req->arena, comment.post_id, &post));
	if (!comment.listed || !comment_access(req->settings, &req->viewer, &post).may_read)
		return NOT_FOUND;
	TRY(comment_find_page(req->db, req->arena, &comment, &after));
	return request_moved(req, arena_printf(req->arena, "%s/%lld%s%s#c%lld", comments_path(req, &post), (long long)comment.root_id,
		*after == '\0' ? "" : "?after=", comment_path_short(req->arena, after), id));
}
