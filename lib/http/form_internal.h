/* Shared by form.c, form_merge.c (merging the form that is shown with the stored values) and form_stamp.c. */
#ifndef HTTP_FORM_INTERNAL_H
#define HTTP_FORM_INTERNAL_H

#include "http/form.h"

/* Writes the fields for the author's choices to ret_fields, if the table has a FIELD_BASE. Returns how many. */
size_t merge_choice_fields(struct arena *arena, const struct field *fields, struct field *ret_fields);

/* The state of merging one form. */
struct merge;

/* sent: whether this form was sent. *ret_merge is NULL when the form has no FIELD_BASE or no stored values. */
enum status merge_begin(struct request *req, const struct form *form, const char *const *stored, bool sent, struct merge **ret_merge);

/*
 * Merges one field: *value, the sent or the stored value, becomes the merged one. Adds notes for the author to
 * element.
 */
enum status merge_field(struct merge *merge, const struct field *field, xmlNodePtr element, const char **value);

/* Adds <merged>, which lists what was merged, if there is anything. Returns the value of the FIELD_BASE. */
const char *merge_end(struct merge *merge, xmlNodePtr form);

/* --- form_stamp.c: the proof COMMENT_STAMP (http/form_stamp.h) --- */

/* Makes a stamp for the form that is sent to that local and encoded path, in the arena. id: the form's one-time id. time: when it is made. */
enum status form_stamp_make(struct request *req, const char *path, const char *id, int64_t time, const char **ret_stamp);

/*
 * Checks the stamp of the form that was sent to that path. OK, or FORBIDDEN with a problem reported in the form. Sets req->form_id if
 * this site made the stamp for this path, network and session; sets req->form_time, if it was only too early.
 */
enum status form_stamp_check(struct request *req, const char *path, const char *given);

#endif
