/* Posts and free time slots of the next eight weeks: as a page, and as a file for calendar programs. */
#include "schedule.h"

#include <stdlib.h>
#include <string.h>

#include "core/icalendar.h"
#include "core/clock.h"
#include "core/str.h"
#include "page/lang/lang.h"
#include "page/lang/date_text.h"
#include "store/auth/calendar_link.h"

enum { DAY = 24 * 3600, EVENT_SECONDS = 15 * 60, TOKEN_LETTERS = 43 };

/* --- the page -------------------------------------------------------------------- */

static void
add_names(struct request *req)
{
	xmlNodePtr names = page_element(req->page->root, "day-names");

	for (int day = 0; day < 7; day++)
		page_attr(page_text(names, "day", date_text_weekday_short(day)), "name", date_text_weekday(day));
}

/* GET /write/calendar: starts at the Monday of this week. */
enum status
show_calendar(struct request *req)
{
	int64_t now = req->viewer.now, today = clock_to_local(now) / DAY, monday = today - date_text_day(now);
	int64_t begin = clock_from_local(monday * DAY), end = clock_from_local((monday + (int64_t)7 * SCHEDULE_WEEKS) * DAY);
	struct schedule_entry *entries;
	xmlNodePtr weeks, week = NULL;
	size_t count, at = 0;

	TRY(schedule_entries(req->db, req->arena, req->viewer.user, begin - 1, end - 1, &entries, &count));
	TRY(schedule_page(req, "calendar", _("Next 8 weeks"), "/write/calendar"));
	add_names(req);
	weeks = page_element(req->page->root, "weeks");
	for (int64_t i = 0; i < (int64_t)7 * SCHEDULE_WEEKS; i++) {
		int64_t noon = clock_from_local((monday + i) * DAY + DAY / 2), next = clock_from_local((monday + i + 1) * DAY);
		xmlNodePtr day;
		if (i % 7 == 0)
			page_attr(week = page_element(weeks, "week"), "name", lang_date(req->arena, noon));
		day = page_element(week, "day");
		page_attr(day, "date", arena_bytes(req->arena, clock_local(req->arena, noon), strlen("2026-11-24")));
		page_attr(day, "name", arena_printf(req->arena, "%s, %s", date_text_weekday((int)(i % 7)), lang_date(req->arena, noon)));
		page_attr(day, "number", arena_printf(req->arena, "%d", atoi(clock_local(req->arena, noon) + strlen("2026-11-"))));
		page_attr(day, "today", monday + i == today ? "yes" : NULL);
		page_attr(day, "past", monday + i < today ? "yes" : NULL);
		for (; at < count && entries[at].time < next; at++)
			if (entries[at].post != NULL || entries[at].time > now)
				(void)schedule_add_entry(req, day, &entries[at]);
	}
	return OK;
}

/* --- the file --------------------------------------------------------------------- */

static struct icalendar_event
event_of(struct request *req, const struct schedule_entry *entry)
{
	struct icalendar_event event = { .start = entry->time, .seconds = EVENT_SECONDS, .stamp = entry->post == NULL ? req->viewer.now : entry->post->updated,
		.summary = schedule_entry_title(entry), .is_free_slot = entry->post == NULL };
	const char *host = strstr(req->conf->base_url, "://") + strlen("://");

	event.uid = event.is_free_slot ? arena_printf(req->arena, "slot-%lld@%s", (long long)entry->time, host) :
		arena_printf(req->arena, "post-%lld@%s", (long long)entry->post->id, host);
	event.url = request_url(req, entry->may ? schedule_entry_path(req, entry) : "/write/queue");
	return event;
}

/* Sends the scheduled posts and free time slots of the next eight weeks, as this user sees them. */
static enum status
add_file(struct request *req, const struct user *user)
{
	int64_t now = req->viewer.now;
	struct schedule_entry *entries;
	struct icalendar_event *events;
	size_t count;

	lang_use(request_language(req));
	TRY(schedule_entries(req->db, req->arena, user, now, now + (int64_t)SCHEDULE_WEEKS * SCHEDULE_WEEK, &entries, &count));
	events = arena_array(req->arena, count + 1, sizeof(*events));
	for (size_t i = 0; i < count; i++)
		events[i] = event_of(req, &entries[i]);
	req->no_store = true;
	req->lang = request_language(req);
	req->body = icalendar_write(req->arena, arena_printf(req->arena, _("%s: publishing schedule"), setting_value(req->settings, "title", req->lang)),
		events, count);
	req->body_length = strlen(req->body);
	req->content_type = "text/calendar; charset=utf-8";
	return OK;
}

/* GET /write/schedule.ics */
enum status
show_calendar_file(struct request *req)
{
	return add_file(req, req->viewer.user);
}

/* GET /write/calendar/TOKEN.ics: for calendar programs, which have no session. */
enum status
show_private_calendar(struct request *req)
{
	const char *name = route_text(req, 0);
	struct user user;

	if (strlen(name) != TOKEN_LETTERS + strlen(".ics") || !str_ends(name, ".ics"))
		return NOT_FOUND;
	TRY(calendar_link_user(req->db, req->arena, arena_bytes(req->arena, name, TOKEN_LETTERS), &user));
	return add_file(req, &user);
}
