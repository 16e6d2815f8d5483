#include "store/mail/outbox.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "core/token.h"
#include "store/user/user.h"

#define N_(message) message /* translated where it is shown */

enum { SUBJECT_MAX = 200, TEXT_MAX = 20000, PROBLEM_MAX = 300 };

#define MAIL_COLUMNS \
	" id, message_id, kind, recipient AS \"to\", subject, body AS text, lang, state, problem, created, expires, next_try, tries, maybe_sent, finished, unsubscribe, stored"

static const struct column mail_columns[] = {
	COLUMN_INT(struct mail, id),
	COLUMN_TEXT(struct mail, message_id),
	COLUMN_TEXT(struct mail, kind),
	COLUMN_TEXT(struct mail, to),
	COLUMN_TEXT(struct mail, subject),
	COLUMN_TEXT(struct mail, text),
	COLUMN_TEXT(struct mail, lang),
	COLUMN_TEXT(struct mail, state),
	COLUMN_TEXT(struct mail, problem),
	COLUMN_INT(struct mail, created),
	COLUMN_INT(struct mail, expires),
	COLUMN_INT(struct mail, next_try),
	COLUMN_INT(struct mail, tries),
	COLUMN_INT(struct mail, maybe_sent),
	COLUMN_INT(struct mail, finished),
	COLUMN_TEXT(struct mail, unsubscribe),
	COLUMN_INT(struct mail, stored),
	{ 0 },
};
static const struct row mail_row = { sizeof(struct mail), mail_columns };

/* --- queueing ----------------------------------------------------------------- */

QUERY(queue_mail,
	"INSERT INTO outbox (message_id, kind, recipient, subject, body, lang, state, created, expires, next_try, unsubscribe)"
	" VALUES (:message, :kind, :to, :subject, :text, :lang, 'queued', :created, :expires, :created, :unsubscribe) RETURNING id");

enum status
mail_queue(struct db *db, struct arena *arena, const struct mail *mail, int64_t *ret_id)
{
	const char *to = user_address(arena, mail->to);
	char *subject, *text;

	if (to == NULL || !text_accept(arena, mail->subject, strlen(mail->subject), TEXT_LINE, &subject) ||
		!text_accept(arena, mail->text, strlen(mail->text), TEXT_BLOCK, &text) || text_length(text) > TEXT_MAX)
		return INVALID;
	return query_insert(db, queue_mail, ret_id, BIND(
		TEXT("message", arena_printf(arena, "%lld.%s", (long long)mail->created, token_short(arena))),
		TEXT("kind", mail->kind), TEXT("to", to), TEXT("subject", text_shorten(arena, subject, SUBJECT_MAX)),
		TEXT("text", text), TEXT("unsubscribe", mail->unsubscribe == NULL ? "" : mail->unsubscribe), TEXT("lang", mail->lang), INT("created", mail->created),
		INT("expires", mail->expires != 0 ? mail->expires : mail->created + MAIL_DAYS * 24 * 3600)));
}

QUERY(take_back_mail, "DELETE FROM outbox WHERE id = :id AND state = 'queued'");

enum status
mail_cancel(struct db *db, int64_t id)
{
	return query_run(db, take_back_mail, BIND(INT("id", id)));
}

QUERY(take_back_mails, "DELETE FROM outbox WHERE recipient = :to AND state = 'queued'");

enum status
mail_take_back_to(struct db *db, const char *to)
{
	return query_run(db, take_back_mails, BIND(TEXT("to", to)));
}

/* --- sending ------------------------------------------------------------------ */

QUERY(outbox_due,
	"SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'queued' AND next_try <= :now)"
	" OR EXISTS (SELECT 1 FROM outbox WHERE state = 'sending')"
	" OR EXISTS (SELECT 1 FROM outbox WHERE state = 'sent' AND finished > 0 AND finished <= :sent)"
	" OR EXISTS (SELECT 1 FROM outbox WHERE state = 'failed' AND finished > 0 AND finished <= :lost)");

