/*
 * Emails to moderators about a held comment. They are queued in the open write transaction.
 */
#ifndef CGI_BIN_SHARED_MODERATION_MAIL_H
#define CGI_BIN_SHARED_MODERATION_MAIL_H

#include "http/request.h"
#include "store/comment/comment.h"

/*
 * Queues an email to each moderator about a comment that was just held, with a link to approve and one to reject it, if the setting
 * moderation_email says so. About a post that a moderator may not read in full, the email contains no text. Not to be called for a
 * verdict that is quiet.
 */
enum status moderation_mail_held(struct request *req, const struct comment *comment);

#endif
