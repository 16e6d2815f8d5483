/*
 * A file that the web server sends in the place of a body: with ranges, at its own speed, and without a byte of it in our memory.
 * A handler asks first who may have it.
 *
 * How a web server is told stands in its own configuration, the parameter RENOWN_SEND:
 *
 *     x-accel-redirect   nginx: the header of that name, with an internal address such as /renown-media/ab/abc….mp3
 *     x-sendfile         Apache with mod_xsendfile: the header of that name, with a path on the disk
 *
 * A web server that says nothing, or another word, could hand the header on to the reader instead of the file. So nothing
 * is sent then: FAULT, and the log says what to do.
 */
#ifndef HTTP_SENDFILE_H
#define HTTP_SENDFILE_H

#include <stdbool.h>

#include "core/status.h"
#include "http/request.h"

/* Where such files lie: each folder has an internal address in conf/nginx, and a place in conf/apache that may send it and nothing else. */
enum send_folder { SEND_MEDIA, SEND_EXPORT, SEND_BACKUP };

/*
 * The answer is the file at path below the folder, as that type. name: what it is called where it is kept, or NULL.
 * OK, or FAULT; a path that is not made of plain names is FAULT too.
 */
enum status request_send_file(struct request *req, enum send_folder folder, const char *path, const char *type, const char *name);

/* Whether the web server said how it sends files. */
bool request_can_send(const struct request *req);

#endif
