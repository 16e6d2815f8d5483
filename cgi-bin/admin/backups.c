/* Backups: requested in a form, created in the background, and downloaded by an owner who confirms the password. */
#include "admin.h"

#include <unistd.h>

#include "shared/throttle.h"
#include "core/clock.h"
#include "core/password.h"
#include "core/str.h"
#include "http/sendfile.h"
#include "page/health/health.h"
#include "page/lang/lang.h"
#include "store/audit/audit.h"
#include "store/auth/credential.h"
#include "store/job/backup_job.h"

const struct field download_fields[] = {
	{ .name = "password", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .label = N_("Confirm your password"),
		.autocomplete = "current-password" },
	{ 0 },
};

static const char *
backup_path(struct request *req, int64_t id)
{
	if (id == 0)
		return arena_printf(req->arena, "%s/admin/backups", req->prefix);
	return arena_printf(req->arena, "%s/admin/backups/%lld", req->prefix, (long long)id);
}

/* Shows a note when the newest requested backup is pending or failed. */
static enum status
add_state(struct request *req, bool *ret_waits)
{
	struct backup backup;
	enum status status = backup_job_newest(req->db, req->arena, &backup);
	bool waits = false;

	if (status != NOT_FOUND) {
		TRY(status);
		waits = backup.finished == 0 && *backup.problem == '\0';
		if (waits)
			(void)page_text(req->page->root, "note", _("Backup requested. It is created in the background; check back in a minute."));
		else if (*backup.problem != '\0')
			(void)page_text(req->page->root, "note",
				arena_printf(req->arena, _("The last backup failed: %s"), backup.problem));
		if (waits)
			request_warn_no_worker(req);
	}
	*ret_waits = waits;
	return OK;
}

/* GET /admin/backups; also shows it again after a wrong password. */
enum status
show_backups(struct request *req)
{
	struct form ask = { .name = "backup", .path = backup_path(req, 0) };
	struct backup *backups;
	const char *hash;
	size_t count;
	bool waits;
	enum status password = credential_password(req->db, req->arena, req->viewer.user->id, &hash);
	xmlNodePtr list;

	if (password != NOT_FOUND)
		TRY(password);
	TRY(admin_page(req, "backups", _("Backups")));
	TRY(add_state(req, &waits));
	TRY(backup_job_list(req->db, req->arena, 0, &backups, &count));
	list = page_element(req->page->root, "backups");
	if (password == NOT_FOUND)
		page_attr(list, "password", "none");
	for (size_t i = 0; i < count; i++) {
		struct form take = { .name = "download", .path = backup_path(req, backups[i].id), .fields = download_fields };
		xmlNodePtr backup = page_element(list, "backup");
		page_date(req->page, backup, "time", backups[i].finished);
		page_attr(backup, "clock", clock_local(req->arena, backups[i].finished));
		page_attr(backup, "size", health_size(req->arena, backups[i].bytes));
		take.button = _("Download");
		/* The fields of several forms on a page have the same name, which is fine for a few backups. */
		if (password == OK)
			TRY(form_add(req, backup, &take, NULL));
	}
	if (waits)
		return OK;
	ask.button = _("Create backup");
	return form_add(req, req->page->root, &ask, NULL);
}

/* POST /admin/backups */
enum status
take_backup(struct request *req)
{
	enum status status;

	TRY(request_write(req, true));
	status = backup_job_ask(req->db, req->viewer.now);
	/* The button was pressed twice; one backup is enough. */
	if (status != CONFLICT)
		TRY(status);
	return request_see(req, backup_path(req, 0));
}

/*
 * POST /admin/backups/:id. A backup contains everything, including what members wrote and the site's keys, so a
 * session is not enough.
 */
enum status
take_download(struct request *req)
{
	struct backup backup;
	enum status password;
	long long id;

	if (!str_to_integer(route_text(req, 0), &id))
		return NOT_FOUND;
	TRY(backup_job_by_id(req->db, req->arena, id, &backup));
	if (*backup.name == '\0' ||
		access(arena_printf(req->arena, "%s/" BACKUP_FOLDER "/%s", req->conf->folder, backup.name), R_OK) != 0)
		return NOT_FOUND;
	password = throttle_password(req, "password", _("The password is incorrect. Try again."));
	if (password == NOT_FOUND)
		return FORBIDDEN;
	TRY(password);
	TRY(request_write(req, true));
	TRY(audit_add(req->db, AUDIT_BACKUP_DOWNLOADED, clock_local(req->arena, backup.finished), NULL, NULL));
	return request_send_file(req, SEND_BACKUP, backup.name, "application/x-tar",
		arena_printf(req->arena, "renown-%.10s.tar", clock_local(req->arena, backup.finished)));
}
