#include "http/response.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "core/token.h"
#include "http/cookie.h"
#include "http/route_table.h"
#include "http/experiments.h"
#include "http/response_cache.h"
#include "http/response_gzip.h"
#include "page/lang/lang.h"
#include "store/auth/device_cookie.h"
#include "store/auth/guest_cookie.h"
#include "store/auth/session_cookie.h"

static const struct response_status statuses[STATUS_COUNT] = {
	[OK] = { 200, "OK", "", "" },
	[NOT_MODIFIED] = { 304, "Not Modified", "", "" },
	[MOVED] = { 301, "Moved Permanently", N_("This page has moved"), N_("Follow the link to its new address.") },
	[SEE_OTHER] = { 303, "See Other", N_("Continue"), N_("Follow the link.") },
	[BAD_REQUEST] = { 400, "Bad Request", N_("We couldn't understand this request"),
		N_("Check the address, or start again from the home page.") },
	[FORBIDDEN] = { 403, "Forbidden", N_("You don't have access to this page"),
		N_("Sign in with an account that has access.") },
	[NOT_FOUND] = { 404, "Not Found", N_("Page not found"),
		N_("It may have moved, or it never existed. Search for it, or browse the archive.") },
	[WRONG_METHOD] = { 405, "Method Not Allowed", N_("This address can't be used this way"),
		N_("Open it in a browser instead.") },
	[CONFLICT] = { 409, "Conflict", N_("Someone else made changes first"), N_("Reload the page and check what changed.") },
	[TOO_LARGE] = { 413, "Content Too Large", N_("Too much data was sent at once"), N_("Send less at a time.") },
	[INVALID] = { 422, "Unprocessable Content", N_("Some fields need to be changed"),
		N_("Check the marked fields.") },
	[TOO_MANY] = { 429, "Too Many Requests", N_("Too many requests"), N_("Wait a moment and try again.") },
	[FAULT] = { 500, "Internal Server Error", N_("Something went wrong on our side"),
		N_("The error has been logged. Please try again later.") },
	[BUSY] = { 503, "Service Unavailable", N_("The site is busy"), N_("Please try again in a few seconds.") },
	[BROKEN] = { 503, "Service Unavailable", N_("The site is down for maintenance"),
		N_("The owner is working on it. Please come back later.") },
	[READ_ONLY] = { 503, "Service Unavailable", N_("Changes can't be saved right now"),
		N_("You can still read the site. Please try again later.") },
	[FULL] = { 507, "Insufficient Storage", N_("Not enough storage to save this"),
		N_("The site owner needs to free up space first. You can still read the site.") },
};

enum { RETRY_SECONDS = 5 };

const struct response_status *
response_status(enum status status)
{
	return (unsigned)status < STATUS_COUNT ? &statuses[status] : &statuses[FAULT];
}

const char *
response_state(const struct request *req)
{
	struct str state = str_init(req->arena);

	str_printf(&state, "%lld %lld %s %s%s", (long long)req->change.counter, (long long)req->change.newest,
		theme_build(req->theme), viewer_class(req->arena, &req->viewer), experiments_class(req));
	for (size_t i = 0; i < req->depends_count; i++)
		str_printf(&state, " %d %lld %lld %lld", (int)req->depends[i].on, (long long)req->depends[i].id,
			(long long)req->depends[i].version, (long long)req->depends[i].changed);
	return state.bytes;
}

const char *
response_etag(const struct request *req, bool compressed)
{
	const char *etag = req->etag;

	if (etag == NULL)
		etag = arena_printf(req->arena, "\"%.22s\"", digest_text(req->arena, arena_printf(req->arena, "%s %s",
			req->lang == NULL ? "" : req->lang, response_state(req))));
	return compressed ? arena_printf(req->arena, "%.*s.gzip\"", (int)strlen(etag) - 1, etag) : etag;
}

