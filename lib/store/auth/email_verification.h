/*
 * Requests that are completed by email: signing in, or creating an account. Each request has a row and a page that
 * accepts a code; only the browser that made the request knows the page's address. An email contains a link and a
 * short code. Either is enough; both are single-use and valid for at least 15 minutes. The database holds only
 * digests.
 *
 * While the address gets no further emails (THROTTLE_MAIL), a request gets a row but no email (mailed = 0). So that
 * nobody can lock others out by asking first, a page accepts the code of every valid email with the same purpose and
 * address, no matter who requested it.
 *
 * All functions that write must be called inside a write transaction. Times are Unix seconds.
 */
#ifndef STORE_AUTH_EMAIL_VERIFICATION_H
#define STORE_AUTH_EMAIL_VERIFICATION_H

#include <stdbool.h>

#include "store/db/db.h"

enum {
	EMAIL_VERIFICATION_SECONDS = 15 * 60,
	EMAIL_VERIFICATION_TRIES = 5,         /* wrong codes on one page */
	EMAIL_VERIFICATION_TRIES_ALL = 100,   /* on all valid pages of one purpose and address; the codes have 40 bits */
	EMAIL_VERIFICATION_CODE_LENGTH = 8,
};

struct email_verification {
	const char *id;            /* digest of the link's token */
	int64_t user_id;           /* who will be signed in; 0: the address has no account, or an account will be created */
	const char *email, *name;  /* of the account to create; email "": none */
	const char *invitation;    /* the invitation that decides the role (store/user/invitation.h), or "" */
	const char *next;          /* the page to go to afterwards, or "" */
	const char *purpose;         /* digest of purpose and address, made by email_verification_add() */
	const char *code;          /* digest, for email_verification_by_code() */
	int64_t mailed;            /* whether an email contains its link and code */
	int64_t tries, created, expires;
};

/*
 * Secrets that are returned only once: the link's token and the code, for the email, and the page's token, for the
 * browser.
 */
struct email_verification_keys {
	const char *link, *page, *code;
};

/*
 * Adds a request. about: purpose and address as text, such as "sign-in anna@example.org"; only its digest is stored.
 */
enum status email_verification_add(struct db *db, struct arena *arena, const char *about, const struct email_verification *verification,
	struct email_verification_keys *ret_keys);

/*
 * Whether an email for this purpose and address was sent for that user (0: for nobody, or for a sign-up) and is still
 * valid, that is not used, ended or expired. Reads only.
 */
enum status email_verification_is_mailed(struct db *db, struct arena *arena, const char *about, int64_t user_id, int64_t now, bool *ret_mailed);

/* Finds a request by its link's token; NOT_FOUND when it is unknown, used or expired. Reads only. */
enum status email_verification_by_link(struct db *db, struct arena *arena, const char *token, int64_t now, struct email_verification *ret_verification);

/* Finds a request by its page's token, likewise. A page with too many wrong codes is still found. */
enum status email_verification_by_page(struct db *db, struct arena *arena, const char *token, int64_t now, struct email_verification *ret_verification);

/*
 * Finds the emailed request whose code was typed on that page; it may be another request than the page's own.
 * Capitals, spaces and hyphens do not matter. NOT_FOUND: no valid email with the same purpose and address has this
 * code. TOO_MANY: too many wrong codes were typed, on this page or on all of them; then no code is accepted. Reads
 * only.
 */
enum status email_verification_by_code(struct db *db, struct arena *arena, const struct email_verification *page, const char *typed, int64_t now,
	struct email_verification *ret_mailed);

/* Counts a wrong code on that page. */
enum status email_verification_wrong(struct db *db, const struct email_verification *verification);

/*
 * Removes a request because it is used. Of several attempts at the same time only one gets OK, the others NOT_FOUND.
 */
enum status email_verification_use(struct db *db, const struct email_verification *verification);

/* Removes all requests of a user, so that their links and codes no longer sign anyone in. */
enum status email_verification_end(struct db *db, int64_t user_id);

/* Whether email_verification_sweep() would remove anything. Reads only. */
enum status email_verification_is_due(struct db *db, int64_t now, bool *ret_due);
/* Removes expired requests, at most 100. */
enum status email_verification_sweep(struct db *db, int64_t now);

/* Formats a code as in emails, "k7qm-2xpd". In the arena. */
const char *email_verification_code_text(struct arena *arena, const char *code);

#endif
