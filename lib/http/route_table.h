/* A row of a program's route table: which requests a handler answers, who may send them, and what a form must bring along. */
#ifndef HTTP_ROUTE_TABLE_H
#define HTTP_ROUTE_TABLE_H

#include <stdbool.h>

#include "core/field.h"
#include "core/status.h"

struct request;

enum method { GET = 1, POST };

/*
 * What a POST must bring along so that it was meant, see http/form.h. Zero is the safe one.
 */
enum proof {
	SESSION_TOKEN = 0, /* what only pages for this very session hold; for those who have signed in */
	FORM_STAMP,        /* a time, signed by the site; for strangers */
};

/*
 * What it means that the same POST comes twice (http/form_once.h). Zero is no answer: such a row stops the program at start.
 */
enum repeat {
	ONCE = 1,   /* it creates something: a form is taken once, and leads to the result of the first when it is sent again */
	REVISED,    /* it changes or ends something: the same; sent again with other fields, it is the handler who judges it, by a revision for instance */
	REPEATABLE, /* sent again it creates nothing more, whoever sends it: it sets values, or uses up what exists once */
};

/*
 * Who may ask: everybody, who has signed in, and who has the right to write, to edit, to moderate, to run the site (store/user/user.h).
 * Zero is no role: such a row stops the program at start.
 */
enum role { ANYONE = 1, MEMBER, AUTHOR, EDITOR, MODERATOR, OWNER };

struct route {
	enum method method;      /* GET answers HEAD as well */
	const char *pattern;     /* "/tag/:slug/feed.rss"; a :name matches one segment, never empty */
	enum status (*handle)(struct request *req);
	enum role role;
	const struct field *fields; /* NULL: reads no field, takes no body */
	bool languages;          /* also below /en and /zh */
	enum proof proof;        /* of a POST */
	enum status (*again)(struct request *req); /* of a POST: makes the page with its form, filled in, when it could not be taken */
	enum repeat repeat;      /* of a POST */
	enum status (*repeated)(struct request *req); /* of a POST that answers with a page: makes that page again, reading only, from req->shown_once */
};

#endif
