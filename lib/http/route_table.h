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
};

#endif
