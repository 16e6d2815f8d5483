#include "http/worker.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "core/text.h"
#include "http/cookie.h"
#include "http/form.h"
#include "http/form_back.h"
#include "http/multipart.h"
#include "http/form_once.h"
#include "http/response.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/db/db_location.h"
#include "store/auth/second_factor.h"
#include "store/auth/session_cookie.h"
#include "store/media/media_visibility.h"

static const char *
parameter(struct request *req, FCGX_ParamArray params, const char *name)
{
	/* libfcgi frees its parameters with the last record of the request. */
	return arena_dup(req->arena, FCGX_GetParam(name, params));
}

/* The value of one of the site's cookies, by its name without a prefix. */
static const char *
own_cookie(struct request *req, const char *cookies, const char *name)
{
	return cookie_value(req->arena, cookies, cookie_name(req->arena, req->conf, name));
}

/* Sets the path below the site's base path, after checking it. NOT_FOUND when it is not a path of this site. */
static enum status
take_path(struct request *req, const char *given)
{
	char *clean;

	if (given == NULL) {
		log_line(LOG_ERROR, "web-server", "RENOWN_PATH is not set: use the shipped configuration");
		return FAULT;
	}
	if (!text_accept(req->arena, given, strlen(given), TEXT_LINE, &clean) || !str_equal(clean, given))
		return NOT_FOUND;
	if (!str_starts(given, req->conf->base_path))
		return NOT_FOUND;
	given += strlen(req->conf->base_path);
	if (*given != '/' && *given != '\0')
		return NOT_FOUND;
	req->path = *given == '\0' ? "/" : given;
	return OK;
}

static void
drop_db(struct worker *worker, const char *problem)
{
	db_close(worker->db);
	worker->db = NULL;
	if (!str_equal(problem, worker->last_problem))
		log_line(LOG_ERROR, "store", "%s: %s", db_location(&worker->conf), problem);
	worker->last_problem = problem;
}

/* Makes sure that the database is open. Opens it again when its file was replaced or proved damaged. */
static enum status
require_db(struct worker *worker)
{
	const char *problem;
	enum status status;

	if (worker->db != NULL && !db_is_same_file(worker->db))
		drop_db(worker, "the file was replaced or is gone");
	if (worker->db != NULL && db_is_broken(worker->db))
		drop_db(worker, "damaged or unreadable: run renown doctor");
	if (worker->db != NULL)
		return OK;
	status = db_open_site(&worker->conf, DB_SERVE, media_visibility_settle, &worker->db, &problem);
	if (status != OK) {
		worker->db = NULL;
		drop_db(worker, problem);
		return status;
	}
	if (worker->last_problem != NULL)
		log_line(LOG_INFO, "store", "in use again");
	worker->last_problem = NULL;
	worker->settings_counter = -1;
	response_cache_clear(worker->cache);
	return OK;
}

/* Reads the settings and the running A/B tests again, but only when the content version has changed. */
static enum status
refresh_settings(struct worker *worker, struct request *req)
{
	struct arena *fresh;
	struct setting_values *values;
	struct experiments experiments;
	enum status status;

	if (worker->settings != NULL && worker->settings_counter == req->change.counter)
		return OK;
	fresh = arena_new();
	status = setting_read(req->db, fresh, &values);
	if (status == OK)
		status = experiments_read(req->db, fresh, req->viewer.now, &experiments);
	if (status != OK) {
		arena_free(fresh);
		return status;
	}
	arena_free(worker->settings_memory);
	worker->settings_memory = fresh;
	worker->settings = values;
	worker->experiments = experiments;
	worker->settings_counter = req->change.counter;
	if (!clock_use_zone(setting_value(values, "time_zone", "")))
		log_line(LOG_WARNING, "setting", "time_zone is unknown to this system");
	worker_use_theme(worker);
	return OK;
}

