/*
 * Forms that could not be taken, and come back with all that was typed: on the page that they belong to (dispatch_again(), http/worker.h), or,
 * where whoever sent it may not see that page, or it does not exist any more, on a page that holds nothing but the form.
 */
#ifndef HTTP_FORM_BACK_H
#define HTTP_FORM_BACK_H

#include "http/request.h"

/* What is said when somebody's role does not allow the form, or not any more. Not translated yet. */
extern const char form_changed_title[], form_changed_advice[];

/*
 * Shows what was typed with a button that sends it again, after what the advice says was done in another window. title, advice: not translated
 * yet. Returns FORBIDDEN.
 */
enum status form_give_back(struct request *req, const char *title, const char *advice);

/* The same when somebody's session or role was taken away while their form was worked on. */
enum status form_give_back_changed(struct request *req);

#endif
