/* The queue: scheduled posts in order, with the free time slots between them. */
#include "schedule.h"

#include "core/clock.h"
#include "core/str.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "page/lang/date_text.h"

static const struct field_choice slot_moves[] = { { "up", N_("Move up") }, { "down", N_("Move down") }, { "out", N_("Remove from queue") }, { 0 } };
static const struct field_choice own_time_moves[] = { { "out", N_("Remove from queue") }, { 0 } };

/* from: the time at which the page showed the post, so that pressing a button twice moves it once. */
const struct field queue_fields[] = {
	{ .name = "from", .type = FIELD_HIDDEN, .max = 20 },
	{ .name = "do", .type = FIELD_CHOICE, .max = 4, .required = true, .choices = slot_moves },
	{ 0 },
};

const char *
schedule_entry_title(const struct schedule_entry *entry)
{
	if (entry->post == NULL)
		return _("Free slot");
	return entry->may ? entry->post->title : _("Taken");
}

const char *
schedule_entry_path(struct request *req, const struct schedule_entry *entry)
{
	if (entry->post != NULL)
		return arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)entry->post->id);
	return arena_printf(req->arena, "%s/write/new?when=%s", req->prefix, page_encode(req->arena, clock_local(req->arena, entry->time)));
}

xmlNodePtr
schedule_add_entry(struct request *req, xmlNodePtr parent, const struct schedule_entry *entry)
{
	xmlNodePtr element = page_element(parent, "entry");

	page_attr(element, "time", clock_rfc3339(req->arena, entry->time));
	page_attr(element, "time-text", date_text_full(req->arena, entry->time));
	page_attr(element, "clock", date_text_clock(req->arena, entry->time));
	page_attr(element, "title", schedule_entry_title(entry));
	page_attr(element, "slot", entry->slot ? "yes" : NULL);
	page_attr(element, "free", entry->post == NULL ? "yes" : NULL);
	page_attr(element, "published", entry->post != NULL && entry->time <= req->viewer.now ? "yes" : NULL);
	if (entry->post != NULL && entry->may)
		page_attr(element, "lang", entry->post->lang);
	if (entry->may && (entry->post != NULL || entry->time > req->viewer.now))
		page_href(req->page, element, "href", schedule_entry_path(req, entry));
	return element;
}

static const char *
queue_path(struct request *req)
{
	return arena_printf(req->arena, "%s/write/queue", req->prefix);
}

/* GET /write/queue; also shows it again after a move that failed. */
enum status
show_queue(struct request *req)
{
	struct form gaps = { .name = "fill-gaps", .path = arena_printf(req->arena, "%s/gaps", queue_path(req)), .button = _("Fill free slots") };
	int64_t now = req->viewer.now, until;
	struct schedule_entry *entries;
	bool free_before = false, has_gap = false;
	xmlNodePtr list;
	size_t count;

	TRY(schedule_page(req, "queue", _("Scheduled posts"), "/write/queue"));
	for (const struct form_problem *problem = req->problems; problem != NULL; problem = problem->next)
		(void)page_text(req->page->root, "problem", problem->sentence);
	TRY(schedule_last(req->db, now, &until));
	if (until < now + (int64_t)SCHEDULE_WEEKS * SCHEDULE_WEEK)
		until = now + (int64_t)SCHEDULE_WEEKS * SCHEDULE_WEEK;
	TRY(schedule_entries(req->db, req->arena, req->viewer.user, now, until, &entries, &count));
	list = page_element(req->page->root, "entries");
	for (size_t i = 0; i < count; i++) {
		const struct schedule_entry *entry = &entries[i];
		const char *values[] = { "from", arena_printf(req->arena, "%lld", (long long)entry->time), NULL };
		xmlNodePtr element;
		/*
		 * Free slots further ahead than the planned weeks are not interesting, even before a post that is scheduled
		 * later.
		 */
		if (entry->post == NULL && entry->time > now + (int64_t)SCHEDULE_WEEKS * SCHEDULE_WEEK)
			continue;
		element = schedule_add_entry(req, list, entry);
		free_before = free_before || entry->post == NULL;
		has_gap = has_gap || (free_before && entry->slot && entry->post != NULL && entry->may);
		if (entry->post != NULL && entry->may) {
			struct form form = { .name = "move", .path = arena_printf(req->arena, "%s/%lld", queue_path(req), (long long)entry->post->id),
				.fields = queue_fields, .buttons = entry->slot ? slot_moves : own_time_moves };
			TRY(form_add(req, element, &form, values));
		}
	}
	return has_gap ? form_add(req, req->page->root, &gaps, NULL) : OK;
}

/* POST /write/queue/:id */
enum status
take_queue(struct request *req)
{
	const char *from_text = request_field(req, "from"), *action = request_field(req, "do");
	int64_t now = req->viewer.now;
	const struct user *user = req->viewer.user;
	enum status status;
	long long id, from;

	if (!str_to_integer(route_text(req, 0), &id))
		return NOT_FOUND;
	if (str_empty(from_text) || !str_to_integer(from_text, &from))
		return BAD_REQUEST;
	TRY(request_write(req, false));
	if (str_equal(action, "out"))
		status = schedule_unschedule(req->db, req->arena, user, id, from, now);
	else
		status = schedule_move(req->db, req->arena, user, id, from, str_equal(action, "down"), now);
	if (status == CONFLICT)
		(void)form_wrong(req, "", _("The queue has changed in the meantime. This is the current order."));
	TRY(status);
	return request_see(req, queue_path(req));
}

/* POST /write/queue/gaps */
enum status
take_gaps(struct request *req)
{
	TRY(request_write(req, false));
	TRY(schedule_close_gaps(req->db, req->arena, req->viewer.user, req->viewer.now));
	return request_see(req, queue_path(req));
}
