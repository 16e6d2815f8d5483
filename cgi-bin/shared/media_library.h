/* The media library in the program post: all files, one file, and the files of one post. */
#ifndef CGI_BIN_SHARED_MEDIA_LIBRARY_H
#define CGI_BIN_SHARED_MEDIA_LIBRARY_H

#include "http/form.h"
#include "http/multipart.h"
#include "http/serve.h"
#include "store/media/media.h"

extern const struct field library_fields[], upload_fields[], file_fields[], replace_fields[], attach_fields[];

/* library.c: all of them, and bringing more; and what the web server asks before it takes a great file. */
enum status show_media_library(struct request *req);
enum status take_uploads(struct request *req);
enum status tell_may_upload(struct request *req);

/* media_item.c: one of them. */
enum status show_file(struct request *req);
enum status take_file(struct request *req);
enum status take_replacement(struct request *req);
enum status take_removal(struct request *req);

/* attach.c: cover and recording of one post. */
enum status show_attach(struct request *req);
enum status take_attach(struct request *req);

/* --- for each other, in library.c ---------------------------------------------------- */

/*
 * Stores what was sent as a file of ours, within the quota; writes no row: that is media_library_add()'s, in a transaction. beside: bytes that this
 * request has stored before. What cannot be taken is INVALID with a sentence for whoever sent it in *ret_problem.
 */
enum status media_library_take(struct request *req, const struct upload *upload, int64_t beside, struct media *ret_media,
	const char **ret_problem);

/* Puts what media_library_take() stored into the writer's library, in a transaction that is kept here; sets their ids. For a form that comes back. */
enum status media_library_save(struct request *req, struct media *files, size_t count);

/* The first file that was sent for a field, or NULL. */
const struct upload *media_library_sent(const struct request *req, const char *field);

/* "1.5 MiB" */
const char *media_library_bytes(struct request *req, int64_t bytes);

/* Adds what a sheet needs to show a file: name, alt, type, src and, for pictures, thumb with width and height. */
xmlNodePtr media_library_add_file(struct request *req, xmlNodePtr parent, const struct media *media);

/* "/write/media", or that of one file. */
const char *media_library_path(struct request *req, int64_t id);

#endif
