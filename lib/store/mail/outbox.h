/*
 * Mail on its way out. Whoever causes one queues it in the transaction of what causes it, so that there is never one without the other;
 * `renown work` sends it. No page program opens a connection.
 *
 *     TRY(mail_queue(db, arena, &(struct mail){ .kind = "sign-in", .to = user.email, .subject = …, .text = …, .lang = …,
 *         .created = now, .expires = now + 900 }, &id));
 *
 * A mail is queued, then sending, then sent or given up; or queued again, for a later try. Its Message-ID is the same in each.
 */
#ifndef STORE_MAIL_OUTBOX_H
#define STORE_MAIL_OUTBOX_H

#include <stdbool.h>

#include "store/db/db.h"

struct mail {
	int64_t id;
	const char *message_id; /* before the '@'; given by mail_queue() */
	const char *kind;       /* one word: "sign-in", "join", "invitation", "test" */
	const char *to;         /* one address */
	const char *subject;    /* one line */
	const char *text;       /* plain text */
	const char *lang;       /* that of the text */
	const char *state, *problem; /* for those who look at it */
	int64_t created, expires, next_try, tries, maybe_sent, finished;
	int64_t stored;         /* 1: it is done, but was only written into a folder */
};

enum {
	MAIL_TRY_SECONDS = 60,             /* until the second try; then twice as long each time */
	MAIL_TRY_MOST = 6 * 3600,
	MAIL_DAYS = 3,                     /* then it is given up, when it does not expire before */
	MAIL_SENT_KEPT = 7 * 24 * 3600,    /* seconds that a row stays for the owner to look at */
	MAIL_LOST_KEPT = 30 * 24 * 3600,
};

/*
 * Queues one, inside a write transaction. created is now; expires 0: after MAIL_DAYS. INVALID when the address could be none, or
 * more than one, when the subject is not one line of text, or anything in it no text: nothing of it can become another
 * header or another recipient.
 */
enum status mail_queue(struct db *db, struct arena *arena, const struct mail *mail, int64_t *ret_id);

/* Takes one back that nobody is to get, inside the transaction that queued it. */
enum status mail_take_back(struct db *db, int64_t id);

/* Takes back all that waits to go to an address which is nobody's any more, inside a write transaction. */
enum status mail_take_back_to(struct db *db, const char *to);

/* --- for renown work ---------------------------------------------------------- */

/* Whether there is anything to send, to look after or to remove; reads only. */
enum status outbox_is_due(struct db *db, int64_t now, bool *ret_due);

/*
 * Marks the next one that is due as sending, with one more try, and commits that. NOT_FOUND: nothing is due. What has expired
 * meanwhile is given up instead: a link that lets nobody in any more only puzzles.
 * Whoever calls this holds the lock of `renown work`.
 */
enum status outbox_claim(struct db *db, struct arena *arena, int64_t now, struct mail *ret_mail);

/* Notes, and commits, that from here on the other side may have it: what is still sending then is never sent again. */
enum status outbox_hand(struct db *db, int64_t id);

/* How a try ended; each commits. stored: it was written into a folder, and nobody has sent it. problem: in words. again: it will be tried, unless it is too late for that. */
enum status outbox_sent(struct db *db, int64_t id, bool stored, int64_t now);
enum status outbox_failed(struct db *db, const struct mail *mail, bool again, const char *problem, int64_t now);

/*
 * Looks after what was sending when its process died, and commits: what cannot have gone out is queued again, and so is everything
 * when repeatable says that sending twice is sending once, at once after the first such end and later after each more; the rest is given up, and says that it may have arrived.
 */
enum status outbox_recover(struct db *db, bool repeatable, int64_t now);

/* Removes what is done for long, at most 100 rows; inside a write transaction. */
enum status outbox_sweep(struct db *db, int64_t now);

/* --- for whoever looks -------------------------------------------------------- */

/* How many are in each state, up to a thousand of each. */
struct outbox_sizes {
	int64_t queued, sending, sent, stored, lost; /* sent: without those that were only stored */
};
enum status outbox_sizes(struct db *db, struct outbox_sizes *ret_sizes);

/* The newest of a kind to that address; NOT_FOUND: none. */
enum status outbox_latest(struct db *db, struct arena *arena, const char *to, const char *kind, struct mail *ret_mail);

/* Those that have waited since before that time, and the newest problem of one of them, or "". Reads all that wait. */
enum status outbox_stuck(struct db *db, struct arena *arena, int64_t before, int64_t *ret_count, const char **ret_problem);

#endif
