#include "task/import/import_report.h"

#include <string.h>

#include "core/stop_signal.h"
#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"

/* Limits for one file. A text with thousands of broken links needs no more notes. */
enum { NOTES_MOST = 30, ABOUT_MOST = 200 };

struct note {
	struct note *next;
	struct import_line line;
};

/* The lines for one file so far. */
struct told {
	struct told *next;
	struct import_line line; /* its outcome */
	struct note *notes, **last;
	int count;
	bool decided, written, kept;
};

struct report {
	struct db *db;
	struct arena *arena;
	const struct import_job *job;
	struct map *processed;   /* paths that an earlier run has reported */
	struct map *by_path;   /* path -> struct told */
	struct told *files, **last; /* in the order of their first messages */
	int64_t number, kept_number;
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
	TRY(import_job_settled(db, job->id, note_settled, report, &report->kept_number));
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

static struct told *
find(struct report *report, const char *path)
{
	struct told *told = map_get(report->by_path, path);

	if (told != NULL)
		return told;
	told = arena_new_of(report->arena, struct told);
	told->line = (struct import_line){ .path = arena_dup(report->arena, path), .outcome = "skipped", .words = "", .about = "" };
	told->last = &told->notes;
	(void)map_put(report->by_path, told->line.path, told);
	*report->last = told;
	report->last = &told->next;
	return told;
}

static const char *
short_text(struct report *report, const char *text)
{
	return text == NULL ? "" : text_shorten(report->arena, text, ABOUT_MOST);
}

/* --- messages from the importer -------------------------------------------------------- */

void
import_report_note(void *context, const char *kind, const char *path, int line, const char *detail, int64_t count)
{
	struct report *report = context;
	struct told *told;
	struct note *note;

	if (map_get(report->processed, path) != NULL)
		return;
	told = find(report, path);
	if (++told->count > NOTES_MOST)
		return;
	note = arena_new_of(report->arena, struct note);
	note->line = (struct import_line){ .path = told->line.path, .outcome = "note", .line = line, .words = arena_dup(report->arena, kind),
		.about = detail == NULL && count > 1 ? arena_printf(report->arena, "%lld ×", (long long)count) : short_text(report, detail) };
	if (told->count == NOTES_MOST)
		note->line = (struct import_line){ .path = told->line.path, .outcome = "note", .words = N_("and more like this"), .about = "" };
	*told->last = note;
	told->last = &note->next;
}

void
import_report_leave(struct report *report, const char *path, const struct data_node_problem *problem)
{
	struct told *told;

	if (map_get(report->processed, path) != NULL)
		return;
	told = find(report, path);
	if (told->decided)
		return;
	told->line.words = problem->words;
	told->line.about = short_text(report, problem->about);
	told->line.line = problem->line;
	told->decided = true;
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
	struct told *told = find(report, file->path);

	report->done++;
	told->decided = true;
	if (outcome == IMPORT_READY || outcome == IMPORT_UNCHANGED) {
		told->line.outcome = outcome == IMPORT_READY ? "added" : "exists";
		told->line.post_id = file->holder_id != 0 ? file->holder_id : file->post_id;
	}
	if (file->holder_id != 0) {
		told->line.words = N_("the URL slug \"%s\" is already in use; to import this post, give it another slug");
		told->line.about = arena_dup(report->arena, file->wanted);
	} else if (outcome == IMPORT_LEFT_OUT) {
		told->line.words = file->why_out;
	}
}

enum status
import_report_keep(void *context)
{
	struct report *report = context;

	report->number = report->kept_number;
	for (struct told *told = report->files; told != NULL; told = told->next) {
		if (!told->decided || told->kept)
			continue;
		told->line.number = ++report->number;
		TRY(import_job_tell(report->db, report->job->id, &told->line));
		for (struct note *note = told->notes; note != NULL; note = note->next) {
			note->line.number = ++report->number;
			TRY(import_job_tell(report->db, report->job->id, &note->line));
		}
		told->written = true;
	}
	return import_job_move(report->db, report->job->id, report->total, report->done);
}

static void
note_kept(void *context, bool well)
{
	struct report *report = context;

	for (struct told *told = report->files; told != NULL; told = told->next) {
		if (well && told->written)
			told->kept = true;
		/* Its outcome was part of the transaction that failed. */
		if (!well && told->decided && !told->kept && str_equal(told->line.outcome, "added")) {
			told->decided = false;
			told->line.outcome = "skipped";
			told->line.post_id = 0;
			report->done--;
		}
		told->written = false;
	}
	if (well)
		report->kept_number = report->number;
}

/* The number of texts is known when all are read. It is saved at once, so that the page shows it. */
static void
note_step(void *context, const char *what, int64_t done, int64_t total)
{
	struct report *report = context;

	if (!str_equal(what, "Importing") || done != 0)
		return;
	report->total = total;
	if (db_begin_private(report->db) == OK && import_job_move(report->db, report->job->id, total, report->done) == OK)
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
		.saving = import_report_keep, .kept = note_kept, .must_end = must_end };
}
