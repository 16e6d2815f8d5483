/* The parts of `renown sample`: the data in samples/ besides the posts. */
#ifndef BIN_RENOWN_SAMPLE_H
#define BIN_RENOWN_SAMPLE_H

#include "command.h"
#include "task/import/import.h"
#include "task/frontmatter/data_node.h"

/* Reads a YAML file of samples/. DONE, or FAILED with the reason printed. */
int sample_read(struct context *context, const char *name, struct data_node **ret_node);

/* Adds the users who do not exist yet, with their grants. DONE, or FAILED with the reason printed. */
int sample_add_people(struct context *context);

/* Adds the comments that do not exist yet. import maps slugs to posts. The same results. */
int sample_add_comments(struct context *context, const struct import *import);

/* Sets those sample settings that still have their default value. */
int sample_add_settings(struct context *context);

/* Resets the settings that still have the values of sample_add_settings(). */
int sample_remove_settings(struct context *context);

/*
 * Writes log/sample-visits.log: 90 days of generated visits to the posts of the import, up to the day before the
 * one that contains until, in the format of renown-log(5). The same until always gives the same file. An existing
 * file is not changed. DONE, or FAILED with the reason printed.
 */
int sample_add_visits(struct context *context, const struct import *import, int64_t until);
/* Removes that file. DONE, or FAILED with the reason printed. */
int sample_remove_visits(struct context *context);

#endif
