/*
 * The proof of forms on pages that caches keep: COMMENT_STAMP (http/route_table.h). Such a page is the same for all
 * readers, so its form has no proof. Sent without script, the form is shown again by the row's .preview handler, with
 * a stamp, and nothing is stored; the second POST has the stamp. A script asks for a stamp beforehand, at the form's
 * address followed by "/stamp", so that one click is enough.
 *
 * A stamp is "TIME.ID.SIGNATURE". The site signs the time, the id, the form's address (which names the post), the
 * network of the sender and, for signed-in users, the session. It is valid from 3 seconds after it was made, in a
 * flood of comments of guests later (store/comment/comment_flood.h), for FORM_STAMP_SECONDS. A form without a
 * text, such as a vote, is valid at once.
 */
#ifndef HTTP_FORM_STAMP_H
#define HTTP_FORM_STAMP_H

#include "http/form.h"

/*
 * Answers a script's request for a stamp, at the form's address followed by "/stamp": "SECONDS STAMP", where SECONDS must pass before the
 * form is sent. fields: of the form. The caller has checked that the viewer may use the form.
 */
enum status form_stamp_send(struct request *req, const struct field *fields);

/*
 * The digest by which a stored row marks the stamp of the current form as used (a UNIQUE column), in the arena. Keyed with the stamp's id.
 */
const char *form_stamp_digest(struct request *req);

/*
 * Reports that this form was already used for something else: FORBIDDEN, to be returned. The form is shown again with a new stamp.
 */
enum status form_stamp_used(struct request *req);

#endif
