/*
 * Lets the web server send a file instead of a body: with ranges, without using a worker, and without reading it
 * into memory. The handler must check access first.
 *
 * The parameter RENOWN_SEND, from the web server's configuration, says which header to use:
 *
 *     x-accel-redirect   nginx: the header of that name, with an internal address such as /renown-media/ab/abc….mp3
 *     x-sendfile         Apache with mod_xsendfile: the header of that name, with a path on disk
 *
 * A web server without this parameter, or with another value, could pass the header to the reader instead of
 * sending the file. Then nothing is sent: FAULT, and the log says what to do.
 */
#ifndef HTTP_SENDFILE_H
#define HTTP_SENDFILE_H

#include <stdbool.h>

#include "core/status.h"
#include "http/request.h"

/*
 * The folders that files are sent from. Each has an internal address in conf/nginx and a path in conf/apache; the
 * web servers send from no other folder.
 */
enum send_folder { SEND_MEDIA, SEND_EXPORT, SEND_BACKUP };

/*
 * Answers with the file at path below the folder. type: its Content-Type. name: the name under which browsers save
 * it, or NULL. OK, or FAULT, logged: the path has unusual characters, or the web server does not say how it sends
 * files.
 */
enum status request_send_file(struct request *req, enum send_folder folder, const char *path, const char *type, const char *name);

/* Whether the web server says how it sends files. */
bool request_can_send(const struct request *req);

#endif
