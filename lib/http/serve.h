/*
 * The life of a program: read configuration, store and theme once, refuse to
 * start on anything unsafe, then answer requests until told to stop.
 *
 *     static const struct route routes[] = {
 *         { GET, "/blog/:slug", show_post, .role = ANYONE, .languages = true },
 *         { 0 },
 *     };
 *     int main(void) { return serve("blog", routes); }
 *
 * The listening socket is file descriptor 0, as spawn-fcgi, systemd and
 * mod_fcgid hand it over; the same binary answers plain CGI.
 */
#ifndef HTTP_SERVE_H
#define HTTP_SERVE_H

#include "http/request.h"
#include "http/route_table.h"

/* Never returns before the program is to end; the result is main()'s. */
int serve(const char *program, const struct route *routes);

/* --- parts of it, apart for tests ------------------------------------------ */

/* NULL, or the sentence why a table of routes is refused. */
const char *route_problem(struct arena *arena, const struct route *routes);

/*
 * Finds the route for method and path. Fills route and texts of req, and moves the language from path to prefix.
 * NOT_FOUND, or WRONG_METHOD with *ret_allow set ("GET, HEAD").
 */
enum status route_find(const struct route *routes, struct request *req, const char **ret_allow);

#endif
