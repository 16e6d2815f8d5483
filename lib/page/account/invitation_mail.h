/* The mail of an invitation: the same from a form and from the command line. */
#ifndef PAGE_ACCOUNT_INVITATION_MAIL_H
#define PAGE_ACCOUNT_INVITATION_MAIL_H

#include "store/user/invitation.h"

struct invitation_mail {
	const char *site, *base_url;
	const char *inviter; /* a name; or "" when the command line invites */
	const char *link;    /* which makes the account */
	const char *lang;
};

/* Queues it to the invitation's address, in the language in use, which is lang. In the write transaction of the invitation. */
enum status invitation_mail_queue(struct db *db, struct arena *arena, const struct invitation *invitation, const struct invitation_mail *words);

#endif
