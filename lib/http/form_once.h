/*
 * A form that creates something is taken once, however often it is sent: pressed twice, sent again after an answer that never
 * came, sent by fifty tabs at once. (The Idempotency-Key of draft-ietf-httpapi-idempotency-key-header does the same for APIs.)
 *
 * Every form carries a random one-time id in its proof (http/form.h). A row of the route table says by .repeat what a second
 * submission means. Where it is ONCE or REVISED, request_write() looks for the id while it holds the database, and the id, a digest of
 * the fields and the answer are saved in the transaction that carries the form out (store/auth/form_record.h). So either all of it
 * was kept, or nothing was, and the same form can be sent again; whoever sends it again gets the answer of the first.
 *
 * The table holds a digest of the id only. The answer is sealed with the id itself, which nobody but the browser has, so that a
 * stolen copy of the database shows neither answers nor the links in them.
 */
#ifndef HTTP_FORM_ONCE_H
#define HTTP_FORM_ONCE_H

#include "http/request.h"

/*
 * Looks whether the form of this request was carried out already with the same fields: req->once is then ONCE_REPEATED, and
 * form_once_repeat() answers. Inside any transaction; reads only.
 */
enum status form_once_look(struct request *req);

/*
 * For request_write(), inside the write transaction: from here on this request carries the form out, and no other can. CONFLICT when the form
 * was carried out before: with the same fields req->once is ONCE_REPEATED; with others (and the row says ONCE) it is ONCE_SPENT, and
 * the form that is shown again says so and carries a new id. Forms of REPEATABLE rows are left alone.
 */
enum status form_once_claim(struct request *req);

/*
 * Saves the row of the form that this request carries out, if it does, in the open write transaction. The answer must be known: req->location,
 * or req->shown_once for the row's .repeated.
 */
enum status form_once_save(struct request *req);

/* After a handler failed: answers as the first submission was answered, if another request carried the same form out meanwhile; else returns the status. */
enum status form_once_settle(struct request *req, enum status status);

/* Answers as the first submission was answered: its redirection, or the page that the row's .repeated makes. */
enum status form_once_repeat(struct request *req);

#endif
