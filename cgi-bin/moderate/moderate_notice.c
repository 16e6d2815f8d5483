/* What the last form did, told on the page that it leads to, with a button that undoes it. */
#include "moderate.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "page/lang/lang.h"

const struct field undo_fields[] = {
	{ .name = "done", .type = FIELD_HIDDEN, .max = 50, .required = true },
	{ .name = "back", .type = FIELD_HIDDEN, .max = 300 },
	{ 0 },
};

/* Decisions with these numbers, as "12" or "12-15": those of one form follow one another. */
struct range {
	long long first, last;
};

static bool
range_of(const struct request *req, const char *text, struct range *ret_range)
{
	const char *dash = text == NULL ? NULL : strchr(text, '-');
	struct range range;

	if (str_empty(text))
		return false;
	if (!str_to_integer(dash == NULL ? text : arena_bytes(req->arena, text, (size_t)(dash - text)), &range.first))
		return false;
	range.last = range.first;
	if (dash != NULL && !str_to_integer(dash + 1, &range.last))
		return false;
	if (range.first <= 0 || range.last < range.first || range.last - range.first >= DECISIONS_MAX)
		return false;
	*ret_range = range;
	return true;
}

/* The number of decisions in the range by this moderator, and of those that can be undone. */
static enum status
count_range(struct request *req, struct range range, struct decision *ret_last, size_t *ret_count, size_t *ret_undoable)
{
	size_t count = 0, undoable = 0;

	for (long long id = range.first; id <= range.last; id++) {
		struct decision decision;
		enum status status = decision_by_id(req->db, req->arena, id, &decision);
		if (status == NOT_FOUND || (status == OK && decision.user_id != req->viewer.user->id))
			continue;
		TRY(status);
		*ret_last = decision;
		count++;
		undoable += decision_may_undo(&decision, req->viewer.now);
	}
	*ret_count = count;
	*ret_undoable = undoable;
	return OK;
}

static const char *
done_text(struct request *req, const struct decision *decision, size_t count)
{
	if (str_equal(decision->action, "approve"))
		return lang_count(req->arena, "%lld comment approved.", "%lld comments approved.", (long long)count);
	if (str_equal(decision->action, "reject"))
		return lang_count(req->arena, "%lld comment rejected.", "%lld comments rejected.", (long long)count);
	if (str_equal(decision->action, "spam"))
		return lang_count(req->arena, "%lld comment marked as spam.", "%lld comments marked as spam.", (long long)count);
	return lang_text(decision_done_text(decision->action));
}

static enum status
add_done(struct request *req, struct range range, const char *back)
{
	struct form form = { .name = "undo", .path = moderate_path(req, "/undo"), .fields = undo_fields, .button = _("Undo") };
	const char *values[] = { "done", request_field(req, "done"), "back", back, NULL };
	struct decision last;
	size_t count, undoable;
	xmlNodePtr notice;

	TRY(count_range(req, range, &last, &count, &undoable));
	if (count == 0)
		return OK;
	notice = page_element(req->page->root, "notice");
	page_attr(notice, "text", done_text(req, &last, count));
	return undoable == 0 ? OK : form_add(req, notice, &form, values);
}

static enum status
add_undone(struct request *req, struct range range)
{
	xmlNodePtr notice = page_element(req->page->root, "notice");
	bool all = true;

	for (long long id = range.first; id <= range.last; id++) {
		struct decision decision;
		enum status status = decision_by_id(req->db, req->arena, id, &decision);
		if (status == NOT_FOUND)
			continue;
		TRY(status);
		all = all && decision.undone != 0;
	}
	page_attr(notice, "text", all ? _("Undone.") : _("Some decisions couldn't be undone, because the comments were changed since, or a day has passed."));
	return OK;
}

/* Who decided about a comment, what and when. */
static enum status
add_missed(struct request *req, int64_t id)
{
	struct decision decision;
	struct comment comment;
	xmlNodePtr missed;
	enum status status = comment_by_id(req->db, req->arena, id, &comment);

	missed = status == OK || status == NOT_FOUND ? page_element(req->page->root, "missed") : NULL;
	if (status == NOT_FOUND) {
		page_attr(missed, "text", _("A comment was deleted by its author in the meantime."));
		return OK;
	}
	TRY(status);
	page_href(req->page, missed, "href", moderate_comment_path(req, id));
	(void)page_text(missed, "comment", moderate_excerpt(req, comment.text));
	status = decision_latest(req->db, req->arena, id, &decision);
	if (status == NOT_FOUND) {
		page_attr(missed, "text", _("This comment was changed in the meantime, so nothing was decided about it."));
		return OK;
	}
	TRY(status);
	page_attr(missed, "text", arena_printf(req->arena, _("Already decided by %s at %s: %s."),
		*decision.user_name == '\0' ? _("Deleted user") : decision.user_name, clock_local(req->arena, decision.created),
		lang_text(decision_done_text(decision.action))));
	return OK;
}

enum status
moderate_notice_add(struct request *req, const char *back)
{
	const char *missed;
	struct range range;
	char *rest, *word;
	size_t count = 0;
	long long id;

	/* A form that is shown again has its own message. */
	if (str_equal(req->method, "POST"))
		return OK;
	if (range_of(req, request_field(req, "done"), &range))
		TRY(add_done(req, range, back));
	if (range_of(req, request_field(req, "undone"), &range))
		TRY(add_undone(req, range));
	missed = request_field(req, "missed");
	rest = str_empty(missed) ? NULL : arena_dup(req->arena, missed);
	while (rest != NULL && (word = strsep(&rest, ".")) != NULL && count++ < DECISIONS_MAX)
		if (str_to_integer(word, &id) && id > 0)
			TRY(add_missed(req, id));
	return OK;
}

/* POST /moderate/undo: undoes the decisions of one form, or one of the log. Those that cannot be undone stay; the page says so. */
enum status
take_undo(struct request *req)
{
	const char *back = moderate_back(req);
	struct range range;

	if (!range_of(req, request_field(req, "done"), &range))
		return INVALID;
	TRY(request_write_comment(req));
	for (long long id = range.first; id <= range.last; id++) {
		enum status status = decision_undo(req->db, req->arena, id, req->viewer.user->id, req->viewer.now);
		if (status != CONFLICT && status != NOT_FOUND && status != TOO_MANY)
			TRY(status);
	}
	return request_see(req, arena_printf(req->arena, "%s%cundone=%lld-%lld", back, strchr(back, '?') == NULL ? '?' : '&', range.first, range.last));
}
