/* The handlers of the program account. */
#ifndef CGI_BIN_ACCOUNT_H
#define CGI_BIN_ACCOUNT_H

#include "account_handlers.h"
#include "shared/throttle.h"
#include "http/form.h"
#include "http/serve.h"
#include "store/auth/email_verification.h"

enum { NEXT_MAX = 400 }; /* characters of the path to go to after signing in */

extern const struct field mail_fields[], mail_code_fields[], mail_link_fields[], sign_up_fields[], invited_fields[];
extern const struct field next_fields[], sign_in_fields[], password_fields[], device_fields[], code_fields[], confirm_fields[], proof_fields[], delete_fields[],
	password_again_fields[], reply_mail_fields[];

/* A path of this program with the address's language prefix: "/zh/account". In the arena. */
const char *account_path(struct request *req, const char *path);

/*
 * The last step of signing in, for every way. Call it inside the private write transaction that accepted the proof
 * of identity. Starts a session or, for a user with two-factor authentication, redirects to the page that asks for
 * a code. way: how the user proved their identity. next: a local, encoded path.
 */
enum status sign_in_finish(struct request *req, const struct user *user, enum credential_way way, const char *next);

/*
 * Where the field "next" leads: a local, encoded path of this site. The account page if the value is missing or
 * could lead elsewhere.
 */
const char *next_path(struct request *req);

/*
 * Starts a session with a new token for this browser and ends its previous one. For sign_in_finish() and similar
 * handlers.
 */
enum status sign_in_begin(struct request *req, const struct user *user);

/* Accepts an authenticator code or a recovery code, inside a write transaction. NOT_FOUND when it is wrong or used. */
enum status second_factor_accept(struct request *req, int64_t user_id, const char *text);

/*
 * Confirm the identity of a signed-in user again. Call them before request_write(); a problem is reported at the
 * field. prove_password() checks the password, if the user has one. prove_self(), for proof_fields and delete_fields, checks the
 * password or a code; FORBIDDEN when the user has neither.
 */
enum status prove_password(struct request *req, const char *field, const char *sentence);
enum status prove_self(struct request *req);

/* Adds the switch for emails about replies to the account page. */
enum status add_reply_preference(struct request *req);

/* Adds the form that asks for a sign-in email to the sign-in page, and a link to sign up where that is open. */
enum status add_sign_in_mail(struct request *req);

/*
 * Counts and commits that this network requested an email to that address. TOO_MANY, reported in the form, when it
 * must wait. A browser that signed in to the address before is not counted. joins: for signing up.
 */
enum status mail_try(struct request *req, const char *address, bool joins);

/*
 * Begins a sign-in or sign-up that an email completes, and redirects to the page that asks for its code. Queues the
 * email. If the address has received too many, nothing is queued, and this page accepts the link and code of the
 * newest email. The response is the same in both cases. Call it inside a write transaction.
 */
enum status mail_begin(struct request *req, struct email_verification *verification, const char *address, bool joins);

/* Whether anybody may sign up, and whether people with an invitation may. */
bool sign_up_is_open(const struct request *req);
bool sign_up_is_possible(const struct request *req);

#endif