enum status
outbox_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, outbox_due, ret_due, BIND(INT("now", now), INT("sent", now - MAIL_SENT_KEPT),
		INT("lost", now - MAIL_LOST_KEPT)));
}

QUERY(expire_mail,
	"UPDATE outbox SET state = 'failed', body = '', finished = :now, problem = :problem"
	" WHERE state = 'queued' AND next_try <= :now AND expires <= :now");
QUERY(next_mail,
	"SELECT" MAIL_COLUMNS " FROM outbox WHERE state = 'queued' AND next_try <= :now ORDER BY next_try, id LIMIT 1");
QUERY(claim_mail, "UPDATE outbox SET state = 'sending', maybe_sent = 0, tries = tries + 1 WHERE id = :id");

enum status
outbox_claim(struct db *db, struct arena *arena, int64_t now, struct mail *ret_mail)
{
	enum status status;

	TRY(db_begin_private(db));
	TRY(query_run(db, expire_mail, BIND(INT("now", now), TEXT("problem", N_("It expired before it could be sent. Is renown work running?")))));
	status = query_one(db, arena, next_mail, &mail_row, ret_mail, BIND(INT("now", now)));
	if (status == OK) {
		TRY(query_run(db, claim_mail, BIND(INT("id", ret_mail->id))));
		ret_mail->tries++;
	} else if (status != NOT_FOUND) {
		return status;
	}
	TRY(db_commit(db));
	return status;
}

QUERY(mark_maybe_sent, "UPDATE outbox SET maybe_sent = 1 WHERE id = :id");

enum status
outbox_mark_maybe_sent(struct db *db, int64_t id)
{
	TRY(db_begin_private(db));
	TRY(query_run(db, mark_maybe_sent, BIND(INT("id", id))));
	return db_commit(db);
}

QUERY(mail_sent, "UPDATE outbox SET state = 'sent', body = '', problem = '', finished = :now, stored = :stored WHERE id = :id");

enum status
outbox_sent(struct db *db, int64_t id, bool stored, int64_t now)
{
	TRY(db_begin_private(db));
	TRY(query_run(db, mail_sent, BIND(INT("id", id), INT("now", now), INT("stored", stored))));
	return db_commit(db);
}

QUERY(mail_later, "UPDATE outbox SET state = 'queued', problem = :problem, next_try = :next WHERE id = :id");
QUERY(mail_lost, "UPDATE outbox SET state = 'failed', body = '', problem = :problem, finished = :now WHERE id = :id");

static int64_t
pause_after(int64_t tries)
{
	int64_t seconds = MAIL_TRY_SECONDS;

	while (--tries > 0 && seconds < MAIL_TRY_MAX)
		seconds *= 2;
	return seconds < MAIL_TRY_MAX ? seconds : MAIL_TRY_MAX;
}

enum status
outbox_failed(struct db *db, const struct mail *mail, bool again, const char *problem, int64_t now)
{
	struct arena *arena = arena_new();
	const char *words = text_shorten(arena, text_clean(arena, problem, strlen(problem), TEXT_LINE), PROBLEM_MAX);
	int64_t next = now + pause_after(mail->tries);
	enum status status = db_begin_private(db);

	if (status == OK && again && next < mail->expires)
		status = query_run(db, mail_later, BIND(INT("id", mail->id), INT("next", next), TEXT("problem", words)));
	else if (status == OK)
		status = query_run(db, mail_lost, BIND(INT("id", mail->id), INT("now", now), TEXT("problem", words)));
	if (status == OK)
		status = db_commit(db);
	arena_free(arena);
	return status;
}

/*
 * At once after the first crash, since the machine may have lost power; later after more, so that an email that
 * crashes the process does not do so every two seconds.
 */
QUERY(queue_again,
	"UPDATE outbox SET state = 'queued', next_try = :now + CASE WHEN tries < 2 THEN 0"
	" WHEN tries > 22 OR (:pause << CAST(tries - 2 AS INTEGER)) > :most THEN :most ELSE :pause << CAST(tries - 2 AS INTEGER) END"
	" WHERE state = 'sending' AND (maybe_sent = 0 OR :repeatable <> 0)");
