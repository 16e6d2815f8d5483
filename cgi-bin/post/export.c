/*
 * Export: all posts of a user as one file. Requested here, created by `renown work`, sent by the web server.
 */
#include "post_list.h"

#include "core/clock.h"
#include "core/str.h"
#include "http/sendfile.h"
#include "page/lang/lang.h"
#include "store/job/export_job.h"

static const char *
export_path(struct request *req)
{
	return arena_printf(req->arena, "%s/write/export", req->prefix);
}

/* A size in KiB or MiB, rounded up. */
static const char *
size_text(struct arena *arena, int64_t bytes)
{
	enum { KIB = 1024, MIB = 1024 * 1024 };

	if (bytes < MIB)
		return arena_printf(arena, "%lld KiB", (long long)(bytes + KIB - 1) / KIB);
	return arena_printf(arena, "%lld MiB", (long long)(bytes + MIB - 1) / MIB);
}

static void
add_job(struct request *req, const struct export_job *job)
{
	xmlNodePtr element = page_element(req->page->root, "job");

	page_attr(element, "time-text", clock_local(req->arena, job->finished == 0 ? job->requested : job->finished));
	page_attr(element, "state", job->finished == 0 ? "waiting" : *job->problem != '\0' ? "failed" : "ready");
	if (job->finished == 0 || *job->problem != '\0')
		return;
	page_href(req->page, element, "href", arena_printf(req->arena, "%s/file", export_path(req)));
	page_attr(element, "size-text", size_text(req->arena, job->bytes));
	page_attr(element, "count-text", lang_count(req->arena, "%lld post", "%lld posts", (long long)job->posts));
	page_attr(element, "until-text", lang_date(req->arena, job->finished + EXPORT_SECONDS));
}

/* GET /write/export */
enum status
show_export(struct request *req)
{
	struct form form = { .name = "export", .path = export_path(req) };
	struct export_job job;
	enum status status = export_job_read(req->db, req->arena, req->viewer.user->id, &job);

	if (status != NOT_FOUND)
		TRY(status);
	TRY(post_list_page(req, "export", _("Export posts")));
	form.button = _("Create new export");
	if (status == OK)
		add_job(req, &job);
	if (status == OK && job.finished == 0)
		request_warn_no_worker(req);
	/* While one export is being created, a second one would contain the same. */
	return status == OK && job.finished == 0 ? OK : form_add(req, req->page->root, &form, NULL);
}

/* POST /write/export */
enum status
take_export(struct request *req)
{
	TRY(request_write(req, true));
	TRY(export_job_ask(req->db, req->viewer.user->id, req->viewer.now));
	return request_see(req, export_path(req));
}

/* GET /write/export/file: sends the file of this user only. Its name cannot be guessed. */
enum status
send_export(struct request *req)
{
	struct export_job job;

	TRY(export_job_read(req->db, req->arena, req->viewer.user->id, &job));
	if (job.finished == 0 || str_empty(job.name))
		return NOT_FOUND;
	return request_send_file(req, SEND_EXPORT, job.name, "application/gzip", "renown-export.tar.gz");
}
