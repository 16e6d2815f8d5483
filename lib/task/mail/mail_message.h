/*
 * An email as the bytes that are sent (RFC 5322): headers and one plain-text body. The same email gives the same bytes
 * in every attempt.
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
	const char *id; /* the Message-ID without angle brackets */
};

/*
 * Makes the message, in the arena. site is the display name of the sender. wide: the receiver accepts UTF-8, so that a
 * stored file is readable; otherwise all bytes are ASCII.
 */
struct mail_message mail_message_make(struct arena *arena, const struct conf *conf, const struct mail *mail, const char *site, bool wide);

#endif
