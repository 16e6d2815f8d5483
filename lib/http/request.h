/*
 * One request, as a handler sees it: who asks (viewer), what was asked (route
 * texts, field values), and what will be answered (page or body, headers).
 * All of it lives in the request's arena.
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
#include "http/sendfile.h"
#include "page/doc/doc.h"
#include "page/theme/theme.h"
#include "store/db/content_version.h"
#include "store/db/db.h"
#include "store/setting/setting.h"
#include "store/access/viewer.h"

struct upload;

enum { ROUTE_TEXTS_MAX = 4, REQUEST_LANGUAGES_MAX = 4 };

/* How far a form that is taken once has come (http/form_once.h). */
enum once {
	ONCE_FREE = 0, /* not carried out, as far as is known */
	ONCE_CLAIMED,  /* by this request, if its transaction is kept */
	ONCE_SPENT,    /* for good, by this request or, with other fields, by one before: a form that is shown again needs a new id */
	ONCE_REPEATED, /* with the same fields, by one before, whose answer this request repeats */
};

struct request {
	struct arena *arena;
	struct db *db;
	const struct conf *conf;
	struct theme *theme;
	struct theme *standard;   /* the default one, for what that theme fails on */
	const struct setting_values *settings;
	const struct route *route;

	/* what was asked */
	const char *method;       /* GET, HEAD, POST or another word */
	const char *path;         /* below the base path and the language prefix, decoded: "/blog/x" */
	const char *prefix;       /* "", "/en" or "/zh": the language that the address names */
	const char *texts[ROUTE_TEXTS_MAX]; /* what stood at the route's :names */
	struct field_values *fields;
	const struct upload *uploads; /* the files of a form, in its order; see http/multipart.h */
	const char *accept_language; /* en or zh as the web server reduced it, or "" */
	const char *if_none_match, *if_modified_since; /* or NULL */
	const char *origin, *fetch_site; /* where a form was sent from (RFC 6454; Fetch Metadata), or NULL */
	const char *agent, *address; /* what the browser calls itself; where it is, only where the web server says so; or NULL */
	int bucket;               /* of trials (store/experiment/experiment.h), 1 to 20; 0: none, for those who see what is stored */
	const char *sends;        /* how the web server says that it sends files (http/sendfile.h), or NULL */
	const char *token;        /* the session's, whether one lives or not, or NULL */
	const char *device;       /* the device cookie as it was sent, not checked (store/auth/device_cookie.h), or NULL */
	struct viewer viewer;
	bool narrowed;            /* their session or role was another when the store was held: see request_write() */
	struct content_version change;
	const struct experiments *experiments; /* see http/experiments.h; NULL: none */

	/* what is answered */
	struct page *page;        /* filled by handlers that answer a page */
	const char *body;         /* or a finished body, with its type */
	size_t body_length;
	const char *content_type;
	struct sending sending;   /* or a file that the web server sends, see request_send_file(); or the name that a finished body is kept under */
	const char *location;     /* for MOVED and SEE_OTHER: an absolute address made by request_url() */
	const char *lang;         /* of the answer */
	const char *forms[REQUEST_LANGUAGES_MAX]; /* by place in languages[]: local path of this page in that language, or NULL */
	const char *event;        /* one word for the access log, such as "post"; or NULL */
	int64_t row;              /* the row that the event is about, or 0 */
	const char *cookie;       /* of a new session (store/auth/session_cookie.h), "" to end the old one, NULL to leave it */
	const char *cookie_again; /* the old one with the time of now, when it is an hour old; NULL: good as it is */
	const char *device_cookie; /* the new value of the device cookie, set when somebody signs in; or NULL */
	struct form_problem *problems; /* what is wrong with the fields of a form, see http/form.h */
	const char *form_id;      /* the one-time id of the form that was sent, from a proof that this site made; or NULL */
	const char *form_content; /* a digest of its fields and files, once it was asked for; or NULL */
	enum once once;           /* see http/form_once.h */
	const char *first_answer; /* of the first submission of this form, or NULL */
	const char *shown_once;   /* what the answer's page shows and nobody can read again, such as a link: set by the handler, and there
	                             for .repeated; or NULL */
	const char *vary;         /* a request header that the answer depends on, or NULL */
	bool immutable;           /* what this address holds never changes */
	bool no_store;            /* never cached, whoever asks */
	int retry_after;          /* seconds, for BUSY and TOO_MANY */
};

/* The text at the route's nth :name, from 0. */
const char *route_text(const struct request *req, size_t nth);

/* The value of a declared field, or NULL; see field_value(). */
const char *request_field(const struct request *req, const char *name);

/* A setting in the answer's language. */
const char *request_setting(const struct request *req, const char *name);

/*
 * Says in which language the answer is and makes req->page for it. Then
 * decides, before anything is rendered, whether the reader's copy is current:
 * NOT_MODIFIED, to be passed on with TRY().
 */
enum status request_page(struct request *req, const char *lang, const char *name);

/* The same decision for an answer that is no page. */
enum status request_fresh(struct request *req, const char *lang);

/* True when the site's settings name that language. */
bool request_speaks(const struct request *req, const char *lang);

/* The language of a page that has none of its own: the address's, else the site's. */
const char *request_language(const struct request *req);

/* What goes before a list's path to stay in the answer's language: "", "/en" or "/zh". */
const char *request_prefix(const struct request *req);

/* Says where this page's form in that language is; "" for none. Lists have one below each prefix by themselves. */
void request_form(struct request *req, const char *lang, const char *path);

/* An absolute address from a local, encoded path. */
char *request_url(const struct request *req, const char *path);

/* Redirects for good to a local, encoded path: returns MOVED. */
enum status request_moved(struct request *req, const char *path);

/* Sends the reader on, with GET, to a local, encoded path: returns SEE_OTHER. */
enum status request_see(struct request *req, const char *path);

/*
 * For handlers of POST, which begin with reading only: from here on the store may be written. What was read before may have
 * changed meanwhile. Who is signed in is looked at again: FORBIDDEN, and their form comes back, when their session has ended or their
 * role is another by now. All is kept when the handler's answer, OK or SEE_OTHER, stands in memory, and nothing with any other status;
 * a handler that wants more calls request_commit(). private: as for db_begin_private().
 *
 * Where the row says .repeat = ONCE or REVISED, it is also the place where a form that was carried out before is stopped: see http/form_once.h.
 */
enum status request_write(struct request *req, bool private);

/*
 * The same for what is written beside the work of the form, however often it is sent: counts of attempts, autosaved text. It does
 * not use up the form's one-time id. Always private.
 */
enum status request_note(struct request *req);

/*
 * Commits what was written so far, for handlers that go on working after it. path: local and encoded; where the same form leads when it is
 * sent again.
 */
enum status request_commit(struct request *req, const char *path);

/*
 * Says on the page when nobody works in the background: for pages that show what waits for `renown work`, since whoever reads
 * "in a moment" there would wait for ever.
 */
void request_waits(const struct request *req);

/* For handlers that have much to do for one request, as after a great file was sent: the time that they may take begins anew, six times as long. */
void request_patience(const struct request *req);

/* The address of the stylesheet for two colours, "#rrggbb": the address says all that it holds, so that it never changes. */
const char *request_colours(const struct request *req, const char *colour, const char *dark);

/* Adds what the frame of every page shows: site, menu, languages, feeds, viewer. See layout.c. */
enum status layout_begin(struct request *req);
void layout_end(struct request *req);

/* Adds <item> feeds: a page's own feeds, before those of the site. */
void layout_feed(struct request *req, const char *title, const char *path_without_suffix);

#endif