QUERY(fail_maybe_sent,
	"UPDATE outbox SET state = 'failed', body = '', finished = :now,"
	" problem = :problem WHERE state = 'sending'");
QUERY(any_sending, "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'sending')");

enum status
outbox_recover(struct db *db, bool repeatable, int64_t now)
{
	int64_t any;

	TRY(query_integer(db, any_sending, &any, BIND()));
	if (!any)
		return OK;
	TRY(db_begin_private(db));
	TRY(query_run(db, queue_again, BIND(INT("now", now), INT("repeatable", repeatable), INT("pause", MAIL_TRY_SECONDS),
		INT("most", MAIL_TRY_MAX))));
	TRY(query_run(db, fail_maybe_sent, BIND(INT("now", now),
		TEXT("problem", N_("The program ended while the email was being sent. It may have arrived, so it is not sent again.")))));
	return db_commit(db);
}

QUERY(sweep_outbox,
	"DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state = :state AND finished > 0 AND finished <= :before LIMIT 100)");

enum status
outbox_sweep(struct db *db, int64_t now)
{
	TRY(query_run(db, sweep_outbox, BIND(TEXT("state", "sent"), INT("before", now - MAIL_SENT_KEPT))));
	return query_run(db, sweep_outbox, BIND(TEXT("state", "failed"), INT("before", now - MAIL_LOST_KEPT)));
}

/* --- status -------------------------------------------------------------------- */

QUERY(size_queued, "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'queued' AND next_try >= 0 LIMIT 1000) AS few");
QUERY(size_sending, "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'sending' LIMIT 1000) AS few");
QUERY(size_done,
	"SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = :state AND finished > 0 AND stored = :stored LIMIT 1000) AS few");

enum status
outbox_sizes(struct db *db, struct outbox_sizes *ret_sizes)
{
	TRY(query_integer(db, size_queued, &ret_sizes->queued, BIND()));
	TRY(query_integer(db, size_sending, &ret_sizes->sending, BIND()));
	TRY(query_integer(db, size_done, &ret_sizes->sent, BIND(TEXT("state", "sent"), INT("stored", 0))));
	TRY(query_integer(db, size_done, &ret_sizes->stored, BIND(TEXT("state", "sent"), INT("stored", 1))));
	return query_integer(db, size_done, &ret_sizes->lost, BIND(TEXT("state", "failed"), INT("stored", 0)));
}

QUERY(latest_mail,
	"SELECT" MAIL_COLUMNS " FROM outbox WHERE recipient = :to AND kind = :kind ORDER BY id DESC LIMIT 1");

enum status
outbox_latest(struct db *db, struct arena *arena, const char *to, const char *kind, struct mail *ret_mail)
{
	return query_one(db, arena, latest_mail, &mail_row, ret_mail, BIND(TEXT("to", to), TEXT("kind", kind)));
}

struct stuck {
	int64_t waiting;
	const char *problem;
};
static const struct column stuck_columns[] = { COLUMN_INT(struct stuck, waiting), COLUMN_TEXT(struct stuck, problem), { 0 } };
static const struct row stuck_row = { sizeof(struct stuck), stuck_columns };

QUERY_WITH(QUERY_SCANS, count_stuck,
	"SELECT count(*) AS waiting, coalesce((SELECT problem FROM outbox WHERE state IN ('queued', 'sending') AND problem <> ''"
	" ORDER BY id DESC LIMIT 1), '') AS problem FROM outbox WHERE state IN ('queued', 'sending') AND created < :before");

enum status
outbox_stuck(struct db *db, struct arena *arena, int64_t before, int64_t *ret_count, const char **ret_problem)
{
	struct stuck stuck;

	TRY(query_one(db, arena, count_stuck, &stuck_row, &stuck, BIND(INT("before", before))));
	*ret_count = stuck.waiting;
	*ret_problem = stuck.problem;
	return OK;
}
