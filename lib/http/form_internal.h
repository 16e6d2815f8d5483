/* Shared by form.c and form_merge.c: merging the form that is shown with the stored values. */
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

#endif
