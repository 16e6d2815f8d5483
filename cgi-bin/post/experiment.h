/* A/B tests of a post. The routes are in post.c. */
#ifndef CGI_BIN_POST_EXPERIMENT_H
#define CGI_BIN_POST_EXPERIMENT_H

#include "http/form.h"
#include "http/serve.h"
#include "store/experiment/experiment.h"

extern const struct field experiment_fields[], experiment_result_fields[];

/* experiment.c: starting a test, and the list of tests */
enum status show_experiment(struct request *req);
enum status take_experiment(struct request *req);

/* experiment_result.c: the result of a test, ending it, and choosing a winner */
enum status show_experiment_result(struct request *req);
enum status take_experiment_result(struct request *req);

/* The post in the address. NOT_FOUND when this user may not edit it or it cannot be tested. */
enum status experiment_post(struct request *req, struct post *ret_post, const char **ret_markdown);

/* "/write/7/experiment", or with the test's number after it. In the arena. */
const char *experiment_path(struct request *req, const struct post *post, int64_t number);

/* The fields of the post that a test varies, with their current values, for form_add() and form_merge(). */
struct form_watched;
const struct form_watched *experiment_watched(struct request *req, const struct post *post);

/* The state as a sentence, such as "Running since 24 November 2026." or "Ran from … to …. Winner: B." */
const char *experiment_state(struct request *req, const struct experiment *experiment);

/* The label of a goal, in the page's language. */
const char *experiment_goal(const char *goal);

#endif
