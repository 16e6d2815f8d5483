#include "page/account/invitation_mail.h"

#include "core/str.h"
#include "core/text.h"
#include "page/lang/lang.h"
#include "store/mail/outbox.h"

enum { NAME_LENGTH_MAX = 60 /* characters in a subject */, DAY = 24 * 3600 };

enum status
invitation_mail_queue(struct db *db, struct arena *arena, const struct invitation *invitation, const struct invitation_mail *words)
{
	const char *site = text_shorten(arena, words->site, NAME_LENGTH_MAX), *inviter = text_shorten(arena, words->inviter, NAME_LENGTH_MAX);
	const char *days = lang_count(arena, "within %lld day", "within %lld days", (invitation->expires - invitation->created + DAY - 1) / DAY);
	struct mail mail = { .kind = "invitation", .to = invitation->email, .lang = words->lang, .created = invitation->created,
		.expires = invitation->expires };
	const char *opening = arena_printf(arena, _("You've been invited to join %s."), site);
	int64_t id;

	mail.subject = arena_printf(arena, _("You've been invited to join %s"), site);
	if (!str_empty(inviter)) {
		mail.subject = arena_printf(arena, _("%s has invited you to join %s"), inviter, site);
		opening = arena_printf(arena, _("%s has invited you to join %s."), inviter, site);
	}
	mail.text = arena_printf(arena, _("Hello,\n\n"
		"%s\n\n"
		"Use this link to create your account. It works once, %s:\n\n"
		"%s\n\n"
		"If you weren't expecting this invitation, you can ignore this email.\n\n"
		"%s\n"
		"%s\n"), opening, days, words->link, site, words->base_url);
	return mail_queue(db, arena, &mail, &id);
}
