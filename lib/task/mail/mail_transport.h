/*
 * The ways that mail goes out, one function each. They say what became of a try:
 *
 *   SENT     the other side has taken it
 *   LATER    it has not, and might later
 *   NEVER    it has not, and will not take this mail
 *   UNKNOWN  it was handed over and nobody said what became of it: sending it again might send it twice
 *
 * Before the point at which the other side may have it, each calls hand(context), which remembers that; when that fails, nothing
 * is handed over.
 */
#ifndef TASK_MAIL_TRANSPORT_H
#define TASK_MAIL_TRANSPORT_H

#include "core/conf.h"
#include "task/mail/mail_message.h"

enum mail_outcome { SENT, LATER, NEVER, UNKNOWN };

struct mail_delivery {
	const struct conf *conf;
	const char *to;
	struct mail_message message;
	enum status (*hand)(void *context);
	void *context;
};

/* *ret_problem: why it was not sent, in words for the owner; in the arena. */
enum mail_outcome mail_transport_file(struct arena *arena, const struct mail_delivery *delivery, const char **ret_problem);
enum mail_outcome mail_transport_sendmail(struct arena *arena, const struct mail_delivery *delivery, const char **ret_problem);
enum mail_outcome mail_transport_smtp(struct arena *arena, const struct mail_delivery *delivery, const char **ret_problem);

enum { TRANSPORT_SECONDS = 60 }; /* the longest that one of them takes */

#endif
