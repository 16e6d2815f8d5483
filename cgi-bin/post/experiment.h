/* Trials of a post at the desk; the routes stand in post.c. */
#ifndef CGI_BIN_POST_EXPERIMENT_H
#define CGI_BIN_POST_EXPERIMENT_H

#include "http/form.h"
#include "http/serve.h"
#include "store/experiment/experiment.h"

extern const struct field experiment_fields[], experiment_result_fields[];

/* trial.c: beginning one, and those there were. */
enum status show_experiment(struct request *req);
enum status take_experiment(struct request *req);

/* experiment_result.c: what came of one; ending it, keeping a variant. */
enum status show_experiment_result(struct request *req);
enum status take_experiment_result(struct request *req);

/* The post in the address, if it is this reader's to write and can be tried. */
enum status experiment_post(struct request *req, struct post *ret_post, const char **ret_markdown);

/* "/write/7/experiment", or with the trial's number behind it. */
const char *experiment_path(struct request *req, const struct post *post, int64_t number);

/* What a trial changes about the post: a form about it must know what the post says now. For form_add() and form_merge(). */
struct form_watched;
const struct form_watched *experiment_watched(struct request *req, const struct post *post);

/* "Runs since 24 November 2026", "Ran from … to …. B was kept." */
const char *experiment_state(struct request *req, const struct experiment *experiment);

/* The word for what counts. */
const char *experiment_goal(const char *goal);

#endif
