/*
 * The mails of the doors, in the language of whoever asked for them. Nothing in one that goes to a stranger was typed by a stranger:
 * no form of this site sends somebody's words to somebody else.
 *
 * Each is queued in the open write transaction, and is of no use after the time that its link is good for.
 */
#ifndef CGI_BIN_SHARED_MAIL_TEMPLATES_H
#define CGI_BIN_SHARED_MAIL_TEMPLATES_H

#include "http/request.h"
#include "store/user/invitation.h"
#include "store/auth/email_verification.h"

enum mail_template_kind {
	MAIL_SIGN_IN, /* here is how to sign in */
	MAIL_JOIN,    /* here is how to become a member */
	MAIL_KNOWN,   /* somebody wanted to become one with this address, which has an account: here is how to sign in */
};
enum status mail_template_auth(struct request *req, enum mail_template_kind kind, const char *to, const struct email_verification_keys *keys, int64_t expires,
	int64_t *ret_id);

/* An invitation, with the link that is given once. */
enum status mail_template_invitation(struct request *req, const struct invitation *invitation, const char *link);

/* What an owner sends to themselves to see whether mail goes out. */
enum status mail_template_test(struct request *req, const char *to);

#endif
