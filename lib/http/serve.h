/*
 * The life of a program: read configuration, store and theme once, refuse to
 * start on anything unsafe, then answer requests until told to stop.
 *
 *     static const struct route routes[] = {
 *         { GET, "/blog/:slug", show_post, .role = ANYONE, .languages = true },
 *         { 0 },
 *     };
 *     int main(int argc, char **argv) { return serve("blog", routes, argc, argv); }
 *
 * "blog --routes" prints its table, one JSON object in a line, for tests and for people:
 *
 *     {"method":"GET","pattern":"/blog/:slug","role":"ANYONE","languages":false,"sitemap":false,"proof":null,"repeat":null,"fields":[]}
 *
 * A field is {"name":"title","type":"LINE","max":200,"many":0}; the type is that of core/field.h without "FIELD_".
 *
 * The listening socket is file descriptor 0, as spawn-fcgi, systemd and
 * mod_fcgid hand it over; the same binary answers plain CGI.
 */
#ifndef HTTP_SERVE_H
#define HTTP_SERVE_H

#include "core/field.h"
#include "http/request.h"

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
	bool in_sitemap;         /* of a GET for ANYONE without :names: the sitemap names it, in each language */
};

/* Never returns before the program is to end; the result is main()'s. */
int serve(const char *program, const struct route *routes, int argc, char **argv);

/* --- parts of it, apart for tests ------------------------------------------ */

/* Writes the table to standard output, as "--routes" does. */
void route_print(const struct route *routes);

/* NULL, or the sentence why a table of routes is refused. */
const char *route_problem(struct arena *arena, const struct route *routes);

/*
 * Finds the route for method and path. Fills route and texts of req, and moves the language from path to prefix.
 * NOT_FOUND, or WRONG_METHOD with *ret_allow set ("GET, HEAD").
 */
enum status route_find(const struct route *routes, struct request *req, const char **ret_allow);

#endif