static bool
role_allows(enum role role, const struct viewer *viewer)
{
	switch (role) {
	case ANYONE: return true;
	case MEMBER: return viewer->user != NULL;
	case AUTHOR: return user_may(viewer->user, RIGHT_WRITE);
	case EDITOR: return user_may(viewer->user, RIGHT_EDIT);
	case MODERATOR: return user_may(viewer->user, RIGHT_MODERATE);
	case OWNER: return user_may(viewer->user, RIGHT_RUN);
	}
	return false;
}

/* --- the body of a POST -------------------------------------------------------- */

static size_t
read_bytes(FCGX_Stream *in, char *bytes, size_t length)
{
	if (in == NULL)
		return fread(bytes, 1, length, stdin);
	return (size_t)FCGX_GetStr(bytes, (int)length, in);
}

/* Where a form with files is read from. */
struct body {
	FCGX_Stream *in;
	long long timeout;
};

/* The web server has buffered the whole body, so while it keeps coming nothing is stuck: restart the timeout. */
static size_t
read_more(void *context, char *bytes, size_t length)
{
	struct body *body = context;

	(void)alarm((unsigned)body->timeout);
	return read_bytes(body->in, bytes, length);
}

/* keep: save the files; otherwise only the other fields are read. */
static enum status
read_multipart(struct request *req, const struct field *fields, const char *type, long long length, FCGX_Stream *in, bool keep)
{
	struct body body = { in, req->conf->timeout };
	struct multipart form = { .fields = fields, .type = type, .length = length, .folder = keep ? req->conf->media : NULL,
		.read = read_more, .context = &body };

	return multipart_read(req->arena, &form, &req->fields, &req->uploads);
}

/*
 * Reads and parses the form. It never reads more than the fields can need. It must read all that Content-Length
 * announces, because libfcgi returns half a body without an error.
 */
static enum status
read_form(struct request *req, FCGX_ParamArray params, FCGX_Stream *in, bool keep)
{
	const struct field *fields = form_fields(req->arena, req->route->fields);
	const char *type = parameter(req, params, "CONTENT_TYPE"), *length_text = parameter(req, params, "CONTENT_LENGTH");
	long long length;
	char *body;

	if (type == NULL || length_text == NULL || !str_to_integer(length_text, &length) || length < 0)
		return BAD_REQUEST;
	if (field_has_file(fields))
		return read_multipart(req, fields, type, length, in, keep);
	if (!str_starts(type, "application/x-www-form-urlencoded"))
		return BAD_REQUEST;
	if ((size_t)length > field_room(fields))
		return TOO_LARGE;
	body = arena_alloc(req->arena, (size_t)length + 1);
	if (read_bytes(in, body, (size_t)length) != (size_t)length)
		return BAD_REQUEST;
	return field_parse(req->arena, fields, body, (size_t)length, false, &req->fields);
}

static enum status
post(struct request *req, FCGX_ParamArray params, FCGX_Stream *in)
{
	enum status status;

	lang_use(request_language(req)); /* errors in a form are reported before there is a page */
	status = read_form(req, params, in, true);
	/* If the proof of a form fails, its values are not used, only shown again. */
	if (req->fields != NULL) {
		enum status proof = form_proof(req);
		/* A form of a cached page, without its stamp: nothing may be written, so the connection stays read-only. */
		if (proof == NOT_FOUND)
			return status == OK ? req->route->preview(req) : status;
		if (proof == FORBIDDEN && req->problems == NULL)
			(void)form_wrong(req, "", _("This form was open too long, or was sent from another site. Send it again."));
		TRY(proof);
	}
	TRY(status);
	TRY(form_once_look(req));
	if (req->once == ONCE_REPEATED)
		return form_once_repeat(req);
	TRY(db_set_query_only(req->db, false));
	status = req->route->handle(req);
	if (status == OK || status == SEE_OTHER) {
		TRY(form_once_save(req));
		return status;
	}
	return form_once_settle(req, status);
}

