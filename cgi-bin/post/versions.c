/* The version history of a post: each save makes a version, and each can be restored. */
#include "post_list.h"

#include "core/clock.h"
#include "core/str.h"
#include "http/form.h"
#include "page/lang/lang.h"
#include "page/post/image.h"
#include "page/post/post_render.h"
#include "store/post/post_author.h"

/* The post in the address. NOT_FOUND when this user may not edit it. */
static enum status
need_post(struct request *req, struct post *ret_post, const char **ret_markdown)
{
	long long id;

	if (!str_to_integer(route_text(req, 0), &id))
		return NOT_FOUND;
	return post_author_load(req->db, req->arena, req->viewer.user, id, ret_post, ret_markdown);
}

static enum status
need_version(struct request *req, const struct post *post, struct revision *ret_revision)
{
	long long number;

	if (!str_to_integer(route_text(req, 1), &number))
		return NOT_FOUND;
	return revision_by_number(req->db, req->arena, post->id, number, ret_revision);
}

static const char *
version_path(struct request *req, const struct post *post, int64_t number)
{
	const char *all = arena_printf(req->arena, "%s/write/%lld/versions", req->prefix, (long long)post->id);

	return number == 0 ? all : arena_printf(req->arena, "%s/%lld", all, (long long)number);
}

static const char *
reason_text(const char *reason)
{
	static const struct field_choice reasons[] = { { "save", N_("Saved") }, { "publish", N_("Published") },
		{ "unpublish", N_("Unpublished") }, { "restore", N_("Restored") }, { "experiment", N_("A/B test winner") }, { "move", N_("Moved in queue") }, { "import", N_("Imported") },
		{ "sample", N_("Sample") },
		{ "trash", N_("Moved to trash") }, { "untrash", N_("Restored from trash") }, { "draft", N_("Changed to draft") },
		{ "published", N_("Published") }, { "unpublished", N_("Unpublished") }, { 0 } };

	for (const struct field_choice *known = reasons; known->value != NULL; known++)
		if (str_equal(known->value, reason))
			return lang_text(known->label);
	return reason;
}

static void
describe(struct request *req, xmlNodePtr element, const struct revision *revision)
{
	page_attr_int(element, "number", revision->number);
	page_attr(element, "time", clock_rfc3339(req->arena, revision->created));
	page_attr(element, "time-text", clock_local(req->arena, revision->created));
	page_attr(element, "reason-text", reason_text(revision->reason));
	if (!str_empty(revision->user_name))
		page_attr(element, "by", revision->user_name);
	page_attr(element, "title", revision->title);
}

static enum status
begin_page(struct request *req, const struct post *post)
{
	TRY(request_page(req, request_language(req), "versions"));
	page_attr(req->page->root, "title", post->title);
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", post->title);
	page_href(req->page, page_element(req->page->root, "post-edit"), "href",
		arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)post->id));
	return OK;
}

/* GET /write/:id/versions */
enum status
show_versions(struct request *req)
{
	struct revision *revisions;
	const char *markdown;
	struct post post;
	size_t count;
	xmlNodePtr list;

	TRY(need_post(req, &post, &markdown));
	TRY(revision_list(req->db, req->arena, post.id, &revisions, &count));
	TRY(begin_page(req, &post));
	list = page_element(req->page->root, "versions");
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr version = page_element(list, "version");
		describe(req, version, &revisions[i]);
		page_href(req->page, version, "href", version_path(req, &post, revisions[i].number));
		if (revisions[i].number == post.revision)
			page_attr(version, "current", "yes");
	}
	if (count > 1)
		page_href(req->page, list, "compare", arena_printf(req->arena, "%s/write/%lld/compare", req->prefix, (long long)post.id));
	return OK;
}

/* GET /write/:id/versions/:number */
enum status
show_version(struct request *req)
{
	struct form form = { .name = "restore", .button = _("Restore this version") };
	struct revision revision;
	const char *markdown;
	struct post post;
	xmlNodePtr version;

	TRY(need_post(req, &post, &markdown));
	TRY(need_version(req, &post, &revision));
	TRY(begin_page(req, &post));
	page_href(req->page, page_element(req->page->root, "all"), "href", version_path(req, &post, 0));
	version = page_element(req->page->root, "version");
	describe(req, version, &revision);
	(void)page_text(version, "text", revision.markdown);
	if (revision.number == post.revision)
		return OK;
	form.path = version_path(req, &post, revision.number);
	form.button = _("Restore this version");
	return form_add(req, req->page->root, &form, NULL);
}

/*
 * POST /write/:id/versions/:number: saves the texts of that version as the newest one. Publish date, state and
 * access stay as they are.
 */
enum status
take_version(struct request *req)
{
	struct post_save save = { .user_id = req->viewer.user->id, .reason = "restore" };
	struct revision revision;
	struct post_link *links;
	const char *markdown, *problem, **tags;
	int64_t id;

	TRY(need_post(req, &save.post, &markdown));
	TRY(need_version(req, &save.post, &revision));
	if (str_equal(save.post.state, "published") && post_merge_is_open(revision.markdown))
		return form_wrong(req, "", _("A conflict marked with ⚠ is not resolved yet. Keep the text you want and delete the marks."));
	TRY(post_links(req->db, req->arena, save.post.id, &links, &save.link_count));
	tags = arena_array(req->arena, save.post.tag_count + 1, sizeof(*tags));
	for (size_t i = 0; i < save.post.tag_count; i++)
		tags[save.tag_count++] = save.post.tags[i].name;
	save.tags = tags;
	save.links = links;
	save.expected_revision = save.post.revision;
	save.post.title = revision.title;
	save.post.summary = revision.summary;
	save.post.updated = req->viewer.now;
	save.text.markdown = revision.markdown;
	TRY(image_links(req->db, req->arena, &save));
	TRY(post_render_prepare(req->arena, req->conf, &save, NULL, &problem));
	TRY(request_write(req, false));
	TRY(post_save(req->db, req->arena, &save, &id));
	return request_see(req, arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)id));
}
