/*
 * A mail as the bytes that go out (RFC 5322): headers and one body of plain text. The same mail gives the same bytes
 * in every try.
 */
#ifndef TASK_MAIL_MESSAGE_H
#define TASK_MAIL_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/conf.h"
#include "store/mail/outbox.h"

struct mail_message {
	const char *bytes;
	size_t length;
	const char *id; /* the whole Message-ID, without the angle brackets */
};

/*
 * site: the name that stands before the sender's address. wide: whoever gets the bytes takes UTF-8 as it is, so that a
 * file of them can be read by eye; else all of it is ASCII.
 */
struct mail_message mail_message_make(struct arena *arena, const struct conf *conf, const struct mail *mail, const char *site, bool wide);

#endif