/*
 * Answers a form from somebody who may not send it now (signed out, other role, no second factor). Nothing of it is
 * carried out. All typed values come back, to be sent again after doing what the advice says in another window.
 */
static enum status
return_form(struct request *req, FCGX_ParamArray params, FCGX_Stream *in, const char *title, const char *advice)
{
	lang_use(request_language(req));
	(void)read_form(req, params, in, false); /* rejected values come back as well */
	if (req->fields == NULL)
		return FORBIDDEN;
	(void)form_proof(req); /* sets the form's one-time id */
	return form_return(req, title, advice);
}

/* --- checks before the handler ----------------------------------------------------- */

/*
 * The A/B test bucket that the web server assigned, or 0. Users who write see the stored post and are not part of
 * any test.
 */
static int
asked_bucket(const struct request *req, const char *given)
{
	long long bucket;

	if (str_empty(given) || user_may(req->viewer.user, RIGHT_WRITE) || !str_to_integer(given, &bucket))
		return 0;
	return bucket >= 1 && bucket <= EXPERIMENT_BUCKETS ? (int)bucket : 0;
}

/*
 * Finds the viewer of a session cookie. A viewer who was away too long is not signed in. The time of the last visit
 * is in the cookie; it is renewed when it is older than SESSION_COOKIE_RENEWED.
 */
static enum status
load_viewer(struct request *req, const char *cookie)
{
	int64_t seen = 0, now = clock_now();
	enum status status = session_cookie_read(req->db, req->arena, cookie, &req->token, &seen);

	if (status != NOT_FOUND)
		TRY(status);
	/* No session lasts longer, so this one has expired for good. */
	if (seen + SESSION_SECONDS <= now)
		req->token = NULL;
	TRY(viewer_by_token(req->db, req->arena, req->token, now, &req->viewer));
	if (req->viewer.user == NULL)
		return OK;
	if (!session_cookie_is_valid(req->viewer.user, seen, now))
		req->viewer = (struct viewer){ .now = now };
	else if (now - seen >= SESSION_COOKIE_RENEWED)
		return session_cookie_add(req->db, req->arena, req->token, now, &req->cookie_again);
	return OK;
}

/* Finds out who the viewer is and which settings apply. Begins a transaction that only reads. */
static enum status
load_viewer_and_settings(struct worker *worker, struct request *req, FCGX_ParamArray params)
{
	const char *cookies = parameter(req, params, "HTTP_COOKIE");

	req->if_none_match = parameter(req, params, "HTTP_IF_NONE_MATCH");
	req->if_modified_since = parameter(req, params, "HTTP_IF_MODIFIED_SINCE");
	req->accept_language = parameter(req, params, "RENOWN_LANGUAGE");
	req->accepts_gzip = str_equal(parameter(req, params, "RENOWN_ENCODING"), "gzip");
	req->origin = parameter(req, params, "HTTP_ORIGIN");
	req->fetch_site = parameter(req, params, "HTTP_SEC_FETCH_SITE");
	req->agent = parameter(req, params, "HTTP_USER_AGENT");
	req->address = parameter(req, params, "REMOTE_ADDR");
	req->send_method = parameter(req, params, "RENOWN_SEND");
	TRY(require_db(worker));
	req->db = worker->db;
	TRY(db_set_query_only(req->db, true));
	TRY(db_begin_read(req->db));
	TRY(load_viewer(req, own_cookie(req, cookies, "sid")));
	req->device = own_cookie(req, cookies, "device");
	req->guest = cookie_value(req->arena, cookies, cookie_name_below(req->arena, req->conf, "guest"));
	db_set_actor(req->db, req->viewer.user == NULL ? DB_VISITOR : req->viewer.user->id);
	TRY(content_version_read(req->db, req->viewer.now, &req->change));
	TRY(refresh_settings(worker, req));
	req->settings = worker->settings;
	req->theme = worker->theme;
	req->experiments = &worker->experiments;
	req->bucket = asked_bucket(req, parameter(req, params, "RENOWN_BUCKET"));
	return OK;
}

