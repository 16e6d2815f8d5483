/*
 * Outgoing email. The function that causes an email queues it in its own transaction, so that neither happens without
 * the other. `renown work` sends it; no web program opens a connection.
 *
 *     TRY(mail_queue(db, arena, &(struct mail){ .kind = "sign-in", .to = user.email, .subject = …, .text = …, .lang = …,
 *         .created = now, .expires = now + 900 }, &id));
 *
 * An email is queued, then sending, then sent or given up; or queued again for a later try. Its Message-ID is the
 * same in every try. Times are Unix seconds.
 */
#ifndef STORE_MAIL_OUTBOX_H
#define STORE_MAIL_OUTBOX_H

#include <stdbool.h>

#include "store/db/db.h"

struct mail {
	int64_t id;
	const char *message_id; /* the part before '@'; set by mail_queue() */
	const char *kind;       /* one word: "sign-in", "join", "invitation", "test" */
	const char *to;         /* one address */
	const char *subject;    /* one line */
	const char *text;       /* plain text */
	const char *lang;       /* language of the text */
	const char *state, *problem; /* for display: see table outbox; why the last try failed */
	int64_t created, expires, next_try, tries, maybe_sent, finished;
	const char *unsubscribe; /* URL that a POST unsubscribes with (RFC 8058); NULL or "": none */
	int64_t stored;         /* 1: it was only written to a folder */
};

enum {
	MAIL_TRY_SECONDS = 60,             /* seconds until the second try; then twice as long each time */
	MAIL_TRY_MAX = 6 * 3600,
	MAIL_DAYS = 3,                     /* days until it is given up, if it does not expire earlier */
	MAIL_SENT_KEPT = 7 * 24 * 3600,    /* seconds for which a finished row is shown to the owner */
	MAIL_LOST_KEPT = 30 * 24 * 3600,
};

/*
 * Queues an email, inside a write transaction. created: now. expires 0: after MAIL_DAYS. INVALID: to is not exactly
 * one valid address, subject is not one line of text, or text is not valid or longer than 20,000 characters. So user
 * input cannot add a header or a recipient.
 */
enum status mail_queue(struct db *db, struct arena *arena, const struct mail *mail, int64_t *ret_id);

/* Removes an email that should not be sent after all, inside the transaction that queued it. */
enum status mail_cancel(struct db *db, int64_t id);

/* Removes all queued email to an address that its user no longer has, inside a write transaction. */
enum status mail_take_back_to(struct db *db, const char *to);

/* --- for `renown work` -------------------------------------------------------- */

/* Whether there is anything to send, to recover or to remove. Reads only. */
enum status outbox_is_due(struct db *db, int64_t now, bool *ret_due);

/*
 * Marks the next email that is due as sending, counts the try, and commits. NOT_FOUND: nothing is due. Email that has
 * expired is given up instead, because its link no longer works. The caller holds the lock of `renown work`.
 */
enum status outbox_claim(struct db *db, struct arena *arena, int64_t now, struct mail *ret_mail);

/*
 * Stores, and commits, that the mail server may have the email from now on. If the process dies while sending, it is
 * not sent again, unless outbox_recover() is called with the information that this is safe.
 */
enum status outbox_mark_maybe_sent(struct db *db, int64_t id);

/*
 * Store the result of a try; each commits. stored: the email was only written to a folder. problem: the reason, as
 * text. again: try again later, unless it expires before.
 */
enum status outbox_sent(struct db *db, int64_t id, bool stored, int64_t now);
enum status outbox_failed(struct db *db, const struct mail *mail, bool again, const char *problem, int64_t now);

/*
 * Handles email that was being sent when its process died, and commits. It is queued again if the mail server cannot
 * have it, or if repeatable is set because sending twice does no harm: at once after the first crash, later after
 * each further one. The rest is given up, with the note that it may have arrived.
 */
enum status outbox_recover(struct db *db, bool repeatable, int64_t now);

/* Removes old finished email, at most 100 rows of each kind. Inside a write transaction. */
enum status outbox_sweep(struct db *db, int64_t now);

/* --- status ------------------------------------------------------------------- */

/* The number of emails in each state; each count stops at 1,000. */
struct outbox_sizes {
	int64_t queued, sending, sent, stored, lost; /* sent: without those that were only stored */
};
enum status outbox_sizes(struct db *db, struct outbox_sizes *ret_sizes);

/* The newest email of a kind to that address; NOT_FOUND when there is none. */
enum status outbox_latest(struct db *db, struct arena *arena, const char *to, const char *kind, struct mail *ret_mail);

/*
 * The number of unsent emails created before that time, and the newest problem of an unsent email, or "". Reads all
 * unsent email.
 */
enum status outbox_stuck(struct db *db, struct arena *arena, int64_t before, int64_t *ret_count, const char **ret_problem);

#endif
