/*
 * Shared by serve.c (a worker's start and loop) and dispatch.c (the checks before a handler runs). Private to
 * lib/http.
 */
#ifndef HTTP_WORKER_H
#define HTTP_WORKER_H

#include "http/serve.h"
#include "http/experiments.h"
#include "http/response_cache.h"

struct FCGX_Stream; /* of libfcgi */
struct response;

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
	struct response_cache *cache; /* of pages for reading */
	int64_t cache_counter;  /* change.counter of the last such page */
	int64_t cache_comments; /* content_version.comments of the last such page */
	bool verifies;          /* compares each cached response with a new one, see worker_answer_reading() */
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

/*
 * Answers a GET of a page for reading (http/route_table.h), from the cache or by its handler. With RENOWN_VERIFY_CACHE=1 in the
 * environment, which the tests set, each cached response is first compared with a new one; the worker aborts when they differ.
 */
enum status worker_answer_reading(struct worker *worker, struct request *req);

/* Stores a response, once it was sent, when it may be stored. */
void worker_keep_response(struct worker *worker, const struct request *req, const struct response *reply);

/* Reads the version of a dependency, of which on and id are set, and when it got it (http/request_depends.c). */
enum status dependency_read(struct request *req, struct dependency *dependency);

/* Whether the response may be kept by the browser of a signed-in reader and by the worker. */
bool worker_reads(const struct request *req);

/* Shows a rejected form again, with what was typed, as the page for that status. Returns the status. */
enum status dispatch_again(struct worker *worker, struct request *req, enum status status);

#endif
