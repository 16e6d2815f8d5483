/* A post and its form: the values of the fields, and reading what was sent. */
#include "post_list.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/text.h"
#include "core/token.h"
#include "http/form_merge.h"
#include "http/form_time.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/post/post_author.h"
#include "store/post/tag.h"
#include "store/post/translation.h"

enum { TAGS_OFFERED = 60, POSTS_OFFERED = 30 };

enum status
post_form_load(struct request *req, struct post_form *ret_draft)
{
	struct post_form draft = { .post = { .kind = "article", .state = "draft", .access = "public", .title = "", .summary = "", .slug = "",
		.lang = request_language(req), .author_id = req->viewer.user->id, .cover_alt = "", .canonical_url = "",
		.comment_access = request_setting(req, "comment_access") }, .markdown = "", .translation = "" };
	struct post other;
	enum status status;
	long long id;

	if (strstr(req->route->pattern, ":id") != NULL) {
		if (!str_to_integer(route_text(req, 0), &id))
			return NOT_FOUND;
		TRY(post_author_load(req->db, req->arena, req->viewer.user, id, &draft.post, &draft.markdown));
		status = translation_other(req->db, req->arena, req->viewer.user, &draft.post, &other);
		if (status == OK)
			draft.translation = other.slug;
		else if (status != NOT_FOUND)
			return status;
	}
	*ret_draft = draft;
	return OK;
}

const char *
post_form_path(struct request *req, const struct post_form *draft)
{
	if (draft->post.id == 0)
		return arena_printf(req->arena, "%s/write/new", req->prefix);
	return arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)draft->post.id);
}

/* --- values of the form -------------------------------------------------------------- */

static const char *
tags_of(struct request *req, const struct post *post)
{
	struct str text = str_init(req->arena);

	for (size_t i = 0; i < post->tag_count; i++)
		str_printf(&text, "%s%s", i == 0 ? "" : ", ", post->tags[i].name);
	return text.bytes;
}

/* Whether the form shows a time. A draft without a chosen time shows none. */
static bool
shows_time(const struct post *post)
{
	return post->id != 0 && (!str_equal(post->state, "draft") || post_is_timed(post));
}

/* The publish date in local time, in the form that the field accepts. */
static const char *
when_of(struct request *req, const struct post *post)
{
	if (post->id == 0)
		return str_equal(req->method, "POST") ? "" : request_field(req, "when");
	return shows_time(post) ? clock_local(req->arena, post->published) : "";
}

static const char *
fold_of(const struct post *post)
{
	return shows_time(post) ? form_time_fold(post->published) : "";
}

const char **
post_form_values(struct request *req, const struct post_form *draft)
{
	const struct post *post = &draft->post;
	const char *const pairs[] = { "title", post->title, "text", draft->markdown, "summary", post->summary, "tags", tags_of(req, post),
		"lang", post->lang, "access", post->access, "slug", post->slug, "when", when_of(req, post), "when_fold", fold_of(post), "kind", post->kind,
		"translation_of", draft->translation, "comments", post->comment_access, "canonical", post->canonical_url,
		"featured", post->featured ? "yes" : "no", "revision", arena_printf(req->arena, "%lld", (long long)post->revision),
		"form_key", token_new(req->arena), NULL };
	const char **values = arena_alloc(req->arena, sizeof(pairs));

	memcpy(values, pairs, sizeof(pairs));
	return values;
}

const struct form_watched *
post_form_watched(struct request *req, const struct post_form *draft)
{
	struct form_watched *watched = arena_array(req->arena, 2, sizeof(*watched));

	if (draft->post.id != 0)
		watched[0] = (struct form_watched){ "state", draft->post.state, _("Status"), post_list_state(req, draft->post.state, draft->post.published) };
	return watched;
}

/*
 * The fields of the form. Only editors may create pages (which are outside of all lists) and choose the featured
 * post. The choice between two times appears only where clocks are set back.
 */
const struct field *
post_form_fields(struct request *req, const struct post_form *draft)
{
	static const struct field_choice own_kinds[] = {
		{ "article", N_("Article") }, { "audio", N_("Audio") }, { "video", N_("Video") }, { 0 },
	};
	bool editor = user_may(req->viewer.user, RIGHT_EDIT), folds = form_time_needs_fold(req, "when", fold_of(&draft->post));
	size_t count = 0, kept = 0;
	struct field *fields;

	while (post_fields[count].name != NULL)
		count++;
	fields = arena_array(req->arena, count + 1, sizeof(*fields));
	for (size_t i = 0; i < count; i++) {
		if ((!editor && str_equal(post_fields[i].name, "featured")) || (!folds && str_equal(post_fields[i].name, "when_fold")) ||
			(draft->post.id == 0 && str_equal(post_fields[i].name, "base"))) /* nobody else can have saved a new post */
			continue;
		fields[kept] = post_fields[i];
		/* An author's page stays a page: without this choice, saving the form would make it an article. */
		if (!editor && str_equal(fields[kept].name, "kind") && !str_equal(draft->post.kind, "page"))
			fields[kept].choices = own_kinds;
		kept++;
	}
	return fields;
}