int64_t
response_modified(const struct request *req)
{
	int64_t modified = req->change.changed > req->change.newest ? req->change.changed : req->change.newest;
	int64_t ended = experiments_last_end(req);

	/* While a test runs, the same reader can get another variant from another network, which has no later time. */
	if (*experiments_class(req) != '\0')
		return 0;
	if (ended > modified)
		modified = ended;
	for (size_t i = 0; i < req->depends_count; i++)
		if (req->depends[i].changed > modified)
			modified = req->depends[i].changed;
	return modified < req->viewer.now ? modified : 0;
}

/* --- headers ---------------------------------------------------------------- */

/* The only function that writes headers. It aborts on a byte that could start a second line. */
static void
header(struct str *head, const char *name, const char *value)
{
	for (const unsigned char *c = (const unsigned char *)value; *c != '\0'; c++)
		if (*c < 0x20 || *c > 0x7e)
			abort();
	str_printf(head, "%s: %s\r\n", name, value);
}

/* Whether the web server sends the body, and so its length. */
static bool
sent_by_server(const struct request *req, enum status status)
{
	return status == OK && req->sending.header != NULL;
}

/* Whether the copy that a 304 confirms is compressed. */
static bool
copy_is_compressed(const struct request *req)
{
	return req->accepts_gzip && response_gzip_allowed(req, NOT_MODIFIED) &&
		(req->if_none_match == NULL || response_etag_is_in(req->if_none_match, response_etag(req, true)));
}

/*
 * Whether the browser of a signed-in reader may keep the response, and must ask each time whether it is current. Such a
 * response contains nothing about the reader but what their rights allow.
 */
static bool
is_kept_by_reader(const struct request *req, enum status status)
{
	return req->viewer.user != NULL && req->route != NULL && req->route->reading && !req->no_store &&
		(status == OK || status == NOT_MODIFIED);
}

static void
cache_headers(struct str *head, const struct request *req, enum status status, bool compressed)
{
	int64_t modified = response_modified(req);

	/*
	 * A reader who may see a file now may lose access, so the browser must ask each time; mostly the answer is "not
	 * modified".
	 */
	if (sent_by_server(req, status) && !req->no_store) {
		header(head, "Cache-Control", "private, no-cache");
		header(head, "X-Accel-Expires", "0");
		return;
	}
	if (req->immutable && status == OK) {
		header(head, "Cache-Control", "public, max-age=31536000, immutable");
		return;
	}
	if (is_kept_by_reader(req, status)) {
		header(head, "Cache-Control", "private, no-cache");
		header(head, "X-Accel-Expires", "0");
		header(head, "ETag", response_etag(req, status == NOT_MODIFIED ? copy_is_compressed(req) : compressed));
		return;
	}
	if (req->no_store || req->viewer.user != NULL || (status != OK && status != NOT_MODIFIED &&
		status != NOT_FOUND && status != MOVED)) {
		header(head, "Cache-Control", "private, no-store");
		header(head, "X-Accel-Expires", "0");
		return;
	}
	header(head, "Cache-Control", "public, max-age=0, must-revalidate");
	if (status != OK && status != NOT_MODIFIED)
		return;
	header(head, "ETag", response_etag(req, status == NOT_MODIFIED ? copy_is_compressed(req) : compressed));
	if (modified > 0)
		header(head, "Last-Modified", clock_http(req->arena, modified));
}

/* The request headers that the response depends on. Only a signed-in reader's response depends on the cookie: see private. */
static void
vary_header(struct str *head, const struct request *req, enum status status)
{
	const char *names[] = { response_gzip_allowed(req, status) ? "Accept-Encoding" : NULL, req->vary,
		is_kept_by_reader(req, status) ? "Cookie" : NULL };
	struct str value = str_init(req->arena);

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i] != NULL)
			str_printf(&value, "%s%s", value.length == 0 ? "" : ", ", names[i]);
	if (value.length > 0)
		header(head, "Vary", value.bytes);
}

