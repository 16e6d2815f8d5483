/* A row of a program's route table: which requests a handler answers, who may send them, and what a form must contain. */
#ifndef HTTP_ROUTE_TABLE_H
#define HTTP_ROUTE_TABLE_H

#include <stdbool.h>

#include "core/field.h"
#include "core/status.h"

struct request;

enum method { GET = 1, POST };

/* What proves that a POST was meant, see http/form.h. Zero is the strict value. */
enum proof {
	SESSION_TOKEN = 0, /* signed with the session token; for signed-in users */
	FORM_STAMP,        /* a time signed by the site; for visitors */
	COMMENT_STAMP,     /* the same, for a form on a page that caches keep: without any proof it is only previewed (http/form_stamp.h) */
	CAPABILITY,        /* the address itself contains a secret, which the handler checks: programs send it without opening the form (RFC 8058) */
};

/*
 * What it means when the same POST is sent twice (http/form_once.h). Zero is not allowed: the program does not
 * start.
 */
enum repeat {
	ONCE = 1,   /* it creates something: carried out once; sent again, it leads to the first result */
	REVISED,    /* it changes or ends something: the same, but sent again with other values, the handler decides, such as by a revision */
	REPEATABLE, /* sent again it creates nothing more: it sets values, or uses up what exists once */
};

/*
 * Who may use a row: everybody; users who are signed in; users with the right to write, to edit, to moderate, to
 * run the site (store/user/user.h). Zero is not a role: the program does not start.
 */
enum role { ANYONE = 1, MEMBER, AUTHOR, EDITOR, MODERATOR, OWNER };

struct route {
	enum method method;      /* GET also answers HEAD */
	const char *pattern;     /* "/tag/:slug/feed.rss"; a :name matches one non-empty segment */
	enum status (*handle)(struct request *req);
	enum role role;
	const struct field *fields; /* NULL: reads no field and accepts no body */
	bool languages;          /* also exists below /en and /zh */
	enum proof proof;        /* for a POST */
	enum status (*again)(struct request *req); /* for a POST: shows the page with its form, filled in, when the form was rejected */
	enum repeat repeat;      /* for a POST */
	enum status (*repeated)(struct request *req); /* for a POST that answers with a page: shows that page again from req->shown_once, reading only */
	enum status (*preview)(struct request *req); /* for a POST with COMMENT_STAMP: shows what was sent, with a stamp, reading only */
	bool in_sitemap;         /* for a GET for ANYONE without :names: the sitemap lists it, in each language */
	bool reading;            /* for a GET for ANYONE: a page for reading, see below */
	const char *moved;       /* for an old address: the pattern of the GET row that has the page now, see below; or NULL */
};

/*
 * A page for reading shows nothing about the reader except what their rights allow: no name, no form token. dispatch.c removes
 * both from the request before the handler runs. So readers with equal rights receive equal bytes. A signed-in reader's browser
 * may keep the response and ask whether it is current, and the worker caches it (http/worker_cache.c). The handler may depend
 * only on the address, the declared fields, the viewer's rights, the A/B test bucket, the reader's language and what changes the
 * content version. It sets req->no_store for anything else. Without .reading, a signed-in reader's response is never cached.
 */

/*
 * A row for an old address has no handler. GET and HEAD are answered with 301:
 *
 *     { GET, "/join/:token", .moved = "/invitation/:token", .role = ANYONE, .languages = true },
 *
 * Each :name of the new pattern gets the text of the same :name in the old one. The language prefix, the base path and the query are
 * kept. Everybody is redirected; access is checked at the new address. The row stands before other rows that match its addresses.
 */

#endif
