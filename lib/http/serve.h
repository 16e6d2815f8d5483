/*
 * A program's life: it reads the configuration and the theme once, refuses to start if anything is unsafe, then
 * answers requests until it is told to stop.
 *
 *     static const struct route routes[] = {
 *         { GET, "/blog/:slug", show_post, .role = ANYONE, .reading = true },
 *         { 0 },
 *     };
 *     int main(int argc, char **argv) { return serve("blog", routes, argc, argv); }
 *
 * "blog --routes" prints its table, one JSON object in a line, for tests and for people:
 *
 *     {"method":"GET","pattern":"/blog/:slug","role":"ANYONE","languages":false,"sitemap":false,"reading":true,"proof":null,"repeat":null,"fields":[]}
 *
 * A field is {"name":"title","type":"LINE","max":200,"many":0}; the type is that of core/field.h without "FIELD_".
 *
 * The listening socket is file descriptor 0, as spawn-fcgi, systemd and mod_fcgid pass it. The same binary also
 * answers plain CGI.
 */
#ifndef HTTP_SERVE_H
#define HTTP_SERVE_H

#include "http/request.h"
#include "http/route_table.h"

/* Runs the program. Returns when it should end; the result is the exit status of main(). program: its name in logs. */
int serve(const char *program, const struct route *routes, int argc, char **argv);

/* --- separate for tests ------------------------------------------------------ */

/* Writes the table to standard output, as "--routes" does. */
void route_print(const struct route *routes);

/* Returns why a route table is not accepted, or NULL. The message is in the arena. */
const char *route_problem(struct arena *arena, const struct route *routes);

/*
 * Finds the row for req->method and req->path. Sets req->route and req->texts, and moves the language from
 * req->path to req->prefix. NOT_FOUND, or WRONG_METHOD with *ret_allow set ("GET, HEAD").
 */
enum status route_find(const struct route *routes, struct request *req, const char **ret_allow);

/*
 * Answers a request whose route has .moved: MOVED, with req->location set. query: as it was sent, or NULL. It is dropped when it is longer
 * than ROUTE_QUERY_MAX bytes, since a web server takes no header of more than about 8 KB from a program.
 */
enum { ROUTE_QUERY_MAX = 4000 };
enum status route_redirect(struct request *req, const char *query);

#endif