/* The cookies of the session, of the device (set only with a new session) and of a guest who comments (only on the pages for that). */
static void
cookie_headers(struct str *head, const struct request *req)
{
	const char *session = req->cookie != NULL ? req->cookie : req->cookie_again;

	if (session != NULL)
		header(head, "Set-Cookie", cookie_set(req->arena, req->conf, "sid", session, *session == '\0' ? 0 : SESSION_SECONDS));
	if (req->device_cookie != NULL)
		header(head, "Set-Cookie", cookie_set(req->arena, req->conf, "device", req->device_cookie, DEVICE_SECONDS));
	if (req->guest_cookie != NULL)
		header(head, "Set-Cookie", cookie_set_below(req->arena, req->conf, "guest", req->guest_cookie, "/comment",
			*req->guest_cookie == '\0' ? 0 : GUEST_SECONDS));
}

static void
build_head(const struct request *req, enum status status, const char *allow, struct response *reply)
{
	const struct response_status *meaning = response_status(status);
	struct str head = str_init(req->arena);

	header(&head, "Status", arena_printf(req->arena, "%d %s", meaning->http, meaning->reason));
	if (status != NOT_MODIFIED) {
		header(&head, "Content-Type", req->content_type != NULL ? req->content_type : "text/html; charset=utf-8");
		if (!sent_by_server(req, status))
			header(&head, "Content-Length", arena_printf(req->arena, "%zu", reply->body_length));
	}
	if (req->lang != NULL)
		header(&head, "Content-Language", req->lang);
	if (reply->compressed)
		header(&head, "Content-Encoding", "gzip");
	vary_header(&head, req, status);
	cache_headers(&head, req, status, reply->compressed);
	if (req->location != NULL && (status == MOVED || status == SEE_OTHER))
		header(&head, "Location", req->location);
	if (sent_by_server(req, status))
		header(&head, req->sending.header, req->sending.value);
	if (req->sending.name != NULL && status == OK)
		header(&head, "Content-Disposition", arena_printf(req->arena, "attachment; filename=\"%s\"", req->sending.name));
	if (allow != NULL)
		header(&head, "Allow", allow);
	/* A reader whose copies are all current must not be signed out for being away. */
	if (status == OK || status == NOT_MODIFIED || status == SEE_OTHER)
		cookie_headers(&head, req);
	/* A session that ends leaves no page in the browser, which could show it on "Back" (W3C Clear Site Data). */
	if (status == SEE_OTHER && req->cookie != NULL && *req->cookie == '\0')
		header(&head, "Clear-Site-Data", "\"cache\"");
	if (meaning->http == 503 || status == TOO_MANY)
		header(&head, "Retry-After",
			arena_printf(req->arena, "%d", req->retry_after > 0 ? req->retry_after : RETRY_SECONDS));
	if (req->event != NULL && status == OK) {
		header(&head, "X-Renown-Event", req->event);
		header(&head, "X-Renown-Row", arena_printf(req->arena, "%lld", (long long)req->row));
	}
	str_add(&head, "\r\n");
	reply->head = head.bytes;
	reply->head_length = head.length;
}

/* --- bodies ------------------------------------------------------------------ */

/* The page for when not even an error page can be rendered. It contains nothing from outside. */
static const char fallback_page[] =
	"<!DOCTYPE html>\n"
	"<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\"><head><meta charset=\"utf-8\"/>"
	"<title>Not available</title></head><body>"
	"<h1>This site is not available just now</h1><p>Please try again in a few minutes.</p>"
	"<h1 lang=\"zh\">网站暂时无法访问</h1><p lang=\"zh\">请过几分钟再试。</p></body></html>\n";

static void
use_last_words(struct request *req, struct response *reply)
{
	req->content_type = NULL;
	req->lang = NULL;
	reply->body = fallback_page;
	reply->body_length = sizeof(fallback_page) - 1;
}

