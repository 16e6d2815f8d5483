#include "http/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/path_owner.h"
#include "core/str.h"
#include "core/token.h"
#include "http/response.h"
#include "http/worker.h"
#include "page/doc/xml_memory.h"
#include "store/db/db_location.h"

enum { EXIT_CONFIGURATION = 78, FIRST_RECORDS_SECONDS = 30, LISTENING = STDIN_FILENO };

static volatile sig_atomic_t stopping;

static void
on_stop(int signal_number)
{
	(void)signal_number;
	stopping = 1;
}

/*
 * Ends a worker whose request takes too long or whose peer sent half a request. Starting a new one costs less than
 * a stuck one.
 */
static void
on_alarm(int signal_number)
{
	static const char words[] = "renown: a request took too long; this worker ends\n";

	(void)signal_number;
	(void)!write(STDERR_FILENO, words, sizeof(words) - 1);
	_exit(EXIT_FAILURE);
}

static void
catch_signals(sigset_t *ret_waiting)
{
	struct sigaction stop = { .sa_handler = on_stop }, alarm_action = { .sa_handler = on_alarm };
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGINT);
	sigaddset(&blocked, SIGHUP);
	sigaddset(&blocked, SIGUSR1); /* FastCGI process managers send it to end a worker gracefully */
	/* Blocked except while waiting for a request, so that a running request is always finished. */
	(void)sigprocmask(SIG_BLOCK, &blocked, ret_waiting);
	sigdelset(ret_waiting, SIGTERM);
	sigdelset(ret_waiting, SIGINT);
	sigdelset(ret_waiting, SIGHUP);
	sigdelset(ret_waiting, SIGUSR1);
	(void)sigaction(SIGTERM, &stop, NULL);
	(void)sigaction(SIGINT, &stop, NULL);
	(void)sigaction(SIGHUP, &stop, NULL);
	(void)sigaction(SIGUSR1, &stop, NULL);
	(void)sigaction(SIGALRM, &alarm_action, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
}

/* --- one request -------------------------------------------------------------- */

/* Writes to the web server, or to standard output as plain CGI. A peer that has gone away is not an error. */
static void
send_bytes(const char *bytes, size_t length, FCGX_Stream *out)
{
	if (out != NULL)
		(void)FCGX_PutStr(bytes, (int)length, out);
	else
		(void)fwrite(bytes, 1, length, stdout);
}

static void
answer(struct worker *worker, FCGX_ParamArray params, FCGX_Stream *in, FCGX_Stream *out)
{
	struct request req = { .arena = worker->request_memory, .conf = &worker->conf, .theme = worker->theme, .default_theme = worker->default_theme,
		.settings = worker->settings, .prefix = "", .path = "/" };
	const char *method = FCGX_GetParam("REQUEST_METHOD", params), *id = FCGX_GetParam("REQUEST_ID", params);
	const char *allow = NULL;
	int64_t began = clock_micros();
	const struct route *route;
	struct response reply;
	enum status status;

	xml_memory_begin();
	log_request(id != NULL ? id : token_short(req.arena));
	req.method = arena_dup(req.arena, method == NULL ? "" : method);
	status = dispatch(worker, &req, params, in, &allow);
	if (worker->db == NULL)
		req.db = NULL;
	/* An error page would read the database again, and wait for it just as long. */
	if (req.db == NULL || db_is_broken(req.db) || (status == BUSY && req.page == NULL))
		req.settings = NULL;
	route = req.route;
	response_build(&req, status, allow, &reply);
	/* Commits when the whole response is in memory and before any of it is sent: never "500, but it was saved". */
	if (req.db != NULL && db_is_writing(req.db) && (reply.status == OK || reply.status == SEE_OTHER)) {
		enum status kept = db_commit(req.db);
		if (kept != OK) {
			/* Building the success response changed these; the form must come back with what was typed. */
			req.route = route;
			req.page = NULL;
			req.location = NULL;
			response_build(&req, dispatch_again(worker, &req, kept), NULL, &reply);
		}
	}
	if (worker->db != NULL)
		db_end(worker->db);
	send_bytes(reply.head, reply.head_length, out);
	send_bytes(reply.body, reply.body_length, out);
	worker_keep_response(worker, &req, &reply);
	if (log_shows(LOG_DEBUG))
		log_line(LOG_DEBUG, "request", "method=%s path=%s status=%s microseconds=%lld bytes=%zu", req.method,
			req.path, status_name(status), (long long)(clock_micros() - began), reply.body_length);
	log_request(NULL);
	arena_reset(worker->request_memory);
	xml_memory_end();
}

/* --- a worker's start and loop -------------------------------------------------- */

/* Logs why the program cannot start, and waits so that a supervisor does not restart it in a tight loop. */
static int
refuse(const char *problem)
{
	log_line(LOG_ERROR, "start", "%s", problem);
	(void)sleep(1);
	return EXIT_CONFIGURATION;
}

static enum log_level
level_of(const char *name)
{
	return str_equal(name, "error") ? LOG_ERROR : str_equal(name, "warning") ? LOG_WARNING :
		str_equal(name, "debug") ? LOG_DEBUG : LOG_INFO;
}

/*
 * Returns why root must not use a path, or NULL. Whoever can change renown.conf, the database or a folder controls
 * what a program does with them. If that program runs as root, they would gain root's rights. For a path that does
 * not exist, its folder must belong to root.
 */
