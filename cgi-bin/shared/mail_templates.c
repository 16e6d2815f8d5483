#include "mail_templates.h"

#include "core/text.h"
#include "page/account/invitation_mail.h"
#include "page/lang/lang.h"
#include "store/mail/outbox.h"
#include "store/setting/setting.h"

enum { NAME_LENGTH_MAX = 60 }; /* characters of a site's or a person's name in a subject */

static const char *
site_name(struct request *req)
{
	return text_shorten(req->arena, setting_value(req->settings, "title", request_language(req)), NAME_LENGTH_MAX);
}

static enum status
queue(struct request *req, struct mail *mail, int64_t *ret_id)
{
	int64_t id;

	mail->lang = request_language(req);
	mail->created = req->viewer.now;
	TRY(mail_queue(req->db, req->arena, mail, &id));
	if (ret_id != NULL)
		*ret_id = id;
	return OK;
}

/* Sets the subject and returns the first sentence. */
static void
sign_in_subject(struct request *req, enum mail_template_kind kind, const char *site, struct mail *mail, const char **ret_opening)
{
	struct arena *arena = req->arena;

	switch (kind) {
	case MAIL_SIGN_IN:
		mail->subject = arena_printf(arena, _("Sign in to %s"), site);
		*ret_opening = arena_printf(arena, _("Use the link or the code below to sign in to %s."), site);
		break;
	case MAIL_SIGN_UP:
		mail->subject = arena_printf(arena, _("Finish signing up for %s"), site);
		*ret_opening = arena_printf(arena, _("Confirm your email address to finish signing up for %s."), site);
		break;
	case MAIL_KNOWN:
		mail->subject = arena_printf(arena, _("You already have an account at %s"), site);
		*ret_opening = arena_printf(arena,
			_("Someone, probably you, tried to sign up for %s with this address. You already have an account: sign in instead."), site);
		break;
	}
}

enum status
mail_template_auth(struct request *req, enum mail_template_kind kind, const char *to, const struct email_verification_keys *keys, int64_t expires, int64_t *ret_id)
{
	const char *site = site_name(req), *opening = "";
	const char *link = request_url(req, arena_printf(req->arena, "%s/sign-in/email/%s", req->prefix, keys->link));
	struct mail mail = { .kind = kind == MAIL_SIGN_IN ? "sign-in" : "join", .to = to, .expires = expires };
	const char *within = expires - req->viewer.now > EMAIL_VERIFICATION_SECONDS ? _("Both work once, within an hour.") :
		_("Both work once, within a quarter of an hour.");

	sign_in_subject(req, kind, site, &mail, &opening);
	/* Link and code are on lines of their own: mail programs recognise the link, and the code is easy to copy. */
	mail.text = arena_printf(req->arena, _("Hello,\n\n%s\n\nOpen this link and press the button:\n\n%s\n\n"
		"Or type this code where you asked for it:\n\n    %s\n\n%s\n\n"
		"You did not ask for this? Then nothing needs doing: nobody gets in without this mail.\n\n%s\n%s\n"),
		opening, link, email_verification_code_text(req->arena, keys->code), within, site, req->conf->base_url);
	return queue(req, &mail, ret_id);
}

enum status
mail_template_invitation(struct request *req, const struct invitation *invitation, const char *link)
{
	struct invitation_mail words = { .site = setting_value(req->settings, "title", request_language(req)), .base_url = req->conf->base_url,
		.inviter = req->viewer.user->name, .link = link, .lang = request_language(req) };

	return invitation_mail_queue(req->db, req->arena, invitation, &words);
}

enum status
mail_template_test(struct request *req, const char *to)
{
	const char *site = site_name(req);
	struct mail mail = { .kind = "test", .to = to, .subject = arena_printf(req->arena, _("Test email from %s"), site) };

	mail.text = arena_printf(req->arena, _("Hello,\n\n"
		"This is a test email from %s. If you can read it, email delivery works.\n\n"
		"%s\n"), site, req->conf->base_url);
	return queue(req, &mail, NULL);
}
