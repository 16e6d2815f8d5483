/* Writes the report of an upload: the importer's messages, file by file, become the lines that its author reads. */
#ifndef TASK_IMPORT_REPORT_H
#define TASK_IMPORT_REPORT_H

#include "task/import/import.h"
#include "store/job/import_job.h"

struct report;

/* Opens the report of a job, including the lines of an earlier run. In the arena. */
enum status import_report_open(struct db *db, struct arena *arena, const struct import_job *job, struct report **ret_report);

/* The paths whose outcome an earlier run has reported. */
const struct map *import_report_settled(const struct report *report);

/* A listener that fills the report. Also pass import_report_note() to conversion_warnings_listen(). */
struct import_listener import_report_listener(struct report *report);
void import_report_note(void *context, const char *kind, const char *path, int line, const char *detail, int64_t count);

/* Reports a file that is left out, unless its outcome is already known. */
void import_report_leave(struct report *report, const char *path, const struct data_node_problem *problem);

/* Saves all new lines and the progress. Call it in a write transaction. report is a struct report. */
enum status import_report_save(void *report);

#endif
