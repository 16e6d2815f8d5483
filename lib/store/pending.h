/*
 * What waits for somebody who reads their mail: to be signed in, or to have their account made. The mail holds a link and a short
 * code, each enough, both single use and good for a quarter of an hour. The code is typed on a page whose address only the
 * browser knows that asked; the store holds digests alone.
 *
 * All that writes is called inside a write transaction.
 */
#ifndef STORE_PENDING_H
#define STORE_PENDING_H

#include <stdbool.h>

#include "store/db.h"

enum { PENDING_SECONDS = 15 * 60, PENDING_TRIES = 5, CODE_LENGTH = 8 };

struct pending {
	const char *id;            /* digest of the link's token */
	int64_t user_id;           /* who will be signed in; 0: nobody has this address, or an account is to be made */
	const char *email, *name, *hash; /* of the account to be made; email "": none */
	const char *invitation;    /* what it takes its role from (store/invitation.h), or "" */
	const char *next;          /* where to go then, or "" */
	const char *code;          /* digest, for pending_is_code() */
	int64_t tries, created, expires;
};

/* What is told once: the link's token and the code, for the mail; the page's token, for the browser. */
struct pending_keys {
	const char *link, *page, *code;
};

enum status pending_add(struct db *db, struct arena *arena, const struct pending *pending, struct pending_keys *ret_keys);

/* The one of a link; NOT_FOUND when it is unknown, used or over. Reads only. */
enum status pending_by_link(struct db *db, struct arena *arena, const char *token, int64_t now, struct pending *ret_pending);

/* The one whose code is asked for at the page with that token; likewise. One that was guessed at too often is still found. */
enum status pending_by_page(struct db *db, struct arena *arena, const char *token, int64_t now, struct pending *ret_pending);

/*
 * Whether that is its code, however it was typed: capitals, spaces and hyphens do not matter. Never after PENDING_TRIES wrong ones.
 */
bool pending_is_code(struct arena *arena, const struct pending *pending, const char *page_token, const char *typed);

/* One more wrong code. */
enum status pending_wrong(struct db *db, const struct pending *pending);

/* Removes it: NOT_FOUND for all but one of those who do so at once. */
enum status pending_use(struct db *db, const struct pending *pending);

enum status pending_is_due(struct db *db, int64_t now, bool *ret_due);
enum status pending_sweep(struct db *db, int64_t now);

/* "k7qm-2xpd": a code as it is written in a mail. */
const char *pending_code_text(struct arena *arena, const char *code);

#endif
