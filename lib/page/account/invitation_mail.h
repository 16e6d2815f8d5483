/* The email of an invitation, used by the form and by the command line. */
#ifndef PAGE_ACCOUNT_INVITATION_MAIL_H
#define PAGE_ACCOUNT_INVITATION_MAIL_H

#include "store/user/invitation.h"

/* The data of the email. */
struct invitation_mail {
	const char *site, *base_url; /* the site's title and URL */
	const char *inviter; /* a name, or "" for an invitation from the command line */
	const char *link;    /* to the page that creates the account */
	const char *lang;
};

/*
 * Queues the email to the invitation's address. Call it in the transaction that adds the invitation, with words->lang
 * as the current language.
 */
enum status invitation_mail_queue(struct db *db, struct arena *arena, const struct invitation *invitation, const struct invitation_mail *words);

#endif