/* Redirects to the sign-in page, which leads back to this one. */
static enum status
ask_to_sign_in(struct request *req)
{
	req->no_store = true;
	return request_see(req, arena_printf(req->arena, "%s/sign-in?next=%s", req->prefix, page_encode(req->arena,
		arena_printf(req->arena, "%s%s", req->prefix, req->path))));
}

/*
 * The only place that enforces two-factor authentication: users who must have it, but signed in with only a
 * password, cannot open any row that needs a role above MEMBER.
 */
static enum status
needs_second_factor(struct request *req, bool *ret_missing)
{
	bool on = true;

	if (req->route->role > MEMBER && second_factor_is_required(setting_value(req->settings, "second_factor", ""), req->viewer.user))
		TRY(second_factor_is_on(req->db, req->viewer.user->id, &on));
	*ret_missing = !on;
	return OK;
}

/*
 * Takes everything from the request of a page for reading that says who the reader is, except what decides their rights. So no
 * handler and no theme can show it, and readers with equal rights receive equal bytes.
 */
static void
hide_reader(struct request *req)
{
	const struct user *user = req->viewer.user;

	req->token = req->device = req->guest = req->origin = req->fetch_site = req->agent = req->address = NULL;
	if (user != NULL) {
		struct user *rights = arena_new_of(req->arena, struct user);
		*rights = (struct user){ .id = user->id, .role = user->role, .disabled = user->disabled, .slug = "", .name = "", .email = "", .bio = "" };
		req->viewer.user = rights;
	}
}

enum status
dispatch(struct worker *worker, struct request *req, FCGX_ParamArray params, FCGX_Stream *in, const char **ret_allow)
{
	const char *query = parameter(req, params, "QUERY_STRING");
	enum status path_status = take_path(req, parameter(req, params, "RENOWN_PATH")), found;
	bool is_missing;

	req->has_query = !str_empty(query);
	TRY(load_viewer_and_settings(worker, req, params));
	TRY(path_status);
	found = route_find(worker->routes, req, ret_allow);
	if (req->prefix[0] != '\0' && !request_speaks(req, req->prefix + 1)) {
		req->prefix = ""; /* the error page is not in that language either */
		return NOT_FOUND;
	}
	TRY(found);
	/*
	 * Sets the language now, since a handler may produce texts before its page begins and the last request may have
	 * used another one.
	 */
	lang_use(request_language(req));
	if (req->route->moved != NULL)
		return route_redirect(req, query);
	if (req->route->role != ANYONE)
		req->no_store = true;
	if (!role_allows(req->route->role, &req->viewer)) {
		if (req->viewer.user != NULL)
			return req->route->method == GET ? FORBIDDEN : return_form(req, params, in, form_changed_title, form_changed_advice);
		return req->route->method == GET ? ask_to_sign_in(req) : return_form(req, params, in, N_("You are signed out"),
			N_("Your text is still here. Open another window to sign in, then come back and send this form again."));
	}
	TRY(needs_second_factor(req, &is_missing));
	if (is_missing)
		return req->route->method == GET ? request_see(req, arena_printf(req->arena, "%s/account/second-factor", req->prefix)) :
			return_form(req, params, in, N_("Set up two-factor authentication first"),
			N_("Your text is still here. Set up two-factor authentication on your account page in another window, then come "
				"back and send this form again."));
	if (req->route->method == POST) {
		enum status status = post(req, params, in);
		if (req->access_revoked)
			return form_return_changed(req);
		return status == OK || status == SEE_OTHER ? status : dispatch_again(worker, req, status);
	}
	TRY(field_parse(req->arena, req->route->fields, query == NULL ? "" : query,
		query == NULL ? 0 : strlen(query), true, &req->fields));
	if (worker_reads(req)) {
		hide_reader(req);
		return worker_answer_reading(worker, req);
	}
	return req->route->handle(req);
}
