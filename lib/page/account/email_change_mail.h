/* The notice to the old email address when the owner gives an account another one. */
#ifndef PAGE_ACCOUNT_EMAIL_CHANGE_MAIL_H
#define PAGE_ACCOUNT_EMAIL_CHANGE_MAIL_H

#include "store/db/db.h"

/* The data of the notice. */
struct email_change_mail {
	const char *to;              /* the old address */
	const char *site, *base_url; /* the site's title and address */
	const char *lang;
	int64_t now;
};

/*
 * Queues the notice. Call it in the transaction that changes the address, with words->lang as the current language. The
 * notice does not name the new address, because somebody else may read the old mailbox by now.
 */
enum status email_change_mail_queue(struct db *db, struct arena *arena, const struct email_change_mail *words);

#endif
