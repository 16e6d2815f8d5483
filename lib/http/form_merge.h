/*
 * Merges a form that stayed open while the same thing was saved elsewhere: in another window, or by somebody else.
 *
 * Every field is merged with the stored value, based on the value that the form started from (a three-way merge,
 * like diff3). A field that only one side changed takes that change. Names in a list are added and removed one by
 * one, and texts are merged by lines. For any other field that both sides changed differently, the form shows both
 * values and the author chooses. Where a choice restricts something (enum field_order), the stricter one is taken
 * unless the author chooses the other. Nothing is saved before the author has seen the result.
 *
 * The form's FIELD_BASE contains the start values: a keyed digest per field, and a mark at fields whose choice is
 * still open. If a digest is missing, or was not made by this site for this address, the start value is unknown.
 * Then every field whose values differ counts as changed by both sides.
 *
 * A form opts in with a FIELD_BASE named "base". Each of its fields then also accepts "choose_NAME" with "mine" or
 * "theirs".
 */
#ifndef HTTP_FORM_MERGE_H
#define HTTP_FORM_MERGE_H

#include "http/form.h"

enum { MERGE_BASE_MAX = 4000 }; /* characters of a FIELD_BASE */

/* Data that the form does not change but depends on, such as the state of the post. Ended by a NULL name. */
struct form_watched {
	const char *name, *value; /* as for a field */
	const char *label, *text; /* translated: its name, and its current value */
};

/*
 * Checks for changes by others. POST handlers call it before they use any field; those that write without a
 * revision call it inside their transaction, with the values stored there. stored: the values that the form would
 * show if it were opened now, as for form_add(). watched: may be NULL.
 *
 * OK: no other change conflicts. From then on request_field() returns the stored value of each field where the
 * author chose it. INVALID: a choice is missing. CONFLICT: something was saved that this form does not contain.
 * Both are reported in the form that is shown again.
 */
enum status form_merge(struct request *req, const char *const *stored, const struct form_watched *watched);

#endif
