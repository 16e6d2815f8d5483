/*
 * Sends the emails in the outbox, a few in each round.
 *
 * What happens if this process is killed: an email to a folder is written once, because it always has the same file
 * name. With a program or a server there is a moment, between handing over the text and learning that it was accepted,
 * when the outcome is unknown. An email in that moment is marked as failed and not sent again, rather than sent twice.
 * Everything before that moment is repeated.
 */
#include "task/job/job.h"

#include "core/clock.h"
#include "core/log.h"
#include "core/stop_signal.h"
#include "store/mail/outbox.h"
#include "store/setting/setting.h"
#include "task/mail/mail_transport.h"

enum { MAILS_A_ROUND = 20, ROUND_SECONDS = 20 };

struct sending {
	struct db *db;
	int64_t id;
};

static enum status
mark_sending(void *context)
{
	const struct sending *sending = context;

	return outbox_mark_maybe_sent(sending->db, sending->id);
}

static enum mail_outcome
deliver(struct arena *arena, const struct mail_delivery *delivery, const char **ret_problem)
{
	switch (delivery->conf->mail_transport) {
	case MAIL_SENDMAIL: return mail_transport_sendmail(arena, delivery, ret_problem);
	case MAIL_SMTP: return mail_transport_smtp(arena, delivery, ret_problem);
	case MAIL_FOLDER: break;
	}
	return mail_transport_file(arena, delivery, ret_problem);
}

static enum status
send_mail(struct db *db, struct arena *arena, const struct conf *conf, const struct mail *mail)
{
	struct sending sending = { .db = db, .id = mail->id };
	struct setting_values *values;
	struct mail_delivery delivery = { .conf = conf, .to = mail->to, .mark_sending = mark_sending, .context = &sending };
	const char *problem = "";
	enum mail_outcome outcome;

	TRY(setting_read(db, arena, &values));
	delivery.message = mail_message_make(arena, conf, mail, setting_value(values, "title", mail->lang), conf->mail_transport == MAIL_FOLDER);
	outcome = deliver(arena, &delivery, &problem);
	if (outcome == SENT)
		return outbox_sent(db, mail->id, conf->mail_transport == MAIL_FOLDER, clock_now());
	log_line(LOG_WARNING, "mail", "email %lld, attempt %lld: %s", (long long)mail->id, (long long)mail->tries, problem);
	return outbox_failed(db, mail, outcome == LATER, problem, clock_now());
}

static enum status
sweep(struct db *db, int64_t now)
{
	TRY(db_begin_private(db));
	TRY(outbox_sweep(db, now));
	return db_commit(db);
}

enum status
job_mail(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	enum status status = OK;
	bool due;

	TRY(outbox_is_due(db, now, &due));
	if (!due)
		return OK;
	TRY(outbox_recover(db, conf->mail_transport == MAIL_FOLDER, now));
	for (int i = 0; i < MAILS_A_ROUND && status == OK && !stop_signal_pending() && clock_now() < now + ROUND_SECONDS; i++) {
		struct mail mail;
		status = outbox_claim(db, arena, now, &mail);
		db_end(db);
		if (status == OK)
			status = send_mail(db, arena, conf, &mail);
	}
	if (status != OK && status != NOT_FOUND)
		return status;
	return sweep(db, now);
}
