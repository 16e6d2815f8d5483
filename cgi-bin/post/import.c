/* Import: many texts as files. Uploaded here and imported by `renown work`; the report is visible only to the user. */
#include "post_list.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/map.h"
#include "core/str.h"
#include "core/token.h"
#include "http/multipart.h"
#include "page/lang/lang.h"
#include "store/job/import_job.h"
#include "store/media/media.h"

/* NAME_BYTES: the most bytes of a file name on disk; the system allows 255. */
enum { FILES_MAX = 1000, NAME_BYTES = 200, ENDING_BYTES = 20 };

static const struct field_choice modes[] = {
	{ "drafts", N_("Drafts, to review before publishing") },
	{ "publish", N_("What was public is published, at its own date; all else becomes a draft") },
	{ 0 },
};

const struct field import_fields[] = {
	{ .name = "file", .type = FIELD_FILE, .max = MEDIA_MAX_BYTES, .many = FILES_MAX, .label = N_("Files"),
		.help = N_("Markdown files, with the images, audio and video they use. Choose several at once, or a .zip or .tar.gz "
			"archive such as your own export. Up to 1,000 files and 512 MiB.") },
	{ .name = "mode", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Import as"), .choices = modes },
	{ 0 },
};

const struct field report_fields[] = {
	{ .name = "after", .type = FIELD_LINE, .max = 20 },
	{ 0 },
};

static const char *
import_path(struct request *req, int64_t id)
{
	if (id == 0)
		return arena_printf(req->arena, "%s/write/import", req->prefix);
	return arena_printf(req->arena, "%s/write/import/%lld", req->prefix, (long long)id);
}

static const char *
state_of(struct request *req, const struct import_job *job)
{
	if (job->finished == 0 && job->total == 0)
		return _("Queued");
	if (job->finished == 0)
		return arena_printf(req->arena, _("%lld of %lld"), (long long)job->processed, (long long)job->total);
	if (*job->problem != '\0')
		return _("Stopped early");
	return lang_count(req->arena, "%lld post", "%lld posts", (long long)job->total);
}

/* GET /write/import */
enum status
show_import(struct request *req)
{
	const struct form form = { .name = "import", .path = import_path(req, 0), .fields = import_fields, .button = _("Import") };
	const char *values[] = { "mode", "drafts", NULL };
	struct import_job *jobs;
	size_t count;
	xmlNodePtr list;

	TRY(import_job_list(req->db, req->arena, req->viewer.user->id, &jobs, &count));
	TRY(post_list_page(req, "import", _("Import posts")));
	list = page_element(req->page->root, "jobs");
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr job = page_element(list, "job");
		page_href(req->page, job, "href", import_path(req, jobs[i].id));
		page_attr(job, "time-text", clock_local(req->arena, jobs[i].requested));
		page_attr(job, "state-text", state_of(req, &jobs[i]));
	}
	return form_add(req, req->page->root, &form, values);
}

/* --- reading the form ----------------------------------------------------------------- */

/* The largest length up to this one that does not cut a character. */
static size_t
whole(const char *text, size_t length)
{
	while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	return length;
}

/*
 * A safe file name on disk, with the extension of the sent one. number: 1 for the first file of that name, 2 for
 * the second and so on.
 */
static const char *
file_name(struct arena *arena, const char *sent, int number)
{
	const char *dot, *name = sent + strspn(sent, ". ");
	size_t stem, most = NAME_BYTES;

	if (*name == '\0')
		name = "file";
	dot = strrchr(name, '.');
	if (dot == NULL || dot == name || strlen(dot) > ENDING_BYTES)
		dot = name + strlen(name);
	stem = (size_t)(dot - name);
	if (stem > most)
		stem = whole(name, most);
	if (number < 2)
		return arena_printf(arena, "%.*s%s", (int)stem, name, dot);
	return arena_printf(arena, "%.*s (%d)%s", (int)stem, name, number, dot);
}