static int
by_posts(const void *a, const void *b)
{
	int64_t first = ((const struct tag *)a)->posts, second = ((const struct tag *)b)->posts;

	return first < second ? 1 : first > second ? -1 : 0;
}

static void
suggest(xmlNodePtr field, const char *value, const char *words)
{
	xmlNodePtr element = page_text(field, "suggestion", words);

	page_attr(element, "value", value);
}

static xmlNodePtr
field_of(xmlNodePtr form, const char *name)
{
	for (xmlNodePtr child = xmlFirstElementChild(form); child != NULL; child = xmlNextElementSibling(child)) {
		xmlAttrPtr named = xmlHasProp(child, (const xmlChar *)"name");
		if (named != NULL && named->children != NULL && str_equal((const char *)named->children->content, name))
			return child;
	}
	return form;
}

/* Suggests the most used tags, and the user's newest posts in another language. */
enum status
post_form_suggest(struct request *req, xmlNodePtr form, const struct post_form *draft)
{
	const struct post_author_filter newest = { .state = "", .kind = "", .lang = "", .now = req->viewer.now };
	xmlNodePtr tags_field = field_of(form, "tags"), posts_field = field_of(form, "translation_of");
	struct post *posts;
	struct tag *tags;
	size_t count, offered = 0;

	TRY(tag_list(req->db, req->arena, "", req->viewer.now, &tags, &count));
	qsort(tags, count, sizeof(*tags), by_posts);
	for (size_t i = 0; i < count && i < TAGS_OFFERED; i++)
		suggest(tags_field, tags[i].name, NULL);
	TRY(post_author_list(req->db, req->arena, req->viewer.user, &newest, &posts, &count));
	for (size_t i = 0; i < count && offered < POSTS_OFFERED; i++) {
		if (posts[i].id == draft->post.id || (draft->post.id != 0 && str_equal(posts[i].lang, draft->post.lang)))
			continue;
		suggest(posts_field, posts[i].slug, posts[i].title);
		offered++;
	}
	return OK;
}

/* --- reading the form ---------------------------------------------------------------- */

static enum status
take_tags(struct request *req, struct post_save *save)
{
	const char **tags = arena_array(req->arena, POST_TAGS_MAX, sizeof(*tags));
	const char *given = request_field(req, "tags"), *rest = given == NULL ? "" : given, *name;

	save->tags = tags;
	while ((name = text_list_next(req->arena, &rest)) != NULL) {
		if (save->tag_count == POST_TAGS_MAX)
			return form_wrong(req, "tags", arena_printf(req->arena, _("A post can have %d tags at most. Remove the others."), POST_TAGS_MAX));
		tags[save->tag_count++] = name;
	}
	return OK;
}

/* Sets the publish date. A published post keeps its date; publishing sets it to now; a draft may have none. */
static enum status
take_time(struct request *req, struct post *post, bool publishing)
{
	const char *when = request_field(req, "when");
	int64_t stored = post->published;

	if (!str_empty(when)) {
		TRY(form_time(req, "when", shows_time(post) ? &stored : NULL, &post->published));
	} else if (publishing && !str_equal(post->state, "published")) {
		post->published = req->viewer.now;
	} else if (when != NULL && str_equal(post->state, "draft")) {
		post->published = post->created;
	}
	if (post->published == 0)
		post->published = req->viewer.now;
	return OK;
}

/* Accepts https with a host, and no character that would end an address in a page or a feed. */
static bool
is_canonical(const char *address)
{
	static const char scheme[] = "https://";
	const char *host = address + strlen(scheme);
	size_t length;

	if (!str_starts(address, scheme))
		return false;
	length = strcspn(host, "/?#");
	return length > 0 && strcspn(host, " \"<>\\^`{|}@") == strlen(host) && memchr(host, '.', length) != NULL;
}

/* Fields that a form may omit; the stored values then stay. */
static enum status
take_rest(struct request *req, struct post *post)
{
	const char *kind = request_field(req, "kind"), *comments = request_field(req, "comments"),
		*canonical = request_field(req, "canonical"), *featured = request_field(req, "featured");
	bool editor = user_may(req->viewer.user, RIGHT_EDIT);

	if (kind != NULL && str_equal(kind, "page") && !str_equal(post->kind, "page") && !editor)
		return form_wrong(req, "kind", _("Only editors can create pages."));
	if (kind != NULL)
		post->kind = kind;
	if (comments != NULL)
		post->comment_access = comments;
	if (featured != NULL)
		post->featured = str_equal(featured, "yes");
	if (canonical == NULL)
		return OK;
	post->canonical_url = str_trim(req->arena, canonical);
	if (*post->canonical_url != '\0' && !is_canonical(post->canonical_url))
		return form_wrong(req, "canonical", _("Enter a full URL that starts with https://."));
	return OK;
}

