/*
 * Emails for signing in and up, in the language of the request. An email to somebody without an account never
 * contains text typed by somebody without one: no form of this site sends a visitor's words to other people.
 *
 * Each email is queued in the open write transaction and expires with its link.
 */
#ifndef CGI_BIN_SHARED_MAIL_TEMPLATES_H
#define CGI_BIN_SHARED_MAIL_TEMPLATES_H

#include "http/request.h"
#include "store/user/invitation.h"
#include "store/auth/email_verification.h"

enum mail_template_kind {
	MAIL_SIGN_IN, /* how to sign in */
	MAIL_SIGN_UP,    /* how to finish signing up */
	MAIL_KNOWN,   /* somebody signed up with an address that has an account: how to sign in */
};
enum status mail_template_auth(struct request *req, enum mail_template_kind kind, const char *to, const struct email_verification_keys *keys, int64_t expires,
	int64_t *ret_id);

/* Queues an invitation with its link, which is not stored. */
enum status mail_template_invitation(struct request *req, const struct invitation *invitation, const char *link);

/* Queues a test email, for an owner to check that email works. */
enum status mail_template_test(struct request *req, const char *to);

#endif
