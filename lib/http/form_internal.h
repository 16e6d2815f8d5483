/* Between form.c and form_merge.c: how a form that is shown is merged with what is stored. */
#ifndef HTTP_FORM_INTERNAL_H
#define HTTP_FORM_INTERNAL_H

#include "http/form.h"

/* The fields that take the author's choices, for a table that has a FIELD_BASE: writes them behind one another, and returns how many. */
size_t merge_choice_fields(struct arena *arena, const struct field *fields, struct field *ret_fields);

/* One form with what is stored. */
struct merge;

/* sent: whether this form is the one that was sent. *ret_merge is NULL when the form has no FIELD_BASE. */
enum status merge_begin(struct request *req, const struct form *form, const char *const *stored, bool sent, struct merge **ret_merge);

/* What one field holds: *value, which is what was sent, or what is stored, becomes the merged value. element: gets what is to be said. */
enum status merge_field(struct merge *merge, const struct field *field, xmlNodePtr element, const char **value);

/* Adds <merged> with what was merged, if anything was. Returns the value of the FIELD_BASE. */
const char *merge_end(struct merge *merge, xmlNodePtr form);

#endif