static const char *
reason_of(struct request *req)
{
	const char *why = request_field(req, "why"), *action = request_field(req, "do");

	if (!str_empty(why))
		return why;
	if (str_equal(action, "publish") || str_equal(action, POST_LIST_QUEUE))
		return "publish";
	return str_equal(action, "withdraw") ? action : "save";
}

static enum status
take_state(struct request *req, struct post_save *save)
{
	const char *action = request_field(req, "do");
	bool slot = str_equal(action, POST_LIST_QUEUE), publishing = slot || str_equal(action, "publish");

	save->in_next_slot = slot;
	if (slot && str_equal(save->post.state, "published") && save->post.published <= req->viewer.now)
		return form_wrong(req, "", _("This post is already published."));
	TRY(take_time(req, &save->post, publishing));
	if ((publishing || str_equal(save->post.state, "published")) && !str_equal(action, "withdraw") && !str_equal(action, "preview") &&
		post_merge_is_open(save->text.markdown))
		return form_wrong(req, "text", _("A conflict marked with ⚠ is not resolved yet. Keep the text you want and delete the marks."));
	if (publishing)
		save->post.state = "published";
	else if (str_equal(action, "withdraw"))
		save->post.state = "unpublished";
	return OK;
}

enum status
post_form_take(struct request *req, const struct post_form *draft, struct post_save *ret_save)
{
	struct post_save save = { .post = draft->post, .text.markdown = request_field(req, "text"), .user_id = req->viewer.user->id };
	const char *slug = request_field(req, "slug"), *number = request_field(req, "revision");
	struct post_link *links;
	long long revision;

	if (!str_to_integer(number == NULL ? "" : number, &revision))
		return BAD_REQUEST;
	if (save.text.markdown == NULL)
		save.text.markdown = "";
	save.post.title = request_field(req, "title");
	if (str_empty(save.post.title))
		return form_wrong(req, "title", _("Required"));
	save.post.summary = request_field(req, "summary");
	save.post.lang = request_field(req, "lang");
	save.post.access = request_field(req, "access");
	save.post.slug = text_slug(req->arena, str_empty(slug) ? save.post.title : slug);
	if (*save.post.slug == '\0')
		return form_wrong(req, str_empty(slug) ? "title" : "slug", _("Enter at least one letter or digit."));
	TRY(take_tags(req, &save));
	TRY(take_rest(req, &save.post));
	TRY(take_state(req, &save));
	if (save.post.id == 0)
		save.post.created = req->viewer.now;
	else
		TRY(post_links(req->db, req->arena, save.post.id, &links, &save.link_count));
	save.links = save.link_count == 0 ? NULL : links;
	save.post.updated = req->viewer.now;
	save.reason = reason_of(req);
	/*
	 * form_merge() compared the form with this revision, so it must still be the stored one when the post is
	 * written.
	 */
	save.expected_revision = draft->post.id == 0 ? 0 : draft->post.revision;
	*ret_save = save;
	return OK;
}

/* --- translations ------------------------------------------------------------------- */

/* Moves the post out of its translation group into a group of its own. */
static enum status
leave_work(struct request *req, const struct post_form *draft, struct post_save *save)
{
	TRY(translation_regroup(req->db, &draft->post));
	save->post.work_id = draft->post.id;
	return OK;
}

enum status
post_form_join_work(struct request *req, const struct post_form *draft, struct post_save *save)
{
	const char *typed = request_field(req, "translation_of");
	struct post other;
	enum status status;

	if (typed != NULL && *str_trim(req->arena, typed) == '\0' && *draft->translation != '\0')
		TRY(leave_work(req, draft, save));
	if (!str_empty(typed) && !str_equal(typed, draft->translation)) {
		status = translation_find(req->db, req->arena, req->viewer.user, typed, &other);
		if (status == NOT_FOUND)
			return form_wrong(req, "translation_of", _("You have no post with this URL slug or title."));
		TRY(status);
		if (other.id == draft->post.id)
			return form_wrong(req, "translation_of", _("A post can't be a translation of itself."));
		if (other.work_id != draft->post.work_id && draft->post.id != 0)
			TRY(translation_regroup(req->db, &draft->post));
		save->post.work_id = other.work_id;
	}
	if (save->post.work_id == 0)
		return OK;
	status = translation_free(req->db, save->post.work_id, save->post.lang, save->post.id);
	if (status == CONFLICT)
		return form_wrong(req, "lang", _("This post already has a translation in this language."));
	return status;
}
