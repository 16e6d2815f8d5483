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

	mail.subject = arena_printf(arena, _("Your account at %s has another email address"), site);
	mail.text = arena_printf(arena, _("Hello,\n\nThe owner of %s has given your account another email address. "
		"It no longer uses this one, and links and codes that were sent here no longer work.\n\n"
		"If you do not know why, ask the owner of the site.\n\n%s\n%s\n"), site, site, words->base_url);
	return mail_queue(db, arena, &mail, &id);
}
