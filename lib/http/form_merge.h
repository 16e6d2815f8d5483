/*
 * A form that stayed open while the same thing was saved elsewhere: in another window, or by somebody else.
 *
 * Every field is merged with what is stored now, from what the form started from (a three-way merge, as diff3 does it). A field that
 * one side changed takes that change. Names in a list are added and removed one by one, and texts are merged by lines. A field that both
 * sides changed differently stands in the form twice: its author chooses. Where a choice restricts something (enum field_order), the
 * stricter one is taken unless the author chooses the other. Nothing is saved before the author has seen the result.
 *
 * What the form started from travels in its field of the type FIELD_BASE: for each field a keyed digest of its value, and a mark at those
 * whose choice is still open. A digest that is missing, or that this site did not make for this address, means that nobody knows what
 * the form started from: then every field whose values differ counts as changed by both sides.
 *
 * A form opts in by a field of that type, named "base". Each of its fields then also takes "choose_NAME", "mine" or "theirs".
 */
#ifndef HTTP_FORM_MERGE_H
#define HTTP_FORM_MERGE_H

#include "http/form.h"

enum { MERGE_BASE_MOST = 4000 }; /* characters of a FIELD_BASE */

/* What a form does not change but depends on, such as the state of the post. Ended by a NULL name. */
struct form_watched {
	const char *name, *value; /* as for a field */
	const char *label, *text; /* translated: what it is, and what it is now */
};

/*
 * For handlers of POST, before they use any field; those that write without a revision call it inside their transaction, with what is
 * stored there. stored: the values that the form would hold if it were opened now, as for form_add(). watched: NULL for nothing.
 *
 * OK: no other change is in the way. A field whose author chose the stored value has that value from then on (request_field()).
 * INVALID: a choice is missing. CONFLICT: something was saved that this form does not know. Both are said in the form that is shown again.
 */
enum status form_merge(struct request *req, const char *const *stored, const struct form_watched *watched);

#endif
