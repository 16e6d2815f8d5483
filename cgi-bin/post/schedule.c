/* The publishing schedule: its rules, how many time slots were used, and the private link for calendar programs. */
#include "schedule.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "page/lang/lang.h"
#include "page/lang/date_text.h"
#include "store/auth/calendar_link.h"

static const struct field_choice yes[] = { { "yes", N_("Yes") }, { 0 } };
static const struct field_choice rhythms[] = { { "1", N_("Every week") }, { "2", N_("Every 2 weeks") }, { "3", N_("Every 3 weeks") },
	{ "4", N_("Every 4 weeks") }, { 0 } };

#define DAY(id, word) { .name = id, .type = FIELD_CHOICE, .max = 3, .label = word, .choices = yes }

/* A weekday is a choice with one value; the stylesheet shows it as a checkbox. */
const struct field rule_fields[] = {
	DAY("mo", N_("Monday")), DAY("tu", N_("Tuesday")), DAY("we", N_("Wednesday")), DAY("th", N_("Thursday")), DAY("fr", N_("Friday")),
	DAY("sa", N_("Saturday")), DAY("su", N_("Sunday")),
	{ .name = "time", .type = FIELD_LINE, .max = 5, .required = true, .label = N_("Time, such as 08:00") },
	{ .name = "weeks", .type = FIELD_CHOICE, .max = 1, .required = true, .label = N_("Frequency"), .choices = rhythms },
	{ 0 },
};

static const char *
local_path(struct request *req, const char *path)
{
	return arena_printf(req->arena, "%s%s", req->prefix, path);
}

static void
add_view(struct request *req, xmlNodePtr list, const char *path, const char *name, const char *current)
{
	xmlNodePtr item = page_text(list, "view", name);

	page_href(req->page, item, "href", local_path(req, path));
	if (str_equal(path, current))
		page_attr(item, "current", "yes");
}

enum status
schedule_page(struct request *req, const char *name, const char *title, const char *path)
{
	xmlNodePtr list;

	TRY(request_page(req, request_language(req), name));
	req->no_store = true;
	page_attr(req->page->root, "title", title);
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", title);
	page_href(req->page, page_element(req->page->root, "post-list"), "href", local_path(req, "/write"));
	list = page_element(req->page->root, "views");
	add_view(req, list, "/write/queue", _("Queue"), path);
	add_view(req, list, "/write/calendar", _("Calendar"), path);
	add_view(req, list, "/write/schedule", _("Schedule"), path);
	return OK;
}

/* --- the page ------------------------------------------------------------------ */

/* "Tuesday, Friday, 08:00", with ", Every 2 weeks" added for other intervals. */
static const char *
rule_text(struct request *req, const struct rrule *rrule)
{
	struct str text = str_init(req->arena);

	for (int day = 0; day < 7; day++)
		if (((rrule->days >> day) & 1) != 0)
			str_printf(&text, "%s, ", date_text_weekday(day));
	str_printf(&text, "%02d:%02d", rrule->hour, rrule->minute);
	if (rrule->weeks > 1)
		str_printf(&text, ", %s", lang_text(rhythms[rrule->weeks - 1].label));
	return text.bytes;
}

static enum status
add_rules(struct request *req)
{
	xmlNodePtr list = page_element(req->page->root, "rules");
	struct schedule_rule *rules;
	size_t count;

	TRY(schedule_rules(req->db, req->arena, &rules, &count));
	for (size_t i = 0; i < count; i++) {
		struct form form = { .name = "remove", .path = local_path(req, arena_printf(req->arena, "/write/schedule/slots/%lld", (long long)rules[i].id)),
			.button = _("Remove") };
		xmlNodePtr rule = page_element(list, "rule");
		struct rrule rrule;
		TRY(rrule_read(rules[i].rule, &rrule));
		page_attr(rule, "name", rule_text(req, &rrule));
		page_attr(rule, "rule", rules[i].rule);
		if (user_may(req->viewer.user, RIGHT_EDIT))
			TRY(form_add(req, rule, &form, NULL));
	}
	return OK;
}

static enum status
add_record(struct request *req)
{
	int64_t slots = 0, used = 0;
	struct schedule_week *weeks;
	xmlNodePtr record;

	TRY(schedule_history(req->db, req->arena, req->viewer.now, &weeks));
	for (size_t i = 0; i < SCHEDULE_RECORD_WEEKS; i++) {
		slots += weeks[i].slots;
		used += weeks[i].used;
	}
	if (slots == 0)
		return OK;
	record = page_element(req->page->root, "slot-usage");
	page_attr_int(record, "slots", slots);
	page_attr_int(record, "used", used);
	page_attr(record, "text", arena_printf(req->arena, _("Time slots used in the last 12 weeks: %1$lld of %2$lld."), (long long)used,
		(long long)slots));
	for (size_t i = 0; i < SCHEDULE_RECORD_WEEKS; i++) {
		xmlNodePtr week = page_element(record, "week");
		page_attr_int(week, "slots", weeks[i].slots);
		page_attr_int(week, "used", weeks[i].used);
		page_attr(week, "name", lang_date(req->arena, weeks[i].start));
	}
	return OK;
}

