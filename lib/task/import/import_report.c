#include "task/import/import_report.h"

#include <string.h>

#include "core/stop_signal.h"
#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"

/* Limits for one file. A text with thousands of broken links needs no more notes. */
enum { NOTES_MAX = 30, ABOUT_MAX = 200 };

struct note {
	struct note *next;
	struct import_line line;
};

/* The lines for one file so far. */
struct file_report {
	struct file_report *next;
	struct import_line line; /* its outcome */
	struct note *notes, **last;
	int count;
	bool decided, written, saved;
};

struct report {
	struct db *db;
	struct arena *arena;
	const struct import_job *job;
	struct map *processed;   /* paths that an earlier run has reported */
	struct map *by_path;   /* path -> struct file_report */
	struct file_report *files, **last; /* in the order of their first messages */
	int64_t number, saved_number;
	int64_t total, done;
};

static enum status
note_settled(void *context, struct arena *arena, void *row)
{
	struct report *report = context;
	const struct import_line *line = row;

	(void)arena;
	(void)map_put(report->processed, arena_dup(report->arena, line->path), report);
	return OK;
}

enum status
import_report_open(struct db *db, struct arena *arena, const struct import_job *job, struct report **ret_report)
{
	struct report *report = arena_new_of(arena, struct report);

	*report = (struct report){ .db = db, .arena = arena, .job = job, .processed = map_new(arena), .by_path = map_new(arena) };
	report->last = &report->files;
	TRY(import_job_settled(db, job->id, note_settled, report, &report->saved_number));
	report->total = job->total;
	report->done = job->processed;
	*ret_report = report;
	return OK;
}

const struct map *
import_report_settled(const struct report *report)
{
	return report->processed;
}

static struct file_report *
find(struct report *report, const char *path)
{
	struct file_report *file_report = map_get(report->by_path, path);

	if (file_report != NULL)
		return file_report;
	file_report = arena_new_of(report->arena, struct file_report);
	file_report->line = (struct import_line){ .path = arena_dup(report->arena, path), .outcome = "skipped", .words = "", .about = "" };
	file_report->last = &file_report->notes;
	(void)map_put(report->by_path, file_report->line.path, file_report);
	*report->last = file_report;
	report->last = &file_report->next;
	return file_report;
}

static const char *
short_text(struct report *report, const char *text)
{
	return text == NULL ? "" : text_shorten(report->arena, text, ABOUT_MAX);
}

/* --- messages from the importer -------------------------------------------------------- */

void
import_report_note(void *context, const char *kind, const char *path, int line, const char *detail, int64_t count)
{
	struct report *report = context;
	struct file_report *file_report;
	struct note *note;

	if (map_get(report->processed, path) != NULL)
		return;
	file_report = find(report, path);
	if (++file_report->count > NOTES_MAX)
		return;
	note = arena_new_of(report->arena, struct note);
	note->line = (struct import_line){ .path = file_report->line.path, .outcome = "note", .line = line, .words = arena_dup(report->arena, kind),
		.about = detail == NULL && count > 1 ? arena_printf(report->arena, "%lld ×", (long long)count) : short_text(report, detail) };
	if (file_report->count == NOTES_MAX)
		note->line = (struct import_line){ .path = file_report->line.path, .outcome = "note", .words = N_("and more like this"), .about = "" };
	*file_report->last = note;
	file_report->last = &note->next;
}

void
import_report_leave(struct report *report, const char *path, const struct data_node_problem *problem)
{
	struct file_report *file_report;

	if (map_get(report->processed, path) != NULL)
		return;
	file_report = find(report, path);
	if (file_report->decided)
		return;
	file_report->line.words = problem->words;
	file_report->line.about = short_text(report, problem->about);
	file_report->line.line = problem->line;
	file_report->decided = true;
}

/* A file or folder that is not read. */
static void
note_left_out(void *context, const char *path, const struct data_node_problem *problem)
{
	import_report_leave(context, path, problem);
}

/* Texts are counted in decided(); any other file is final at once. */
static void
note_refused(void *context, const char *path, const struct data_node_problem *problem)
{
	struct report *report = context;

	import_report_leave(report, *path == '\0' ? "." : path, problem);
}

static void
note_decided(void *context, const struct import_file *file, enum import_outcome outcome)
{
	struct report *report = context;
	struct file_report *file_report = find(report, file->path);

	report->done++;
	file_report->decided = true;
	if (outcome == IMPORT_READY || outcome == IMPORT_UNCHANGED) {
		file_report->line.outcome = outcome == IMPORT_READY ? "added" : "exists";
		file_report->line.post_id = file->holder_id != 0 ? file->holder_id : file->post_id;
	}
	if (file->holder_id != 0) {
		file_report->line.words = N_("the URL slug \"%s\" is already in use; to import this post, give it another slug");
		file_report->line.about = arena_dup(report->arena, file->wanted);
	} else if (outcome == IMPORT_LEFT_OUT) {
		file_report->line.words = file->why_out;
	}
}

enum status
import_report_save(void *context)
{
	struct report *report = context;

	report->number = report->saved_number;
	for (struct file_report *file_report = report->files; file_report != NULL; file_report = file_report->next) {
		if (!file_report->decided || file_report->saved)
			continue;
		file_report->line.number = ++report->number;
		TRY(import_job_add_line(report->db, report->job->id, &file_report->line));
		for (struct note *note = file_report->notes; note != NULL; note = note->next) {
			note->line.number = ++report->number;
			TRY(import_job_add_line(report->db, report->job->id, &note->line));
		}
		file_report->written = true;
	}
	return import_job_set_progress(report->db, report->job->id, report->total, report->done);
}

static void
note_saved(void *context, bool well)
{
	struct report *report = context;

	for (struct file_report *file_report = report->files; file_report != NULL; file_report = file_report->next) {
		if (well && file_report->written)
			file_report->saved = true;
		/* Its outcome was part of the transaction that failed. */
		if (!well && file_report->decided && !file_report->saved && str_equal(file_report->line.outcome, "added")) {
			file_report->decided = false;
			file_report->line.outcome = "skipped";
			file_report->line.post_id = 0;
			report->done--;
		}
		file_report->written = false;
	}
	if (well)
		report->saved_number = report->number;
}

/* The number of texts is known when all are read. It is saved at once, so that the page shows it. */
static void
note_step(void *context, const char *what, int64_t done, int64_t total)
{
	struct report *report = context;

	if (!str_equal(what, "Importing") || done != 0)
		return;
	report->total = total;
	if (db_begin_private(report->db) == OK && import_job_set_progress(report->db, report->job->id, total, report->done) == OK)
		(void)db_commit(report->db);
	db_end(report->db);
}

static bool
must_end(void *context)
{
	(void)context;
	return stop_signal_pending();
}

struct import_listener
import_report_listener(struct report *report)
{
	return (struct import_listener){ .context = report, .step = note_step, .refused = note_refused, .left_out = note_left_out, .decided = note_decided,
		.saving = import_report_save, .saved = note_saved, .must_end = must_end };
}
