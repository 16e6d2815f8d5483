/* One comment, large, with everything that a decision needs. */
#include "moderate.h"

#include <string.h>

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "store/moderation/comment_judge.h"
#include "store/moderation/flag.h"
#include "store/moderation/trust_record.h"

enum { ABOVE_MAX = 3, HEADINGS_MAX = 30 };

enum status
moderate_rule_headings(struct request *req, const char *const **ret_headings)
{
	const char *slug = request_setting(req, "rules_page"), *xhtml, *contents;
	const char **headings = arena_array(req->arena, HEADINGS_MAX + 1, sizeof(*headings));
	struct post page;
	char *rest, *line;
	size_t count = 0;
	enum status status = str_empty(slug) ? NOT_FOUND : post_by_slug(req->db, req->arena, slug, &page);

	*ret_headings = headings;
	if (status == NOT_FOUND || (status == OK && viewer_may(&req->viewer, &page) != VIEW_FULL))
		return OK;
	TRY(status);
	/* Headings are stored as lines of "level TAB id TAB text". */
	TRY(post_part(req->db, req->arena, page.id, true, &xhtml, &contents));
	rest = arena_dup(req->arena, contents);
	while ((line = strsep(&rest, "\n")) != NULL && count < HEADINGS_MAX) {
		char *level = strsep(&line, "\t"), *id = strsep(&line, "\t");
		if (level != NULL && id != NULL && line != NULL)
			headings[count++] = line;
	}
	return OK;
}

/* The comments that it replies to, the nearest last. */
static enum status
add_above(struct request *req, xmlNodePtr item, const struct comment *comment)
{
	struct comment above[ABOVE_MAX];
	size_t count = 0;
	int64_t id = comment->parent_id;

	while (id != 0 && count < ABOVE_MAX) {
		enum status status = comment_by_id(req->db, req->arena, id, &above[count]);
		if (status == NOT_FOUND)
			break;
		TRY(status);
		id = above[count++].parent_id;
	}
	while (count-- > 0) {
		xmlNodePtr element = page_element(item, "above");
		page_attr(element, "name", moderate_name(above[count].name));
		page_href(req->page, element, "href", moderate_comment_path(req, above[count].id));
		page_attr(element, "state-text", moderate_state_text(above[count].state));
		page_fragment(element, "text", fragment_stored(req->arena, above[count].xhtml));
	}
	return OK;
}

/* The post, as far as this moderator may know about it. */
static enum status
add_post(struct request *req, xmlNodePtr item, const struct comment *comment)
{
	struct post post;
	xmlNodePtr element;

	TRY(post_by_id(req->db, req->arena, comment->post_id, &post));
	if (viewer_may(&req->viewer, &post) == VIEW_NONE)
		return OK;
	element = page_text(item, "post", post.title);
	page_href(req->page, element, "href", entry_path(req->arena, &post));
	page_href(req->page, element, "comments", arena_printf(req->arena, "%s?post=%lld", moderate_path(req, "/comments"), (long long)post.id));
	return OK;
}

static const char *
list_path(struct request *req, const char *filter, long long id)
{
	return arena_printf(req->arena, "%s?%s=%lld", moderate_path(req, "/comments"), filter, id);
}

static enum status
add_record(struct request *req, xmlNodePtr item, const struct comment *comment)
{
	struct trust_person person = { .user_id = comment->user_id, .person = comment->person };
	struct trust_thresholds thresholds = trust_thresholds_read(req->settings);
	struct trust_record record;
	xmlNodePtr element = page_element(item, "record");

	TRY(trust_record_read(req->db, &person, &record));
	page_attr_int(element, "approved", record.approved);
	page_attr_int(element, "rejected", record.rejected);
	page_attr_int(element, "upheld", record.upheld);
	if (record.first != 0)
		page_date(req->page, element, "since", record.first);
	page_attr(element, "level-text", lang_text(trust_names[trust_level_of(&record, &thresholds, comment->user_id != 0, req->viewer.now)].words));
	if (comment->user_id != 0)
		page_href(req->page, element, "comments", list_path(req, "user", comment->user_id));
	else if (*comment->person != '\0')
		page_href(req->page, element, "comments", list_path(req, "person", comment->id));
	if (*comment->name != '\0')
		page_href(req->page, element, "same-name", list_path(req, "name", comment->id));
	if (*comment->network != '\0')
		page_href(req->page, element, "same-network", list_path(req, "network", comment->id));
	return OK;
}

static enum status
add_flags(struct request *req, xmlNodePtr item, const struct comment *comment)
{
	struct flag *flags;
	size_t count;

	if (comment->flags == 0)
		return OK;
	TRY(flag_list(req->db, req->arena, comment->id, &flags, &count));
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr element = page_element(item, "flag");
		page_attr(element, "name", flags[i].name);
		for (const struct field_choice *reason = flag_reasons; reason->value != NULL; reason++)
			if (str_equal(reason->value, flags[i].reason))
				page_attr(element, "reason-text", lang_text(reason->label));
		page_date(req->page, element, "time", flags[i].created);
		if (*flags[i].note != '\0')
			(void)page_text(element, "note", flags[i].note);
	}
	return OK;
}

enum status
moderate_item_add(struct request *req, const struct comment *comment, const char *items, size_t similar, const char *back)
{
	const char *values[] = { "items", items, "back", back, NULL };
	struct form form = { .name = "decide", .path = moderate_path(req, ""), .fields = decide_fields, .buttons = decision_actions };
	const struct judge_reason *reason = judge_reason_of(comment->reason);
	xmlNodePtr item = page_element(req->page->root, "item");
	const char *const *headings;

	page_attr_int(item, "id", comment->id);
	page_attr(item, "name", moderate_name(comment->name));
	if (comment->user_id == 0)
		page_attr(item, "guest", "yes");
	page_attr(item, "state", comment->state);
	page_attr(item, "state-text", moderate_state_text(comment->state));
	if (reason != NULL && *comment->reason != '\0')
		page_attr(item, "reason-text", lang_text(reason->words));
	if (*comment->reason_note != '\0')
		page_attr(item, "reason-note", comment->reason_note);
	if (*comment->link != '\0')
		page_attr(item, "link", comment->link);
	page_date(req->page, item, "created", comment->created);
	if (comment->edited != 0)
		page_date(req->page, item, "edited", comment->edited);
	page_href(req->page, item, "href", moderate_comment_path(req, comment->id));
	if (similar > 1)
		page_attr(item, "similar-text", lang_count(req->arena, "%lld similar comment", "%lld similar comments", (long long)similar));
	page_fragment(item, "text", fragment_stored(req->arena, comment->xhtml));
	TRY(add_post(req, item, comment));
	TRY(add_above(req, item, comment));
	TRY(add_record(req, item, comment));
	TRY(add_flags(req, item, comment));
	if (str_equal(comment->state, "deleted"))
		return OK;
	TRY(form_add(req, item, &form, values));
	TRY(moderate_rule_headings(req, &headings));
	form_suggest(item, "heading", headings);
	return OK;
}
