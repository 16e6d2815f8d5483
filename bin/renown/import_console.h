/* Shows the progress and the result of an import on a terminal. */
#ifndef BIN_RENOWN_IMPORT_CONSOLE_H
#define BIN_RENOWN_IMPORT_CONSOLE_H

#include "command.h"
#include "task/import/import.h"

/* Runs an import that reports refused files and its progress on standard error. Returns DONE or FAILED. */
int import_run_console(struct context *context, const struct import_options *options, struct import **ret_import);

/* Prints what was done and the import warnings to standard output. */
void import_report(const struct import *import);

#endif
