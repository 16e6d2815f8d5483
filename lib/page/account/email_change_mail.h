/* What the old email address is told when an account gets another one. */
#ifndef PAGE_ACCOUNT_EMAIL_CHANGE_MAIL_H
#define PAGE_ACCOUNT_EMAIL_CHANGE_MAIL_H

#include "store/db/db.h"

struct email_change_mail {
	const char *to;              /* the old address */
	const char *site, *base_url; /* the site's title and address */
	const char *lang;
	int64_t now;
};

/*
 * Queues it in the language in use, which is lang, in the transaction that changes the address. It does not name the new address: whoever
 * reads the old one's mail may be somebody else by now.
 */
enum status email_change_mail_queue(struct db *db, struct arena *arena, const struct email_change_mail *words);

#endif
