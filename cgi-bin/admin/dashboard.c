/* The dashboard: what needs attention, and who signed up recently. */
#include "admin.h"

#include "core/str.h"
#include "page/health/health.h"
#include "page/lang/lang.h"
#include "store/job/backup_job.h"

enum { RECENT_SIGN_INS = 8, DAY = 24 * 3600, BACKUP_OLD = 8 * DAY };

enum status
admin_page(struct request *req, const char *name, const char *heading)
{
	TRY(request_page(req, request_language(req), name));
	page_attr(req->page->root, "title", heading);
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", heading);
	return OK;
}

const char *
admin_ago(struct request *req, int64_t time)
{
	long long days = (req->viewer.now - time) / DAY;

	if (time == 0)
		return _("Never");
	return days <= 0 ? _("Today") : lang_count(req->arena, "%lld day ago", "%lld days ago", days);
}

static void
add_fact(struct request *req, xmlNodePtr list, const char *label, const char *path, bool is_problem, const char *text)
{
	xmlNodePtr fact = page_text(list, "fact", text);

	page_attr(fact, "label", label);
	page_href(req->page, fact, "href", arena_printf(req->arena, "%s%s", req->prefix, path));
	if (is_problem)
		page_attr(fact, "warning", "yes");
}

/* The dashboard only needs the number of problems, which struct health counts. */
static void
count_problem(void *context, const char *check, bool is_problem, const char *sentence)
{
	(void)context;
	(void)check;
	(void)is_problem;
	(void)sentence;
}

static enum status
add_health(struct request *req, xmlNodePtr list)
{
	struct health health = { .arena = req->arena, .conf = req->conf, .db = req->db, .now = req->viewer.now, .on_result = count_problem };
	struct health_check health_check;
	const char *text = _("No issues");
	int problems;

	TRY(health_check_read(req->db, req->arena, health_full_check_name, &health_check));
	admin_look(req, &health);
	problems = health.problems + (*health_check.report != '\0');
	if (problems > 0)
		text = lang_count(req->arena, "%lld issue needs your attention", "%lld issues need your attention", problems);
	add_fact(req, list, _("Health"), "/admin/health", problems > 0, text);
	return OK;
}

static enum status
add_facts(struct request *req)
{
	xmlNodePtr list = page_element(req->page->root, "facts");
	struct waiting waiting;
	int64_t backup;

	TRY(waiting_read(req->db, req->viewer.now, &waiting));
	TRY(backup_job_last(req->db, &backup));
	if (waiting.comments > 0)
		add_fact(req, list, _("Comments"), "/moderate", true, lang_count(req->arena, "%lld awaiting moderation",
			"%lld awaiting moderation", waiting.comments));
	add_fact(req, list, _("Scheduled posts"), "/write?state=published", false, waiting.posts == 0 ? _("None")
		: lang_count(req->arena, "%lld scheduled", "%lld scheduled", waiting.posts));
	TRY(add_health(req, list));
	add_fact(req, list, _("Last backup"), "/admin/backups", backup < req->viewer.now - BACKUP_OLD, admin_ago(req, backup));
	return OK;
}

/* GET /admin */
enum status
show_dashboard(struct request *req)
{
	struct recent_sign_in *recent_sign_ins;
	size_t count;
	xmlNodePtr list;

	TRY(admin_page(req, "dashboard", _("Dashboard")));
	TRY(add_onboarding(req));
	TRY(add_facts(req));
	TRY(session_list_recent(req->db, req->arena, RECENT_SIGN_INS, &recent_sign_ins, &count));
	list = page_element(req->page->root, "recent-sign-ins");
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr recent_sign_in = page_element(list, "sign-in");
		page_attr(recent_sign_in, "name", recent_sign_ins[i].name);
		page_href(req->page, recent_sign_in, "href",
			arena_printf(req->arena, "%s/admin/users/%lld", req->prefix, (long long)recent_sign_ins[i].user_id));
		page_date(req->page, recent_sign_in, "time", recent_sign_ins[i].created);
	}
	return OK;
}
