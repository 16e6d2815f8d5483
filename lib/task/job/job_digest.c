/*
 * Emails moderators about comments that have been waiting for longer than the setting moderation_digest says: at most one email a day for
 * each moderator, none when nothing is waiting. Each email is queued in one transaction with the note that it was.
 */
#include "task/job/job.h"

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"
#include "store/access/viewer.h"
#include "store/mail/outbox.h"
#include "store/moderation/moderation_digest.h"
#include "store/moderation/moderation_queue.h"
#include "store/moderation/moderator.h"
#include "store/post/post.h"
#include "store/setting/setting.h"

enum { NAME_LENGTH = 60, LINE_LENGTH = 100, HOUR = 3600, COUNTED_MAX = 1000 };

/* One line for each of the oldest comments; of a restricted post only what this moderator may know. */
static enum status
list_waiting(struct db *db, struct arena *arena, const struct user *user, const struct conf *conf, int64_t now, struct str *ret_lines)
{
	struct queue_item *items;
	struct viewer viewer;
	size_t count;

	TRY(viewer_of_user(db, arena, user, now, &viewer));
	TRY(queue_list(db, arena, (struct queue_place){ 0 }, DIGEST_COMMENTS, &items, &count));
	for (size_t i = 0; i < count; i++) {
		struct post post;
		enum view view;
		TRY(post_by_id(db, arena, items[i].post_id, &post));
		view = viewer_may(&viewer, &post);
		str_printf(ret_lines, "%s%s: %s\n%s/moderate/%lld\n\n", *items[i].name == '\0' ? _("Deleted user") : items[i].name,
			view == VIEW_NONE ? "" : arena_printf(arena, " (%s)", text_shorten(arena, post.title, NAME_LENGTH)),
			view == VIEW_FULL ? text_shorten(arena, text_collapse(arena, items[i].text), LINE_LENGTH) : "…", conf->base_url, (long long)items[i].id);
	}
	return OK;
}

static enum status
queue_digest(struct db *db, struct arena *arena, const struct conf *conf, const struct setting_values *values, const struct user *user, int64_t now)
{
	const char *lang = setting_value(values, "language", ""), *site = text_shorten(arena, setting_value(values, "title", lang), NAME_LENGTH);
	struct mail mail = { .kind = "moderation-digest", .to = user->email, .lang = lang, .created = now };
	struct str lines = str_init(arena);
	int64_t count, id;

	TRY(db_begin_private(db));
	TRY(queue_count(db, COUNTED_MAX, &count));
	TRY(list_waiting(db, arena, user, conf, now, &lines));
	mail.subject = arena_printf(arena, "%s: %s", site, lang_count(arena, "%lld comment is waiting", "%lld comments are waiting", count));
	mail.text = arena_printf(arena, _("Hello,\n\nthese comments have been waiting the longest:\n\n%sThe moderation queue:\n%s/moderate\n"), lines.bytes,
		conf->base_url);
	TRY(mail_queue(db, arena, &mail, &id));
	TRY(moderation_digest_note(db, user->id, now));
	return db_commit(db);
}

enum status
job_digest(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	struct setting_values *values;
	struct user *users;
	size_t count;
	int64_t oldest;
	long long hours;
	enum status status = queue_oldest(db, &oldest);

	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	TRY(setting_read(db, arena, &values));
	if (!str_to_integer(setting_value(values, "moderation_digest", ""), &hours) || hours <= 0 || now - oldest < hours * HOUR)
		return OK;
	lang_use(setting_value(values, "language", ""));
	TRY(moderator_list(db, arena, &users, &count));
	for (size_t i = 0; i < count; i++) {
		bool due;
		TRY(moderation_digest_is_due(db, users[i].id, now, &due));
		if (due)
			TRY(queue_digest(db, arena, conf, values, &users[i], now));
	}
	return OK;
}