/* Renders the page with the site's theme. If that fails, the default theme renders it. */
static enum status
render(struct request *req, struct response *reply)
{
	char *bytes;
	enum status status = theme_render(req->theme, req->arena, req->page, &bytes, &reply->body_length);

	if (status == FAULT && req->theme != req->default_theme) {
		log_line(LOG_ERROR, "theme", "the site's theme failed on %s; the default theme was used", req->path);
		page_href(req->page, req->page->root, "assets", theme_assets(req->default_theme));
		page_attr(req->page->root, "build", theme_build(req->default_theme));
		req->cache_key = NULL; /* the failure may be a passing one */
		status = theme_render(req->default_theme, req->arena, req->page, &bytes, &reply->body_length);
	}
	TRY(status);
	reply->body = bytes;
	return OK;
}

static enum status
error_page(struct request *req, enum status status, struct response *reply)
{
	const struct response_status *meaning = response_status(status);
	const struct route *route = req->route;
	xmlNodePtr error;

	if (req->settings == NULL || req->theme == NULL)
		return FAULT;
	if (req->lang == NULL)
		req->lang = request_language(req);
	lang_use(req->lang);
	/* A page that does not exist has no translations. */
	req->route = NULL;
	memset(req->translations, 0, sizeof(req->translations));
	req->page = page_new(req->arena, req->lang, req->conf->base_url, req->conf->base_path);
	page_attr(req->page->root, "name", "error");
	page_attr(req->page->root, "title", _(meaning->title));
	page_attr(req->page->root, "robots", "noindex");
	TRY(layout_begin(req));
	error = page_element(req->page->root, "error");
	page_attr_int(error, "status", meaning->http);
	page_attr(error, "title", _(meaning->title));
	page_attr(error, "advice", _(meaning->advice));
	page_attr(error, "href", req->location);
	if (meaning->http >= 500)
		page_attr(error, "request", log_request_id());
	layout_end(req);
	/* When a commit fails, the form of this route is shown again instead of the page of a 303. */
	req->route = route;
	req->content_type = NULL;
	return render(req, reply);
}

static enum status
ok_body(struct request *req, struct response *reply)
{
	if (sent_by_server(req, OK))
		return OK;
	if (req->body != NULL) {
		reply->body = req->body;
		reply->body_length = req->body_length;
		return OK;
	}
	if (req->page == NULL) {
		log_line(LOG_ERROR, "handler", "the handler of %s returned OK without a page or body", req->route->pattern);
		return FAULT;
	}
	layout_end(req);
	return render(req, reply);
}

/*
 * Compresses the body, if the client accepts it; a cached response may have been compressed before. Without enough memory the
 * response stays as it is.
 */
static void
compress(const struct request *req, struct response *reply)
{
	if (!req->accepts_gzip || reply->body_length < GZIP_SHORTEST || !response_gzip_allowed(req, reply->status))
		return;
	if (req->cached != NULL && req->cached->bodies[RESPONSE_GZIP].bytes != NULL) {
		reply->body = req->cached->bodies[RESPONSE_GZIP].bytes;
		reply->body_length = req->cached->bodies[RESPONSE_GZIP].length;
		reply->compressed = true;
		return;
	}
	reply->compressed = response_gzip(req->arena, reply->body, reply->body_length, malloc, &reply->body, &reply->body_length);
}

void
response_build(struct request *req, enum status status, const char *allow, struct response *ret_reply)
{
	struct response reply = { .body = "" };
	/* A rejected form comes back as a page of its own. */
	bool again = status != OK && status != SEE_OTHER && req->page != NULL && str_equal(req->method, "POST");
	bool made = false;

	if (status == OK || again) {
		enum status rendered = ok_body(req, &reply);
		made = rendered == OK;
		if (status == OK)
			status = rendered;
	}
	if (!made && status != NOT_MODIFIED && error_page(req, status, &reply) != OK)
		use_last_words(req, &reply);
	reply.status = status;
	reply.plain = reply.body;
	reply.plain_length = reply.body_length;
	compress(req, &reply);
	build_head(req, status, allow, &reply);
	if (str_equal(req->method, "HEAD"))
		reply.body_length = 0;
	*ret_reply = reply;
}
