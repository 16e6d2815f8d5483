/* The audit log: who changed what, and when. */
#include "admin.h"

#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/audit/audit.h"

enum { LINES_PAGE = 50 };

const struct field audit_fields[] = {
	{ .name = "who", .type = FIELD_LINE, .max = 20 },
	{ .name = "what", .type = FIELD_LINE, .max = 20 },
	{ .name = "before", .type = FIELD_LINE, .max = 20 },
	{ 0 },
};

/* What the query asks for: a user, an area, and where to start. Invalid values are ignored. */
struct asked {
	long long who, before;
	const char *area;
};

static struct asked
asked(const struct request *req)
{
	struct asked asked = { .who = AUDIT_ANYONE, .area = "" };
	const char *who = request_field(req, "who"), *before = request_field(req, "before");

	if (str_empty(who) || !str_to_integer(who, &asked.who) || asked.who < DB_VISITOR)
		asked.who = AUDIT_ANYONE;
	if (str_empty(before) || !str_to_integer(before, &asked.before) || asked.before < 0)
		asked.before = 0;
	for (const struct audit_area *area = audit_areas; area->code != NULL; area++)
		if (str_equal(area->code, request_field(req, "what")))
			asked.area = area->code;
	return asked;
}

static const char *
audit_path(struct request *req, long long who, const char *area, int64_t before)
{
	struct str path = str_init(req->arena);
	char mark = '?';

	str_printf(&path, "%s/admin/audit", req->prefix);
	if (who != AUDIT_ANYONE) {
		str_printf(&path, "%cwho=%lld", mark, who);
		mark = '&';
	}
	if (*area != '\0') {
		str_printf(&path, "%cwhat=%s", mark, area);
		mark = '&';
	}
	if (before != 0)
		str_printf(&path, "%cbefore=%lld", mark, (long long)before);
	return path.bytes;
}

static const char *
name_of(const struct audit_line *line)
{
	if (line->user_id == 0)
		return _("Command line");
	if (line->user_id == DB_VISITOR)
		return _("Signed-out visitor");
	return *line->user_name == '\0' ? _("Deleted user") : line->user_name;
}

static void
add_areas(struct request *req, const struct asked *asked)
{
	xmlNodePtr list = page_element(req->page->root, "views"), all = page_text(list, "view", _("All"));

	page_href(req->page, all, "href", audit_path(req, asked->who, "", 0));
	if (*asked->area == '\0')
		page_attr(all, "current", "yes");
	for (const struct audit_area *area = audit_areas; area->code != NULL; area++) {
		xmlNodePtr item = page_text(list, "view", lang_text(area->words));
		page_href(req->page, item, "href", audit_path(req, asked->who, area->code, 0));
		if (str_equal(area->code, asked->area))
			page_attr(item, "current", "yes");
	}
}

/* A setting by the label that the forms show; any other subject unchanged. */
static const char *
subject_of(struct request *req, const struct audit_line *line)
{
	const char *space = strchr(line->subject, ' ');
	const char *name = space == NULL ? line->subject : arena_bytes(req->arena, line->subject, (size_t)(space - line->subject));
	const struct setting *setting = str_equal(line->event, audit_kinds[AUDIT_SETTING].code) ? setting_find(name) : NULL;

	if (setting == NULL)
		return line->subject;
	return arena_printf(req->arena, "%s%s", lang_text(setting->label), space == NULL ? "" : space);
}

static void
add_line(struct request *req, xmlNodePtr list, const struct asked *asked, const struct audit_line *line)
{
	const struct audit_kind *kind = audit_kind_of(line->event);
	xmlNodePtr element = page_element(list, "event");

	page_date(req->page, element, "time", line->time);
	page_attr(element, "clock", clock_local(req->arena, line->time));
	page_attr(element, "user", name_of(line));
	page_href(req->page, element, "user-href", audit_path(req, line->user_id, asked->area, 0));
	page_attr(element, "event-text", kind == NULL ? line->event : lang_text(kind->words));
	if (*line->subject != '\0')
		page_attr(element, "subject", subject_of(req, line));
	if (*line->before != '\0')
		(void)page_text(element, "before", line->before);
	if (*line->after != '\0')
		(void)page_text(element, "after", line->after);
}

/* GET /admin/audit */
enum status
show_audit(struct request *req)
{
	struct asked wanted = asked(req);
	struct audit_line *lines;
	size_t count;
	xmlNodePtr list, only;

	TRY(audit_list(req->db, req->arena, wanted.who, wanted.area, wanted.before, LINES_PAGE + 1, &lines, &count));
	TRY(admin_page(req, "audit", _("Audit log")));
	add_areas(req, &wanted);
	if (wanted.who != AUDIT_ANYONE && count > 0) {
		only = page_text(req->page->root, "user-filter", name_of(&lines[0]));
		page_href(req->page, only, "href", audit_path(req, AUDIT_ANYONE, wanted.area, 0));
	}
	list = page_element(req->page->root, "events");
	for (size_t i = 0; i < count && i < LINES_PAGE; i++)
		add_line(req, list, &wanted, &lines[i]);
	if (count > LINES_PAGE)
		page_href(req->page, page_element(req->page->root, "older"), "href",
			audit_path(req, wanted.who, wanted.area, lines[LINES_PAGE - 1].id));
	return OK;
}
