/*
 * A program's life: it reads the configuration and the theme once, refuses to start if anything is unsafe, then
 * answers requests until it is told to stop.
 *
 *     static const struct route routes[] = {
 *         { GET, "/blog/:slug", show_post, .role = ANYONE, .languages = true },
 *         { 0 },
 *     };
 *     int main(void) { return serve("blog", routes); }
 *
 * The listening socket is file descriptor 0, as spawn-fcgi, systemd and mod_fcgid pass it. The same binary also
 * answers plain CGI.
 */
#ifndef HTTP_SERVE_H
#define HTTP_SERVE_H

#include "http/request.h"
#include "http/route_table.h"

/* Runs the program. Returns when it should end; the result is the exit status of main(). program: its name in logs. */
int serve(const char *program, const struct route *routes);

/* --- separate for tests ------------------------------------------------------ */

/* Returns why a route table is not accepted, or NULL. The message is in the arena. */
const char *route_problem(struct arena *arena, const struct route *routes);

/*
 * Finds the row for req->method and req->path. Sets req->route and req->texts, and moves the language from
 * req->path to req->prefix. NOT_FOUND, or WRONG_METHOD with *ret_allow set ("GET, HEAD").
 */
enum status route_find(const struct route *routes, struct request *req, const char **ret_allow);

#endif
