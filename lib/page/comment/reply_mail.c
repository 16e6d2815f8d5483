#include "page/comment/reply_mail.h"

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"
#include "store/mail/outbox.h"

enum { SITE_MAX = 60, TITLE_MAX = 120, NAME_MAX = 60, EXCERPT_MAX = 300 }; /* characters */

enum status
reply_mail_confirm(struct db *db, struct arena *arena, const struct conf *conf, const struct comment_subscriber *subscriber, const char *site)
{
	struct mail mail = { .kind = "reply-confirm", .to = subscriber->email, .lang = subscriber->lang, .created = subscriber->created,
		.expires = subscriber->created + SUBSCRIBER_OPEN_SECONDS };
	const char *secret, *name;
	int64_t id;

	lang_use(subscriber->lang);
	name = text_shorten(arena, site, SITE_MAX);
	TRY(comment_confirm_secret(db, arena, subscriber->id, &secret));
	mail.subject = arena_printf(arena, _("Confirm emails about replies at %s"), name);
	mail.text = arena_printf(arena, _("Hello,\n\nSomeone, probably you, wrote a comment at %s and asked for an email when there is a reply.\n\n"
		"Open this link and press the button to confirm your address:\n\n%s/comment/confirm/%lld/%s\n\n"
		"If you didn't ask for this, you can ignore this email. You won't get another one about it.\n\n%s\n%s\n"),
		name, conf->base_url, (long long)subscriber->id, secret, name, conf->base_url);
	return mail_queue(db, arena, &mail, &id);
}

static void
add_item(struct arena *arena, struct str *text, const struct conf *conf, const struct reply_mail_item *item)
{
	const struct reply_notice *notice = item->notice;
	const char *name = *notice->name == '\0' ? _("Deleted user") : text_shorten(arena, notice->name, NAME_MAX);

	str_printf(text, _("%s replied to your comment on “%s”:"), name, text_shorten(arena, item->post.title, TITLE_MAX));
	str_add(text, "\n\n");
	if (str_equal(item->post.access, "public"))
		str_printf(text, "%s\n\n", text_shorten(arena, text_collapse(arena, notice->text), EXCERPT_MAX));
	str_printf(text, "%s/comment/%lld\n\n", conf->base_url, (long long)notice->comment_id);
}

enum status
reply_mail_notify(struct db *db, struct arena *arena, const struct conf *conf, const struct reply_mail_item *items, size_t count, const char *to,
	const char *lang, const char *who, const char *site, int64_t now)
{
	struct mail mail = { .kind = "reply", .to = to, .lang = lang, .created = now };
	struct str text = str_init(arena);
	const char *secret, *name;
	int64_t id;

	lang_use(lang);
	name = text_shorten(arena, site, SITE_MAX);
	TRY(comment_unsubscribe_secret(db, arena, who, &secret));
	mail.unsubscribe = arena_printf(arena, "%s/comment/unsubscribe/%s/%s", conf->base_url, who, secret);
	mail.subject = arena_printf(arena, _("New replies to your comments at %s"), name);
	if (count == 1 && *items[0].notice->name != '\0')
		mail.subject = arena_printf(arena, _("%s replied to your comment at %s"), text_shorten(arena, items[0].notice->name, NAME_MAX), name);
	str_add(&text, _("Hello,"));
	str_add(&text, "\n\n");
	for (size_t i = 0; i < count; i++)
		add_item(arena, &text, conf, &items[i]);
	str_printf(&text, _("You get this email because you asked for emails about replies. Stop them here:\n\n%s\n\n%s\n%s\n"), mail.unsubscribe, name,
		conf->base_url);
	mail.text = text.bytes;
	return mail_queue(db, arena, &mail, &id);
}
