/* The media library in the program post: all files, one file, and the files of a post. */
#ifndef CGI_BIN_SHARED_MEDIA_LIBRARY_H
#define CGI_BIN_SHARED_MEDIA_LIBRARY_H

#include "http/form.h"
#include "http/multipart.h"
#include "http/serve.h"
#include "store/media/media.h"

extern const struct field library_fields[], upload_fields[], file_fields[], replace_fields[], attach_fields[];

/* media_library.c: listing and uploading; and the check that the web server makes before a large upload */
enum status show_media_library(struct request *req);
enum status take_uploads(struct request *req);
enum status tell_may_upload(struct request *req);

/* media_item.c: one file */
enum status show_file(struct request *req);
enum status take_file(struct request *req);
enum status take_replacement(struct request *req);
enum status take_removal(struct request *req);

/* post_media.c: cover and recording of a post */
enum status show_attach(struct request *req);
enum status take_attach(struct request *req);

/* --- shared, in media_library.c ------------------------------------------------------ */

/*
 * Stores an uploaded file within the quota. It writes no row; call media_library_add() in a transaction for that.
 * beside: bytes that this request has stored before. INVALID: not acceptable; *ret_problem is then a message for
 * the user.
 */
enum status media_library_take(struct request *req, const struct upload *upload, int64_t beside, struct media *ret_media,
	const char **ret_problem);

/*
 * Adds the files that media_library_take() stored to the user's library, in a transaction of its own, and sets their ids.
 * For a form that is shown again.
 */
enum status media_library_save(struct request *req, struct media *files, size_t count);

/* The first file sent for a field, or NULL. */
const struct upload *media_library_sent(const struct request *req, const char *field);

/* A size such as "1.5 MiB". In the arena. */
const char *media_library_bytes(struct request *req, int64_t bytes);

/*
 * Adds what stylesheets need to show a file: name, alt, type, src and, for images, thumb with width and height.
 * Returns <file>.
 */
xmlNodePtr media_library_add_file(struct request *req, xmlNodePtr parent, const struct media *media);

/* "/write/media", or the path of one file. In the arena. */
const char *media_library_path(struct request *req, int64_t id);

#endif