static enum status
add_link(struct request *req, const char *address)
{
	struct form make = { .name = "calendar", .path = local_path(req, "/write/schedule/calendar") };
	struct form end = { .name = "calendar-end", .path = local_path(req, "/write/schedule/calendar/end"), .button = _("Revoke link") };
	xmlNodePtr link = page_element(req->page->root, "calendar");
	enum status status;
	int64_t created;

	page_href(req->page, link, "href", "/write/schedule.ics");
	if (address != NULL)
		page_attr(link, "address", address);
	status = calendar_link_created(req->db, req->viewer.user->id, &created);
	make.button = status == OK ? _("Replace link (the old one stops working)") : _("Create private link");
	if (status != OK && status != NOT_FOUND)
		return status;
	if (status == OK)
		page_attr(link, "since", lang_date(req->arena, created));
	TRY(form_add(req, link, &make, NULL));
	return status == OK ? form_add(req, link, &end, NULL) : OK;
}

static enum status
add_schedule(struct request *req, const char *address)
{
	struct form form = { .name = "rule", .path = local_path(req, "/write/schedule"), .fields = rule_fields, .button = _("Add") };
	const char *values[] = { "time", "08:00", "weeks", "1", NULL };
	const char *zone = setting_value(req->settings, "time_zone", "");

	TRY(schedule_page(req, "schedule", _("Publishing schedule"), "/write/schedule"));
	page_attr(req->page->root, "zone", zone);
	TRY(add_rules(req));
	TRY(add_record(req));
	TRY(add_link(req, address));
	return user_may(req->viewer.user, RIGHT_EDIT) ? form_add(req, req->page->root, &form, values) : OK;
}

/* GET /write/schedule; also shows a rejected form again. */
enum status
show_schedule(struct request *req)
{
	return add_schedule(req, NULL);
}

/* --- reading the form ------------------------------------------------------------ */

/* Accepts "8:00", "08:00" and "08：00" with the full-width colon of Chinese keyboards. */
static bool
read_clock(const char *text, int *ret_hour, int *ret_minute)
{
	const char *colon = strstr(text, "：");
	size_t hours = colon != NULL ? (size_t)(colon - text) : strcspn(text, ":");
	const char *rest = colon != NULL ? colon + strlen("：") : text[hours] == ':' ? text + hours + 1 : "";

	if (hours < 1 || hours > 2 || strlen(rest) != 2 || strspn(text, "0123456789") != hours || strspn(rest, "0123456789") != 2)
		return false;
	*ret_hour = atoi(text);
	*ret_minute = atoi(rest);
	return *ret_hour < 24 && *ret_minute < 60;
}

/* POST /write/schedule */
enum status
take_rule(struct request *req)
{
	struct rrule rrule = { .weeks = atoi(request_field(req, "weeks")) };
	enum status status;

	for (int day = 0; day < 7; day++)
		if (!str_empty(request_field(req, rule_fields[day].name)))
			rrule.days |= 1U << day;
	if (rrule.days == 0)
		return form_wrong(req, "", _("Choose at least one day."));
	if (!read_clock(request_field(req, "time"), &rrule.hour, &rrule.minute))
		return form_wrong(req, "time", _("Enter a time such as 08:00."));
	TRY(request_write(req, true));
	status = schedule_rule_add(req->db, req->arena, rrule_write(req->arena, &rrule), req->viewer.now);
	if (status == CONFLICT)
		return form_wrong(req, "", _("The schedule already has this rule."));
	if (status == TOO_LARGE)
		return form_wrong(req, "", _("The schedule is full. It can have 12 rules at most."));
	TRY(status);
	return request_see(req, local_path(req, "/write/schedule"));
}

/* POST /write/schedule/slots/:id. Posts that are already scheduled keep their times. */
enum status
take_rule_removal(struct request *req)
{
	long long id;

	if (!str_to_integer(route_text(req, 0), &id))
		return NOT_FOUND;
	TRY(request_write(req, true));
	TRY(schedule_rule_remove(req->db, req->arena, id));
	return request_see(req, local_path(req, "/write/schedule"));
}

/* POST /write/schedule/calendar. The link is shown once; the database stores only its digest. */
enum status
take_calendar_address(struct request *req)
{
	const char *token;

	TRY(request_write(req, true));
	TRY(calendar_link_renew(req->db, req->arena, req->viewer.user->id, req->viewer.now, &token));
	req->shown_once = request_url(req, arena_printf(req->arena, "/write/calendar/%s.ics", token));
	return show_calendar_address(req);
}

/* The page with the link, also when the form is sent again. */
enum status
show_calendar_address(struct request *req)
{
	return add_schedule(req, req->shown_once);
}

/* POST /write/schedule/calendar/end */
enum status
take_calendar_address_removal(struct request *req)
{
	TRY(request_write(req, true));
	TRY(calendar_link_remove(req->db, req->viewer.user->id));
	return request_see(req, local_path(req, "/write/schedule"));
}

/* --- for the editor ----------------------------------------------------------------- */

const char *
schedule_offer(struct request *req, const struct post *post)
{
	int64_t time;

	if (str_equal(post->kind, "page") || (str_equal(post->state, "published") && post->published <= req->viewer.now))
		return NULL;
	if (schedule_next_free(req->db, req->arena, req->viewer.now, post->id, &time) != OK)
		return NULL;
	return arena_printf(req->arena, _("Add to queue (%s)"), date_text_full(req->arena, time));
}