static enum status
failed(const char *doing, const char *path)
{
	int number = errno;

	log_line(LOG_ERROR, "import", "%s %s: %s", doing, path, strerror(number));
	return status_of_errno(number);
}

static enum status
make_folder(const char *path)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST ? OK : failed("mkdir", path);
}

static enum status
make_last(const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | flags), code;

	if (fd < 0)
		return failed("open", path);
	code = fsync(fd);
	(void)close(fd);
	return code == 0 ? OK : failed("sync", path);
}

/* Moves one file into the folder, under its own name or that name with a number. */
static enum status
move_file(struct request *req, const char *folder, struct map *taken, const struct upload *upload)
{
	const char *name, *path;
	int number = 1;

	do
		name = file_name(req->arena, upload->name, number++);
	while (!map_put(taken, name, taken));
	path = arena_printf(req->arena, "%s/%s", folder, name);
	TRY(make_last(upload->path, 0));
	return rename(upload->path, path) == 0 ? OK : failed("rename", path);
}

/*
 * Moves all files into a folder whose name cannot be guessed, and syncs them to disk. `renown work` removes folders
 * that were left incomplete.
 */
static enum status
move_all(struct request *req, const char *name)
{
	const char *uploads = arena_printf(req->arena, "%s/" IMPORT_UPLOADS, req->conf->media);
	const char *folder = arena_printf(req->arena, "%s/%s", uploads, name);
	struct map *taken = map_new(req->arena);

	TRY(make_folder(uploads));
	TRY(make_folder(folder));
	for (const struct upload *upload = req->uploads; upload != NULL; upload = upload->next)
		TRY(move_file(req, folder, taken, upload));
	TRY(make_last(folder, O_DIRECTORY));
	return make_last(uploads, O_DIRECTORY);
}

/* POST /write/import: first the folder, then the row that refers to it. */
enum status
take_import(struct request *req)
{
	const struct user *user = req->viewer.user;
	const char *folder = token_new(req->arena);
	int64_t waiting, id;

	if (req->uploads == NULL)
		return form_wrong(req, "file", _("Choose a file first."));
	TRY(import_job_waiting(req->db, user->id, &waiting));
	if (waiting >= IMPORT_JOB_WAITING)
		return form_wrong(req, "file", _("Your previous upload is still being imported. Wait until it is done, then upload these files."));
	request_extend_timeout(req);
	TRY(move_all(req, folder));
	TRY(request_write(req, true));
	TRY(import_job_add(req->db, user->id, req->viewer.now, folder, str_equal(request_field(req, "mode"), "publish"), &id));
	return request_see(req, import_path(req, id));
}

/* --- the report ------------------------------------------------------------------------- */

/* Translates "unknown key: weight": the longest part before a colon that is a known message. The rest is a name. */
static const char *
translate(struct request *req, const char *words)
{
	const char *whole_text = lang_text(words);

	for (const char *colon = words; whole_text == words && (colon = strstr(colon, ": ")) != NULL; colon += 2) {
		const char *head = arena_bytes(req->arena, words, (size_t)(colon - words)), *said = lang_text(head);
		if (said != head)
			return arena_printf(req->arena, "%s: %s", said, colon + 2);
	}
	return whole_text;
}

/* A message with the name in place of its %s. *ret_rest: the name when there is no %s. */
static const char *
sentence_of(struct request *req, const struct import_line *line, const char **ret_rest)
{
	const char *words = translate(req, line->words), *place = strstr(words, "%s");

	*ret_rest = place == NULL ? line->about : "";
	if (place == NULL)
		return words;
	return arena_printf(req->arena, "%.*s%s%s", (int)(place - words), words, lang_text(line->about), place + 2);
}

static void
add_words(struct request *req, xmlNodePtr element, const struct import_line *line)
{
	const char *rest;

	if (*line->words == '\0')
		return;
	page_attr(element, "words", sentence_of(req, line, &rest));
	if (*rest != '\0')
		page_attr(element, "about", rest);
	if (line->line > 0)
		page_attr(element, "line-text", arena_printf(req->arena, _("line %lld"), (long long)line->line));
}

