/* The handlers of the program post. */
#ifndef CGI_BIN_DESK_H
#define CGI_BIN_DESK_H

#include "http/form.h"
#include "http/serve.h"

extern const struct field desk_fields[], post_fields[];

/* desk.c: what there is. */
enum status show_desk(struct request *req);

/* edit.c: one post. */
enum status show_new(struct request *req);
enum status take_new(struct request *req);
enum status show_edit(struct request *req);
enum status take_edit(struct request *req);

/* versions.c: what it was before. */
enum status show_versions(struct request *req);
enum status show_version(struct request *req);
enum status take_version(struct request *req);

/* The word for a post's state as a reader would see it now: "Draft", "Waits for Tuesday, 24 November 2026, 08:00", "Published", "Withdrawn". */
const char *desk_state(struct request *req, const char *state, int64_t published);

#endif
