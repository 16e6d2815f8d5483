/*
 * What waits for somebody who reads their email: to be signed in, or to have their account made. Each request makes a row with a page
 * that takes a code; the address of that page is known only to the browser that asked. An email holds a link and a short code, each
 * enough, both single use and good for a quarter of an hour at least. The store holds digests alone.
 *
 * A request that comes while the mailbox is spared gets a row, but no email (mailed = 0). So that nobody can keep others out by asking
 * first, a page takes the code of every open email with the same purpose and address, whoever asked for it.
 *
 * All that writes is called inside a write transaction.
 */
#ifndef STORE_AUTH_EMAIL_VERIFICATION_H
#define STORE_AUTH_EMAIL_VERIFICATION_H

#include <stdbool.h>

#include "store/db/db.h"

enum {
	EMAIL_VERIFICATION_SECONDS = 15 * 60,
	EMAIL_VERIFICATION_TRIES = 5,         /* wrong codes on one page */
	EMAIL_VERIFICATION_TRIES_ALL = 100,   /* on all open pages with one purpose and address: the codes have 40 bits */
	EMAIL_VERIFICATION_CODE_LENGTH = 8,
};

struct email_verification {
	const char *id;            /* digest of the link's token */
	int64_t user_id;           /* who will be signed in; 0: nobody has this address, or an account is to be made */
	const char *email, *name;  /* of the account to be made; email "": none */
	const char *invitation;    /* what it takes its role from (store/user/invitation.h), or "" */
	const char *next;          /* where to go then, or "" */
	const char *purpose;         /* digest of the purpose and the address, made by email_verification_add() */
	const char *code;          /* digest, for email_verification_by_code() */
	int64_t mailed;            /* whether an email holds its link and code */
	int64_t tries, created, expires;
};

/* What is told once: the link's token and the code, for the mail; the page's token, for the browser. */
struct email_verification_keys {
	const char *link, *page, *code;
};

/* about: the purpose and the address in words, such as "sign-in anna@example.org"; only its digest is kept. */
enum status email_verification_add(struct db *db, struct arena *arena, const char *about, const struct email_verification *verification,
	struct email_verification_keys *ret_keys);

/*
 * Whether an email for this purpose and address was sent to that user (0: to nobody, or to who joins) and is still good: neither used,
 * nor ended, nor over. Reads only.
 */
enum status email_verification_is_mailed(struct db *db, struct arena *arena, const char *about, int64_t user_id, int64_t now, bool *ret_mailed);

/* The one of a link; NOT_FOUND when it is unknown, used or over. Reads only. */
enum status email_verification_by_link(struct db *db, struct arena *arena, const char *token, int64_t now, struct email_verification *ret_verification);

/* The one of a page, likewise. One that was guessed at too often is still found. */
enum status email_verification_by_page(struct db *db, struct arena *arena, const char *token, int64_t now, struct email_verification *ret_verification);

/*
 * The mailed row whose code was typed on that page, which may be the page's own; however it was typed: capitals, spaces and hyphens do
 * not matter. NOT_FOUND: it is the code of no open email with the same purpose and address. TOO_MANY: wrong codes were typed too
 * often, on this page or on all of them, and no code is good any more. Reads only.
 */
enum status email_verification_by_code(struct db *db, struct arena *arena, const struct email_verification *page, const char *typed, int64_t now,
	struct email_verification *ret_mailed);

/* One more wrong code on that page. */
enum status email_verification_wrong(struct db *db, const struct email_verification *verification);

/* Removes it: NOT_FOUND for all but one of those who do so at once. */
enum status email_verification_use(struct db *db, const struct email_verification *verification);

/* Removes all of a user: their open links and codes sign nobody in any more. */
enum status email_verification_end(struct db *db, int64_t user_id);

enum status email_verification_is_due(struct db *db, int64_t now, bool *ret_due);
enum status email_verification_sweep(struct db *db, int64_t now);

/* "k7qm-2xpd": a code as it is written in a mail. */
const char *email_verification_code_text(struct arena *arena, const char *code);

#endif
