/* The parts of `renown sample`: what stands in the folder samples/ beside the posts. */
#ifndef BIN_RENOWN_SAMPLE_H
#define BIN_RENOWN_SAMPLE_H

#include "command.h"
#include "task/import/import.h"
#include "task/frontmatter/data_node.h"

/* A YAML file of the samples folder; DONE, or FAILED and said why. */
int sample_read(struct context *context, const char *name, struct data_node **ret_node);

/* Adds the people who are not there yet, with their rights. FAILED and said why. */
int sample_add_people(struct context *context);

/* Adds the comments that are not there yet; import says which post a slug became. */
int sample_add_comments(struct context *context, const struct import *import);

/* Sets those of the sample settings that are still at their default. */
int sample_add_settings(struct context *context);

/* Brings those back to their default that still are as sample_add_settings() set them. */
int sample_remove_settings(struct context *context);

/*
 * Writes log/sample-visits.log: 90 days of made-up visits to the posts of the import, up to the
 * day before the one that holds until, in the format of renown-log(5). The same until always makes the same file.
 * Leaves a file that is there.
 */
int sample_add_visits(struct context *context, const struct import *import, int64_t until);
int sample_remove_visits(struct context *context);

#endif
