/*
 * Queues the emails about replies to comments. Who may read a reply is checked now, for the person who will read the
 * email; a reply that is no longer shown, or that nobody wants to hear about any more, is dropped. The notices of one
 * recipient become one email. Each email and the notices that it contains are committed together.
 */
#include "task/job/job.h"

#include "core/str.h"
#include "page/comment/reply_mail.h"
#include "store/access/viewer.h"
#include "store/comment/comment_access.h"
#include "store/setting/setting.h"

enum { NOTICES_AT_ONCE = 100, REPLIES_IN_ONE = 20 };

/* Who gets an email. */
struct recipient {
	struct viewer viewer;
	struct user user;      /* of a member */
	const char *email, *lang, *who;
};

static bool
is_same_recipient(const struct reply_notice *a, const struct reply_notice *b)
{
	return a->user_id == b->user_id && a->subscriber_id == b->subscriber_id;
}

/* NOT_FOUND when nobody wants the email any more, or the address was never confirmed. */
static enum status
find_recipient(struct db *db, struct arena *arena, const struct setting_values *values, const struct reply_notice *notice, int64_t now,
	struct recipient *recipient)
{
	*recipient = (struct recipient){ .viewer = { .now = now } };
	if (notice->user_id == 0) {
		recipient->email = notice->email;
		recipient->lang = notice->lang;
		recipient->who = arena_printf(arena, "g%lld", (long long)notice->subscriber_id);
		return notice->subscriber_id != 0 && notice->confirmed != 0 ? OK : NOT_FOUND;
	}
	TRY(user_by_id(db, arena, notice->user_id, &recipient->user));
	if (recipient->user.disabled)
		return NOT_FOUND;
	TRY(viewer_of_user(db, arena, &recipient->user, now, &recipient->viewer));
	recipient->email = recipient->user.email;
	recipient->lang = setting_value(values, "language", "");
	recipient->who = arena_printf(arena, "m%lld", (long long)recipient->user.id);
	return OK;
}

/* Adds the reply to the email, if the recipient may read it. */
static enum status
add_item(struct db *db, struct arena *arena, const struct setting_values *values, const struct recipient *recipient, const struct reply_notice *notice,
	struct reply_mail_item *items, size_t *count)
{
	struct reply_mail_item item = { .notice = notice };

	if (!str_equal(notice->state, "shown") || *count == REPLIES_IN_ONE)
		return OK;
	TRY(post_by_id(db, arena, notice->post_id, &item.post));
	if (comment_access(values, &recipient->viewer, &item.post).may_read)
		items[(*count)++] = item;
	return OK;
}

/* Sends one email about the notices, all of one recipient. */
static enum status
tell(struct db *db, struct arena *arena, const struct conf *conf, const struct setting_values *values, const struct reply_notice *notices, size_t count,
	int64_t now)
{
	struct reply_mail_item items[REPLIES_IN_ONE];
	struct recipient recipient;
	size_t readable = 0;
	enum status status;

	TRY(db_begin_private(db));
	status = find_recipient(db, arena, values, &notices[0], now, &recipient);
	if (status != NOT_FOUND)
		TRY(status);
	for (size_t i = 0; i < count; i++) {
		if (status == OK)
			TRY(add_item(db, arena, values, &recipient, &notices[i], items, &readable));
		TRY(reply_notice_done(db, notices[i].comment_id));
	}
	if (readable > 0)
		TRY(reply_mail_notify(db, arena, conf, items, readable, recipient.email, recipient.lang, recipient.who,
			setting_value(values, "title", recipient.lang), now));
	return db_commit(db);
}

enum status
job_reply(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	struct setting_values *values;
	struct reply_notice *notices;
	size_t count, first = 0;

	TRY(reply_notice_list(db, arena, now, NOTICES_AT_ONCE, &notices, &count));
	if (count == 0)
		return OK;
	TRY(setting_read(db, arena, &values));
	for (size_t i = 1; i <= count; i++)
		if (i == count || !is_same_recipient(&notices[first], &notices[i])) {
			TRY(tell(db, arena, conf, values, &notices[first], i - first, now));
			first = i;
		}
	return OK;
}