/* Adds a link to the imported post, if this user may edit it. */
static void
add_post(struct request *req, xmlNodePtr element, const struct import_line *line)
{
	if (line->post_id == 0 || (line->author_id != req->viewer.user->id && !user_may(req->viewer.user, RIGHT_EDIT)))
		return;
	page_href(req->page, element, "href", arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)line->post_id));
	page_attr(element, "title", line->title);
}

static const char *
outcome_text(const char *outcome)
{
	if (str_equal(outcome, "added"))
		return _("Imported");
	return str_equal(outcome, "exists") ? _("Already exists") : _("Not imported");
}

/*
 * Adds the lines of the report. Notes belong to the file of the line before; if a page begins with notes, it names
 * the file again.
 */
static void
add_lines(struct request *req, const struct import_line *lines, size_t count)
{
	xmlNodePtr list = page_element(req->page->root, "files"), file = NULL;

	for (size_t i = 0; i < count && i < IMPORT_JOB_LINES; i++) {
		const struct import_line *line = &lines[i];
		bool note = str_equal(line->outcome, "note");
		if (file == NULL || !note) {
			file = page_element(list, "file");
			page_attr(file, "name", line->path);
			page_attr(file, "result", note ? "more" : line->outcome);
			page_attr(file, "result-text", note ? _("Continued") : outcome_text(line->outcome));
			add_post(req, file, line);
		}
		add_words(req, note ? page_element(file, "note") : file, line);
	}
}

static enum status
add_counts(struct request *req, const struct import_job *job)
{
	static const char *const counted[] = { "added", "exists", "skipped" };

	for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]); i++) {
		xmlNodePtr element;
		int64_t count;
		TRY(import_job_count(req->db, job->id, counted[i], &count));
		element = page_element(req->page->root, "count");
		page_attr(element, "label", outcome_text(counted[i]));
		page_attr_int(element, "value", count);
	}
	return OK;
}

static void
add_state(struct request *req, const struct import_job *job)
{
	xmlNodePtr state = page_text(req->page->root, "state", state_of(req, job));

	page_attr(state, "status", job->finished == 0 ? "running" : *job->problem != '\0' ? "failed" : "done");
	page_attr(state, "time-text", clock_local(req->arena, job->requested));
	if (job->finished != 0) {
		page_attr(state, "until-text", lang_date(req->arena, job->finished + IMPORT_JOB_SECONDS));
		if (*job->problem != '\0')
			page_attr(state, "problem", lang_text(job->problem));
		return;
	}
	request_warn_no_worker(req);
	page_href(req->page, state, "refresh", import_path(req, job->id));
	page_attr_int(state, "done", job->processed);
	page_attr_int(state, "texts", job->total);
}

/* GET /write/import/:id: the progress, and the result for each file. */
enum status
show_report(struct request *req)
{
	const char *after_text = request_field(req, "after");
	struct import_line *lines;
	struct import_job job;
	long long id, after = 0;
	size_t count;

	if (!str_to_integer(route_text(req, 0), &id))
		return NOT_FOUND;
	if (!str_empty(after_text) && (!str_to_integer(after_text, &after) || after < 0))
		after = 0;
	TRY(import_job_read(req->db, req->arena, req->viewer.user->id, id, &job));
	TRY(import_job_lines(req->db, req->arena, job.id, after, &lines, &count));
	TRY(post_list_page(req, "import-report", _("Import results")));
	page_href(req->page, page_element(req->page->root, "import"), "href", import_path(req, 0));
	add_state(req, &job);
	TRY(add_counts(req, &job));
	add_lines(req, lines, count);
	if (count > IMPORT_JOB_LINES)
		page_href(req->page, page_element(req->page->root, "older"), "href", arena_printf(req->arena, "%s?after=%lld",
			import_path(req, job.id), (long long)lines[IMPORT_JOB_LINES - 1].number));
	return OK;
}
