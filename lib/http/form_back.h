/*
 * Forms that were not accepted, shown again with everything that was typed: on the page that they belong to
 * (dispatch_again(), http/worker.h), or on a page with only the form when the sender may not see that page or it no
 * longer exists.
 */
#ifndef HTTP_FORM_BACK_H
#define HTTP_FORM_BACK_H

#include "http/request.h"

/* Title and advice when the user's role does not allow the form, or no longer does. In English for lang_text(). */
extern const char form_changed_title[], form_changed_advice[];

/*
 * Shows what was typed, and a button that sends it again after doing what the advice says in another window. title
 * and advice: in English for lang_text(). Returns FORBIDDEN.
 */
enum status form_return(struct request *req, const char *title, const char *advice);

/* The same when the session or role was revoked while the form was being processed. Rolls back. */
enum status form_return_changed(struct request *req);

#endif
