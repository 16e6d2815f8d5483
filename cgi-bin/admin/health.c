/* The site's health: the checks of `renown doctor`, in a browser. */
#include "admin.h"

#include "core/str.h"
#include "http/sendfile.h"
#include "page/health/health_result.h"
#include "page/health/health.h"
#include "page/lang/lang.h"
#include "store/db/db_location.h"
#include "store/auth/throttle_count.h"
#include "store/job/backup_job.h"

enum { FAILED_ATTEMPTS_MANY = 20, DAY = 24 * 3600 };

/* Adds one check result to the page. */
static void
add_result(void *context, const char *check, bool is_problem, const char *sentence)
{
	xmlNodePtr health_result = page_text(context, "check-result", sentence);

	page_attr(health_result, "check", lang_text(check));
	if (is_problem)
		page_attr(health_result, "warning", "yes");
}

/* Adds a size and its share in percent of `all`. */
static void
add_size(struct request *req, xmlNodePtr list, const char *label, int64_t bytes, int64_t all)
{
	xmlNodePtr part = page_element(list, "size");

	page_attr(part, "label", label);
	page_attr(part, "text", health_size(req->arena, bytes));
	page_attr_int(part, "share", all <= 0 ? 0 : (bytes * 100 + all / 2) / all);
}

static void
add_sizes(struct request *req, const struct health_check *health_check)
{
	xmlNodePtr list = page_element(req->page->root, "sizes");
	int64_t store = db_bytes(req->conf), log = db_log_bytes(req->arena, req->conf);
	int64_t free_bytes = health_space(req->conf), all = store + log + health_check->bytes;

	add_size(req, list, _("Database"), store, all);
	add_size(req, list, _("Database write-ahead log"), log, all);
	add_size(req, list, _("Media files"), health_check->bytes, all);
	if (free_bytes >= 0)
		page_attr(list, "free", health_size(req->arena, free_bytes));
}

/* Adds the results of the slow checks, from the last run of `renown doctor` or `renown work`. */
static void
add_health_check(struct request *req, const struct health_check *health_check)
{
	xmlNodePtr element = page_element(req->page->root, "integrity-check");
	const char *report = health_check->report;
	struct health_result health_result;

	page_attr(element, "ago", admin_ago(req, health_check->checked));
	if (health_check->checked != 0)
		page_date(req->page, element, "time", health_check->checked);
	if (health_check->requested)
		page_attr(element, "requested", "yes");
	while (health_result_read(req->arena, &report, &health_result))
		page_attr(page_text(element, "check-result", health_result_text(req->arena, &health_result)), "check", lang_text(health_result.check));
}

/* This check exists only here: the web server says with each request how it sends files. */
static void
look_at_server(const struct request *req, struct health *health)
{
	if (request_can_send(req))
		health_ok(health, N_("Web server"), _("OK, it sends restricted files to people who have access"));
	else
		health_problem(health, N_("Web server"), _("The web server doesn't say how it sends files, so restricted files, exports and backups "
			"can't be downloaded. Generate its configuration again with conf/generate. Apache also needs the xsendfile module."));
}

/* This check exists only here: when a command runs, the other programs may not have been started yet. */
static void
look_at_background(const struct request *req, struct health *health)
{
	if (db_worker_is_stopped(req->arena, req->conf, req->viewer.now))
		health_problem(health, N_("Background tasks"), N_("Background tasks aren't running: no email is sent, no smaller images are created, "
			"and nothing is imported. Start renown work alongside the other programs."));
	else
		health_ok(health, N_("Background tasks"), N_("OK, renown work is running"));
}

/* Reports many failed attempts to sign in as the owner, and the command that always gives access. */
static void
look_at_sign_in(const struct request *req, struct health *health)
{
	const char *email = req->viewer.user->email;
	int64_t failed, last;
	enum status status = throttle_read(req->db, req->arena, THROTTLE_ACCOUNT, email, &failed, &last);

	if (status == OK && failed >= FAILED_ATTEMPTS_MANY && req->viewer.now - last < DAY)
		health_problem(health, N_("Sign-in"), N_("%lld failed attempts to sign in to your account. Browsers you've signed in on before "
			"aren't affected. On a new device, sign in by email. If nothing else works, run this on the server: renown user link "
			"%s"), (long long)failed, email);
	else
		health_ok(health, N_("Sign-in"), N_("OK. If you can't sign in any other way, run this on the server: renown user link %s"), email);
}

void
admin_look(const struct request *req, struct health *health)
{
	health_machine(health);
	look_at_server(req, health);
	look_at_background(req, health);
	look_at_sign_in(req, health);
}

/* GET /admin/health */
enum status
show_health(struct request *req)
{
	struct form form = { .name = "integrity-check", .path = arena_printf(req->arena, "%s/admin/health", req->prefix) };
	struct health health = { .arena = req->arena, .conf = req->conf, .db = req->db, .now = req->viewer.now, .on_result = add_result };
	struct health_check health_check;
	int64_t backup;
	xmlNodePtr last;

	TRY(health_check_read(req->db, req->arena, health_full_check_name, &health_check));
	TRY(backup_job_last(req->db, &backup));
	TRY(admin_page(req, "health", _("Health")));
	health.context = page_element(req->page->root, "check-results");
	admin_look(req, &health);
	add_health_check(req, &health_check);
	add_sizes(req, &health_check);
	last = page_text(req->page->root, "last-backup", admin_ago(req, backup));
	page_href(req->page, last, "href", arena_printf(req->arena, "%s/admin/backups", req->prefix));
	form.button = _("Check database and files");
	return form_add(req, req->page->root, &form, NULL);
}

/* POST /admin/health: requests the slow checks. */
enum status
take_health(struct request *req)
{
	TRY(request_write(req, true));
	TRY(health_check_request(req->db, health_full_check_name));
	return request_see(req, arena_printf(req->arena, "%s/admin/health", req->prefix));
}
