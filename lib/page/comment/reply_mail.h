/*
 * Emails about replies to comments: the one that asks the owner of an address, and the notification. Both are queued in
 * an open write transaction.
 */
#ifndef PAGE_COMMENT_REPLY_MAIL_H
#define PAGE_COMMENT_REPLY_MAIL_H

#include "core/conf.h"
#include "store/comment/comment_subscription.h"
#include "store/post/post.h"

/* Asks whether emails about replies are wanted. Contains nothing that a guest typed. site: the site's title. */
enum status reply_mail_confirm(struct db *db, struct arena *arena, const struct conf *conf, const struct comment_subscriber *subscriber, const char *site);

/* A reply, as the email shows it. */
struct reply_mail_item {
	const struct reply_notice *notice;
	struct post post; /* restricted: the email contains a link, and no text of the reply */
};

/* Tells one recipient about replies; count is at least 1. to, lang: of the recipient. who: as for comment_unsubscribe_secret(). */
enum status reply_mail_notify(struct db *db, struct arena *arena, const struct conf *conf, const struct reply_mail_item *items, size_t count, const char *to,
	const char *lang, const char *who, const char *site, int64_t now);

#endif