static const char *
user_problem(struct arena *arena, const char *folder, const char *path)
{
	struct path_owner found;

	if (geteuid() != 0 || path_owner_find(arena, path, &found) != 0 || path_is_roots(&found))
		return NULL;
	if (path == folder)
		return arena_printf(arena, "root must not serve %s, which another user can change: start this program as that user", folder);
	return arena_printf(arena, "root must not serve %s, since another user can change %s: give the whole site to one user, and start this program as that user",
		folder, path);
}

static const char *
conf_user_problem(struct arena *arena, const char *folder, const struct conf *conf)
{
	const char *const paths[] = { db_location(conf), conf->media, conf->themes };
	const char *problem = NULL;

	for (size_t i = 0; problem == NULL && i < sizeof(paths) / sizeof(*paths); i++)
		problem = user_problem(arena, folder, paths[i]);
	return problem;
}

/* Returns why this worker must not start, or NULL. */
static const char *
prepare(struct worker *worker, const char *program)
{
	const char *problem = route_problem(worker->memory, worker->routes), *folder = conf_find_site(worker->memory, NULL);

	if (problem == NULL)
		problem = user_problem(worker->memory, folder, folder);
	if (problem == NULL)
		problem = user_problem(worker->memory, folder, arena_printf(worker->memory, "%s/renown.conf", folder));
	if (problem != NULL)
		return problem;
	if (conf_read(worker->memory, folder, &worker->conf, &problem) != OK)
		return problem;
	problem = conf_user_problem(worker->memory, folder, &worker->conf);
	if (problem != NULL)
		return problem;
	log_open(program, level_of(worker->conf.log_level));
	if (theme_open(NULL, conf_data_folder(), program, &worker->default_theme, &problem) != OK)
		return problem;
	worker->theme = worker->default_theme;
	/*
	 * The first request opens the database. A database that is missing or locked must not prevent the start:
	 * readers then get a page that says so.
	 */
	return NULL;
}

/* Waits for a connection; false when the worker should end. */
static bool
wait_for_request(const sigset_t *waiting)
{
	struct pollfd listening = { .fd = LISTENING, .events = POLLIN };

	while (!stopping) {
		int ready = ppoll(&listening, 1, NULL, waiting);
		if (ready > 0)
			return true;
		if (ready < 0 && errno != EINTR)
			return false;
	}
	return false;
}

static void
answer_all(struct worker *worker, FCGX_Request *fcgx, const sigset_t *waiting)
{
	int flags = fcntl(LISTENING, F_GETFL);

	/* All waiting workers wake up for one connection; those that are late must not block in accept(). */
	(void)fcntl(LISTENING, F_SETFL, flags | O_NONBLOCK);
	for (long long count = 0; count < worker->conf.requests && wait_for_request(waiting);) {
		int code;
		/* libfcgi has no time limits, not even for the first record. */
		(void)alarm(FIRST_RECORDS_SECONDS);
		code = FCGX_Accept_r(fcgx);
		if (code == -EAGAIN || code == -ECONNABORTED)
			continue;
		if (code < 0)
			break;
		fcgx->keepConnection = 0; /* a kept connection would block all others */
		(void)alarm((unsigned)worker->conf.timeout);
		answer(worker, fcgx->envp, fcgx->in, fcgx->out);
		FCGX_Finish_r(fcgx);
		(void)alarm(0);
		count++;
	}
}

/* The parameters of a plain CGI. A copy, because setenv(), which sets language and time zone, can move libc's list. */
static FCGX_ParamArray
environment(struct arena *arena)
{
	size_t count = 0;
	char **copy;

	while (environ[count] != NULL)
		count++;
	copy = arena_array(arena, count + 1, sizeof(*copy));
	memcpy(copy, environ, (count + 1) * sizeof(*copy));
	return copy;
}

/* As a plain CGI a program can get words of the address as arguments (RFC 3875, 4.4): those are no order to print anything. */
static bool
asks_for_routes(int argc, char **argv)
{
	return argc == 2 && str_equal(argv[1], "--routes") && getenv("GATEWAY_INTERFACE") == NULL && getenv("REQUEST_METHOD") == NULL;
}

int
serve(const char *program, const struct route *routes, int argc, char **argv)
{
	struct worker worker = { .program = program, .routes = routes, .memory = arena_new(), .request_memory = arena_new(),
		.cache = response_cache_new(RESPONSE_CACHE_MAX), .verifies = str_equal(getenv("RENOWN_VERIFY_CACHE"), "1"), .settings_counter = -1 };
	FCGX_Request fcgx;
	sigset_t waiting;
	const char *problem;

	if (asks_for_routes(argc, argv)) {
		route_print(routes);
		return EXIT_SUCCESS;
	}
	log_open(program, LOG_INFO);
	token_init();
	xml_memory_init();
	if (FCGX_Init() != 0 || FCGX_InitRequest(&fcgx, LISTENING, 0) != 0)
		return refuse("libfcgi cannot start");
	catch_signals(&waiting); /* after FCGX_Init(), which installs handlers of its own */
	problem = prepare(&worker, program);
	if (problem != NULL)
		return refuse(problem);
	if (FCGX_IsCGI()) {
		(void)alarm((unsigned)worker.conf.timeout);
		answer(&worker, environment(worker.memory), NULL, NULL);
		(void)fflush(stdout);
	} else {
		answer_all(&worker, &fcgx, &waiting);
		FCGX_Free(&fcgx, 1);
	}
	db_close(worker.db);
	if (worker.theme != worker.default_theme)
		theme_close(worker.theme);
	theme_close(worker.default_theme);
	response_cache_free(worker.cache);
	arena_free(worker.settings_memory);
	arena_free(worker.request_memory);
	arena_free(worker.memory);
	return EXIT_SUCCESS;
}
