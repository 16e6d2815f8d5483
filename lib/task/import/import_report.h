/* The report of an import from the desk: what the importer says, file by file, into the lines that its author reads. */
#ifndef TASK_IMPORT_REPORT_H
#define TASK_IMPORT_REPORT_H

#include "task/import/import.h"
#include "store/job/import_job.h"

struct report;

/* For that job, with what an earlier run of it has told already. */
enum status import_report_open(struct db *db, struct arena *arena, const struct import_job *job, struct report **ret_report);

/* Paths whose fate is told. */
const struct map *import_report_settled(const struct report *report);

/* What hears for it. losses_listen() to import_report_note() as well. */
struct import_listener import_report_listener(struct report *report);
void import_report_note(void *context, const char *kind, const char *path, int line, const char *detail, int64_t count);

/* A file that is left out, unless its fate is told. */
void import_report_leave(struct report *report, const char *path, const struct data_node_problem *problem);

/* In a write transaction: all lines that are not kept yet, and how far it is. */
enum status import_report_keep(void *report);

#endif
