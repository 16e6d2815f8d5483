/*
 * One request, as a handler sees it: the viewer, what was requested (route texts, field values) and the response (a
 * page or body, headers). Everything is in the request's arena.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/conf.h"
#include "core/field.h"
#include "core/status.h"
#include "page/doc/doc.h"
#include "page/theme/theme.h"
#include "store/db/content_version.h"
#include "store/db/db.h"
#include "store/setting/setting.h"
#include "store/access/viewer.h"

struct upload;
struct cached_response;

enum { ROUTE_TEXTS_MAX = 4, REQUEST_LANGUAGES_MAX = 4, REQUEST_DEPENDS_MAX = 4 };

/* The state of a form that is carried out only once (http/form_once.h). */
enum once {
	ONCE_FREE = 0, /* not carried out, as far as known */
	ONCE_CLAIMED,  /* carried out by this request, if its transaction commits */
	ONCE_SPENT,    /* already carried out, by this request or an earlier one with other values: the form needs a new id when shown again */
	ONCE_REPEATED, /* carried out by an earlier request with the same values, whose answer this request repeats */
};

/* What a response can depend on besides the content version (request_depends()). */
enum depends {
	DEPENDS_THREAD = 1, /* the comments of one post, by its id (table thread) */
	DEPENDS_COMMENTS,   /* all comments that readers see */
	DEPENDS_STEPS,      /* the rounded numbers of comments of all posts */
	DEPENDS_TIME,       /* whether a time has come, in Unix seconds; 0: it never comes */
};

/* One such dependency, and its version when the response was made. */
struct dependency {
	enum depends on;
	int64_t id;       /* of the post; or the time */
	int64_t version;
	int64_t changed;  /* when it got this version, or 0; after a restored backup the same version can have another time */
};

/* How response.c sends the file or body (http/sendfile.h); all NULL: nothing is sent. */
struct sending {
	const char *header; /* header that the web server acts on and removes */
	const char *value;
	const char *name;   /* name for saving the file or body; NULL: it is displayed */
};

struct request {
	struct arena *arena;
	struct db *db;
	const struct conf *conf;
	struct theme *theme;
	struct theme *default_theme;   /* the default theme, used when the site's theme fails */
	const struct setting_values *settings;
	const struct route *route;

	/* the request */
	const char *method;       /* GET, HEAD, POST or another method */
	const char *path;         /* below the base path and the language prefix, decoded: "/blog/x" */
	const char *prefix;       /* "", "/en" or "/zh": the language prefix of the address */
	const char *texts[ROUTE_TEXTS_MAX]; /* the values of the route's :names */
	struct field_values *fields;
	const struct upload *uploads; /* the files of a form, in order; see http/multipart.h */
	const char *accept_language; /* "en" or "zh", derived by the web server from Accept-Language, or "" */
	const char *if_none_match, *if_modified_since; /* or NULL */
	const char *origin, *fetch_site; /* where a form was sent from (RFC 6454; Fetch Metadata), or NULL */
	const char *agent, *address; /* User-Agent; IP address, if the web server passes it; or NULL */
	bool accepts_gzip;        /* the client accepts gzip, and the web server lets the program use it at this address */
	bool has_query;           /* the address has a query, known to the route or not */
	int bucket;               /* A/B test bucket (store/experiment/experiment.h), 1 to 20; 0: none, shows the stored posts */
	const char *send_method;        /* how the web server sends files (http/sendfile.h), or NULL */
	const char *token;        /* session token from the cookie, even if the session has ended, or NULL */
	const char *device;       /* the device cookie as sent, not checked (store/auth/device_cookie.h), or NULL */
	const char *guest;        /* the cookie of a guest who comments, not checked (store/auth/guest_cookie.h), or NULL */
	struct viewer viewer;
	bool access_revoked;            /* session or role was revoked before the write began; see request_write() */
	struct content_version change;
	const struct experiments *experiments; /* running A/B tests, see http/experiments.h; or NULL */

	/* the response */
	struct page *page;        /* set by request_page(); filled by the handler */
	const char *body;         /* or a finished body, with content_type */
	size_t body_length;
	const char *content_type;
	struct sending sending;   /* or a file that the web server sends, see request_send_file(); or the name for saving the body */
	const char *location;     /* for MOVED and SEE_OTHER: an absolute URL */
	const char *lang;         /* language of the response */
	const char *translations[REQUEST_LANGUAGES_MAX]; /* by index of languages[]: local path of this page in that language, or NULL */
	const char *event;        /* one word for the access log, such as "post", or NULL */
	int64_t row;              /* id of the row that the event is about, or 0 */
	const char *cookie;       /* cookie of a new session (store/auth/session_cookie.h); "" ends the session; NULL leaves it */
	const char *cookie_again; /* the session's cookie with a new timestamp, once it is an hour old; else NULL */
	const char *device_cookie; /* new value of the device cookie, set at sign-in; or NULL */
	const char *guest_cookie; /* new value of the guest's cookie; "" removes it; NULL leaves it */
	struct form_problem *problems; /* problems in the form, see http/form.h */
	const char *form_id;      /* the one-time id of the sent form, from a valid signature of this site; or NULL */
	int64_t form_time;        /* when the sent form's stamp was made, if it was sent too early and can be sent again; else 0 */
	const char *form_content; /* digest of the form's values and files, once computed; or NULL */
	enum once once;           /* see http/form_once.h */
	const char *first_answer; /* the answer to the first submission of this form, or NULL */
	const char *shown_once;   /* text that the page shows only once, such as a link; the handler sets it, and dispatch for .repeated; or NULL */
	struct dependency depends[REQUEST_DEPENDS_MAX]; /* see request_depends() */
	size_t depends_count;
	const char *etag;         /* of the response, with quotes, once known; or NULL */
	const char *cache_key;    /* for a page for reading: the key of its response in the worker's cache; or NULL */
	const struct cached_response *cached; /* the response when it comes from the cache (http/response_cache.h); or NULL */
	const char *vary;         /* a request header that the response depends on, or NULL */
	bool immutable;           /* the content of this address never changes */
	bool no_store;            /* never cached, for any viewer */
	int retry_after;          /* seconds, for BUSY and TOO_MANY */
};

