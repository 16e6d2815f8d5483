/*
 * Shared by serve.c (a worker's start and loop) and dispatch.c (the checks before a handler runs). Private to
 * lib/http.
 */
#ifndef HTTP_WORKER_H
#define HTTP_WORKER_H

#include "http/serve.h"
#include "http/experiments.h"

struct FCGX_Stream; /* of libfcgi */

/* The state of one worker, used by all its requests. */
struct worker {
	const struct route *routes;
	struct arena *memory;   /* freed when the process ends */
	struct arena *request_memory;
	struct arena *settings_memory;
	struct conf conf;
	struct theme *theme;    /* in use */
	struct theme *default_theme; /* the default theme, checked at the start */
	char theme_name[SETTING_THEME_MAX + 1]; /* the setting that the theme was opened for */
	struct db *db;          /* NULL while the database cannot be used */
	struct setting_values *settings;
	struct experiments experiments;   /* read with the settings, in the same memory */
	int64_t settings_counter; /* change.counter when they were read */
	const char *last_problem; /* so that a lasting problem is logged once */
};

/*
 * Handles a request up to its handler's status. params: NAME=VALUE, ended by NULL. in: the body of a POST; NULL for
 * plain CGI, where it is standard input. *ret_allow is set for WRONG_METHOD.
 */
enum status dispatch(struct worker *worker, struct request *req, char **params, struct FCGX_Stream *in,
	const char **ret_allow);

/*
 * Uses the theme of the settings or, if that cannot be used, the default one, so that no theme can take the site
 * down.
 */
void worker_use_theme(struct worker *worker);

/* Shows a rejected form again, with what was typed, as the page for that status. Returns the status. */
enum status dispatch_again(struct worker *worker, struct request *req, enum status status);

#endif
