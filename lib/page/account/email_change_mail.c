#include "page/account/email_change_mail.h"

#include "core/text.h"
#include "page/lang/lang.h"
#include "store/mail/outbox.h"

enum { NAME_LENGTH_MAX = 60 /* characters in a subject */ };

enum status
email_change_mail_queue(struct db *db, struct arena *arena, const struct email_change_mail *words)
{
	const char *site = text_shorten(arena, words->site, NAME_LENGTH_MAX);
	struct mail mail = { .kind = "address", .to = words->to, .lang = words->lang, .created = words->now };
	int64_t id;

	mail.subject = arena_printf(arena, _("The email address of your account at %s was changed"), site);
	mail.text = arena_printf(arena, _("Hello,\n\nThe owner of %s has changed the email address of your account. "
		"This address is no longer used, and links and codes that were sent to it no longer work.\n\n"
		"If you don't know why, ask the site owner.\n\n%s\n%s\n"), site, site, words->base_url);
	return mail_queue(db, arena, &mail, &id);
}