/* The value of the route's nth :name, counted from 0. Aborts when the pattern has fewer. */
const char *route_text(const struct request *req, size_t nth);

/* The value of a declared field, or NULL; see field_value(). */
const char *request_field(const struct request *req, const char *name);

/* A setting in the language of the response. */
const char *request_setting(const struct request *req, const char *name);

/*
 * Sets the language of the response and creates req->page with that name. First decides, before anything is
 * rendered, whether the reader's cached copy is current: then NOT_MODIFIED, to be returned with TRY().
 */
enum status request_page(struct request *req, const char *lang, const char *name);

/*
 * Says what else the response depends on. A handler calls it before request_page() or request_fresh(): it is part of the ETag, of
 * Last-Modified, and of the decision whether the worker's cached response is current. Nothing else depends on comments. id: for
 * DEPENDS_THREAD the post, for DEPENDS_TIME the time; else 0. Aborts after more than REQUEST_DEPENDS_MAX calls.
 */
enum status request_depends(struct request *req, enum depends on, int64_t id);

/* The same decision for a response that is not a page. */
enum status request_fresh(struct request *req, const char *lang);

/* Whether the copy of a browser or a cache is current, by If-None-Match or If-Modified-Since. The language must be set. */
bool request_is_current(const struct request *req);

/* Whether the site's settings include that language. */
bool request_speaks(const struct request *req, const char *lang);

/* The language of a page that has none of its own: that of the address, else the site's. */
const char *request_language(const struct request *req);

/* The language of the home page: that of the address, else the browser's if the site has it, else the site's. */
const char *request_front_language(const struct request *req);

/* The prefix that keeps a list's path in the language of the response: "", "/en" or "/zh". */
const char *request_prefix(const struct request *req);

/*
 * Sets the path of this page's translation in a language; "" for none. Lists have one below each prefix without
 * this.
 */
void request_translation(struct request *req, const char *lang, const char *path);

/* The absolute URL for a local, encoded path, in the arena. */
char *request_url(const struct request *req, const char *path);

/* Redirects permanently to a local, encoded path. Returns MOVED. */
enum status request_moved(struct request *req, const char *path);

/* Redirects to a local, encoded path, to be requested with GET. Returns SEE_OTHER. */
enum status request_see(struct request *req, const char *path);

/*
 * Begins the write transaction of a POST handler, which until then may only read. Data read before may have
 * changed. Session and role are checked again: FORBIDDEN, with the form shown again, when either was revoked. The
 * transaction is committed after the handler returned OK or SEE_OTHER and the response is built in memory; any
 * other status rolls it back. A handler that needs more transactions calls request_commit(). private: as for
 * db_begin_private().
 *
 * For rows with .repeat = ONCE or REVISED, this also stops a form that was carried out before: CONFLICT, see
 * http/form_once.h.
 */
enum status request_write(struct request *req, bool private);

/*
 * The same for comments and votes: begins a transaction that increments only the versions of what changed, see db_begin_comment().
 * A comment that is held may be written in it as well.
 */
enum status request_write_comment(struct request *req);

/*
 * The same for data that is written however often the form is sent: counts of attempts, autosaved text. It does not
 * use up the form's one-time id. Always private.
 */
enum status request_write_aside(struct request *req);

/*
 * Commits what was written so far, for handlers that continue after it. path: local and encoded; where the same
 * form leads when it is sent again.
 */
enum status request_commit(struct request *req, const char *path);

/*
 * For pages that show jobs of `renown work`: adds <resting> when no worker is running, since the jobs would wait
 * for ever.
 */
void request_warn_no_worker(const struct request *req);

/* For handlers with much to do, such as after a large upload: restarts the time limit, with six times the seconds. */
void request_extend_timeout(const struct request *req);

/*
 * The path of the stylesheet for two colours "#rrggbb". The path contains all that the stylesheet depends on, so it
 * never changes.
 */
const char *request_colours(const struct request *req, const char *colour, const char *dark);

/* Adds what every page shows: site, menu, viewer, navigation (begin); feeds and languages (end). See layout.c. */
enum status layout_begin(struct request *req);
void layout_end(struct request *req);

/* Adds a page's own RSS and Atom feeds, before those of the site. title: of the feeds. */
void layout_feed(struct request *req, const char *title, const char *path_without_suffix);

#endif
