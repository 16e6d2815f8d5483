/*
 * Makes sure that a form that creates something is carried out once, however often it is sent: by a double click,
 * after an answer that was lost, or from many tabs. (draft-ietf-httpapi-idempotency-key-header does the same for
 * APIs.)
 *
 * Every form contains a random one-time id in its proof (http/form.h). The .repeat of its route says what a second
 * submission means. For ONCE and REVISED, request_write() looks for the id while it holds the write transaction.
 * That transaction also saves the id, a digest of the values and the answer (store/auth/form_record.h). So
 * everything is saved or nothing is, and after nothing the same form can be sent again. Sending a saved form again
 * returns the first answer.
 *
 * The table contains only a digest of the id. The answer is encrypted with the id itself, which only the browser
 * has, so a stolen copy of the database reveals neither answers nor the links in them.
 */
#ifndef HTTP_FORM_ONCE_H
#define HTTP_FORM_ONCE_H

#include "http/request.h"

/*
 * Looks up whether this form was already carried out with the same values. Then req->once is ONCE_REPEATED and
 * form_once_repeat() gives the answer. Only reads, inside any transaction.
 */
enum status form_once_look(struct request *req);

/*
 * For request_write(), inside the write transaction: claims the form, so that no other request can carry it out.
 * CONFLICT when it was carried out before: with the same values req->once is ONCE_REPEATED; with other values, and
 * a row that says ONCE, it is ONCE_SPENT, and the form is shown again with an explanation and a new id. Does
 * nothing for REPEATABLE rows.
 */
enum status form_once_claim(struct request *req);

/*
 * Saves the answer of a form that this request claimed, in the open write transaction; does nothing without a
 * claim. The answer must be known: req->location, or req->shown_once for the row's .repeated handler.
 */
enum status form_once_save(struct request *req);

/*
 * After a handler failed: if another request carried out the same form meanwhile, gives its answer. Otherwise
 * returns status.
 */
enum status form_once_settle(struct request *req, enum status status);

/* Gives the answer of the first submission again: its redirect, or the page made by the row's .repeated handler. */
enum status form_once_repeat(struct request *req);

#endif
