/* Between serve.c, the life of a worker, and dispatch.c, who and what gets to a handler. */
#ifndef HTTP_WORKER_H
#define HTTP_WORKER_H

#include "http/serve.h"
#include "http/experiments.h"

struct FCGX_Stream; /* of libfcgi */

/* One worker's world: made once, used by every request. */
struct worker {
	const struct route *routes;
	struct arena *memory;   /* as long as the process */
	struct arena *request_memory;
	struct arena *settings_memory;
	struct conf conf;
	struct theme *theme;    /* in use */
	struct theme *standard; /* the default one, whose soundness was seen at the start */
	char theme_name[SETTING_THEME_MOST + 1]; /* the setting that theme was made for */
	struct db *db;          /* NULL while the store cannot be used */
	struct setting_values *settings;
	struct experiments experiments;   /* read with the settings, in the same memory */
	int64_t settings_counter; /* change.counter that they were read at */
	const char *last_problem; /* so that a lasting fault is logged once */
};

/*
 * From the parameters of a request (NAME=VALUE, ended by NULL), and the body of a POST, to its handler's status. in: NULL for a plain CGI, whose body
 * is standard input.
 */
enum status dispatch(struct worker *worker, struct request *req, char **params, struct FCGX_Stream *in,
	const char **ret_allow);

/* Puts the theme that the settings name into use, or, when it cannot be used, the default one: no theme takes the site down. */
void worker_use_theme(struct worker *worker);

/* A form that could not be taken is shown again, with what was typed: the page for that status. Returns the status. */
enum status dispatch_again(struct worker *worker, struct request *req, enum status status);

#endif
