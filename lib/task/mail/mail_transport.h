/*
 * The ways to send an email, one function each. They return the outcome of an attempt:
 *
 * - SENT: the other side has accepted it
 * - LATER: not accepted, but another attempt may succeed
 * - NEVER: not accepted, and this email never will be
 * - UNKNOWN: handed over, but the outcome is unknown; sending it again could send it twice
 *
 * Before the point at which the other side may have the email, each calls mark_sending(context), which records this. If that
 * fails, nothing is handed over.
 */
#ifndef TASK_MAIL_TRANSPORT_H
#define TASK_MAIL_TRANSPORT_H

#include "core/conf.h"
#include "task/mail/mail_message.h"

enum mail_outcome { SENT, LATER, NEVER, UNKNOWN };

/* An email to send. mark_sending: see above. */
struct mail_delivery {
	const struct conf *conf;
	const char *to;
	struct mail_message message;
	enum status (*mark_sending)(void *context);
	void *context;
};

/* *ret_problem: why it was not sent, for the site owner, in the arena. */
enum mail_outcome mail_transport_file(struct arena *arena, const struct mail_delivery *delivery, const char **ret_problem);
enum mail_outcome mail_transport_sendmail(struct arena *arena, const struct mail_delivery *delivery, const char **ret_problem);
enum mail_outcome mail_transport_smtp(struct arena *arena, const struct mail_delivery *delivery, const char **ret_problem);

enum { TRANSPORT_SECONDS = 60 }; /* the time limit of each function */

#endif
