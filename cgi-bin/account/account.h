/* The handlers of the program account. */
#ifndef CGI_BIN_ACCOUNT_H
#define CGI_BIN_ACCOUNT_H

#include "shared/throttle.h"
#include "http/form.h"
#include "http/serve.h"
#include "store/auth/email_verification.h"

enum { NEXT_MOST = 400 }; /* characters of the path that follows signing in */

extern const struct field mail_fields[], mail_code_fields[], mail_link_fields[], join_fields[], invited_fields[];
extern const struct field next_fields[], sign_in_fields[], password_fields[], device_fields[], code_fields[], confirm_fields[], proof_fields[],
	password_again_fields[];

/* sign_in.c: in and out. */
enum status show_sign_in(struct request *req);
enum status take_sign_in(struct request *req);
enum status show_link(struct request *req);
enum status take_link(struct request *req);
enum status take_sign_out(struct request *req);

/* sign_in_second_factor.c: the second step of signing in. */
enum status show_code(struct request *req);
enum status take_code(struct request *req);

/* factor.c: setting a second factor up, and turning it off. */
enum status show_second_factor(struct request *req);
enum status take_begin(struct request *req);
enum status take_confirm(struct request *req);
enum status take_codes(struct request *req);
enum status show_codes_again(struct request *req);
enum status take_off(struct request *req);

/* own.c: what is kept about oneself, and leaving. */
enum status show_personal_data(struct request *req);
enum status send_personal_data(struct request *req);
enum status show_account_delete(struct request *req);
enum status take_account_delete(struct request *req);

/* sign_in_mail.c: in by what stands in a mail. */
enum status take_mail(struct request *req);
enum status show_mail_code(struct request *req);
enum status take_mail_code(struct request *req);
enum status show_mail_link(struct request *req);
enum status take_mail_link(struct request *req);

/* sign_up.c: becoming a member. */
enum status show_sign_up(struct request *req);
enum status take_sign_up(struct request *req);
enum status show_invited(struct request *req);
enum status take_invited(struct request *req);

/* profile.c: one's own account. */
enum status show_account(struct request *req);
enum status take_password(struct request *req);
enum status take_devices(struct request *req);

/* A path of this program in the address's language: "/zh/account". */
const char *account_path(struct request *req, const char *path);

/*
 * The last step of signing in, whichever way somebody proved who they are: inside the private write transaction in which the proof was
 * taken, which was given that way. Begins their session, or, when they have a second factor, leads to the page that asks for its code. next: a local, encoded path.
 */
enum status sign_in_finish(struct request *req, const struct user *user, enum credential_way way, const char *next);

/* Where the form's field next leads: a path of this site, whatever was asked for. What could leave it leads to the account page. */
const char *next_path(struct request *req);

/* The browser is the user's from here on, under a new token; a session that it had before is over. For sign_in_finish() and its like. */
enum status sign_in_begin(struct request *req, const struct user *user);

/* Takes a code of the second factor, or a recovery code, inside a write transaction; NOT_FOUND when it is none that is good. */
enum status second_factor_accept(struct request *req, int64_t user_id, const char *text);

/*
 * Whoever is signed in types something that only they know, once more. Before request_write(); what is wrong stands at the field.
 * prove_password(): the password, if they have one. prove_self(), of proof_fields: the password or a code; FORBIDDEN without either.
 */
enum status prove_password(struct request *req, const char *field, const char *sentence);
enum status prove_self(struct request *req);

/* Adds the form that asks for a mail to the page of signing in, and the way to become a member where that is open. */
enum status add_sign_in_mail(struct request *req);

/*
 * Counts, and commits, that this network asks for an email to that address: TOO_MANY, with the sentence noted, when whoever asks must
 * wait. A browser that signed in to the address before is not counted.
 */
enum status mail_try(struct request *req, const char *address, bool joins);

/*
 * Begins what an email finishes, and leads to the page that asks for its code. The email is queued, unless the mailbox had enough of
 * them: then the newest one's link and code are what this page waits for. The answer is the same in both cases. Inside a write
 * transaction.
 */
enum status mail_begin(struct request *req, struct email_verification *verification, const char *address, bool joins);

/* Whether strangers may become members by themselves, and whether those may who were invited. */
bool sign_up_is_open(const struct request *req);
bool sign_up_is_possible(const struct request *req);

#endif
