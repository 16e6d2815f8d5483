/* Invitations: creating links that create one account each, listing open ones, and revoking them. */
#include "admin.h"

#include "core/str.h"
#include "shared/mail_templates.h"
#include "page/lang/lang.h"
#include "store/user/invitation.h"
#include "store/setting/setting.h"
#include "store/user/user.h"

const struct field invite_fields[] = {
	{ .name = "role", .type = FIELD_CHOICE, .max = 10, .required = true, .label = N_("Role"), .choices = role_choices },
	{ .name = "email", .type = FIELD_EMAIL, .max = 254, .label = N_("Email address"),
		.help = N_("If you enter an address, the link is emailed there and creates the account at once. If you leave it empty, "
			"share the link yourself; the person who uses it confirms their email address first.") },
	{ 0 },
};

const struct field revoke_fields[] = {
	{ .name = "invitation", .type = FIELD_HIDDEN, .max = 64, .required = true },
	{ 0 },
};

static const char *
invitations_path(struct request *req, const char *rest)
{
	return arena_printf(req->arena, "%s/admin/invitations%s", req->prefix, rest);
}

static bool
is_off(const struct request *req)
{
	return str_equal(setting_value(req->settings, "registration", ""), "off");
}

static enum status
add_open(struct request *req)
{
	struct form form = { .name = "revoke", .path = invitations_path(req, "/revoke"), .fields = revoke_fields, .button = _("Revoke") };
	xmlNodePtr list = page_element(req->page->root, "invitations");
	struct invitation *invitations;
	size_t count;

	TRY(invitation_list(req->db, req->arena, req->viewer.now, &invitations, &count));
	for (size_t i = 0; i < count; i++) {
		const char *values[] = { "invitation", invitations[i].id, NULL };
		xmlNodePtr invitation = page_element(list, "invitation");
		page_attr(invitation, "role-text", user_role_text(invitations[i].role));
		if (*invitations[i].email != '\0')
			page_attr(invitation, "email", invitations[i].email);
		if (*invitations[i].inviter != '\0')
			page_attr(invitation, "by", invitations[i].inviter);
		page_date(req->page, invitation, "until", invitations[i].expires);
		TRY(form_add(req, invitation, &form, values));
	}
	return OK;
}

/* GET /admin/invitations; also shows a rejected form again. */
enum status
show_invitations(struct request *req)
{
	struct form form = { .name = "invite", .path = invitations_path(req, ""), .fields = invite_fields, .button = _("Create invitation") };
	const char *values[] = { "role", "member", NULL };

	TRY(admin_page(req, "invitations", _("Invitations")));
	TRY(add_open(req));
	if (is_off(req)) {
		(void)page_text(req->page->root, "note", _("Sign-up is turned off in the settings, so invitations can't be used."));
		return OK;
	}
	return form_add(req, req->page->root, &form, values);
}

/* POST /admin/invitations. The link is shown once; the database stores only its digest. */
enum status
take_invitation(struct request *req)
{
	const char *typed = request_field(req, "email"), *address = str_empty(typed) ? "" : user_address(req->arena, typed), *token;
	struct invitation invitation = { .role = request_field(req, "role"), .email = address, .user_id = req->viewer.user->id,
		.created = req->viewer.now, .expires = req->viewer.now + INVITATION_SECONDS };
	struct user user;

	if (address == NULL)
		return form_wrong(req, "email", _("Enter an email address such as name@example.com."));
	if (is_off(req))
		return NOT_FOUND;
	if (*address != '\0' && user_by_email(req->db, req->arena, address, &user) == OK)
		return form_wrong(req, "email", _("An account with this email address already exists."));
	TRY(request_write(req, true));
	TRY(invitation_add(req->db, req->arena, &invitation, &token));
	req->shown_once = request_url(req, arena_printf(req->arena, "%s/invitation/%s", req->prefix, token));
	if (*address != '\0')
		TRY(mail_template_invitation(req, &invitation, req->shown_once));
	return show_new_invitation(req);
}

/* The page with the link, also when the form is sent again. */
enum status
show_new_invitation(struct request *req)
{
	TRY(show_invitations(req));
	(void)page_text(req->page->root, "link", req->shown_once);
	return OK;
}

/* POST /admin/invitations/revoke. An invitation that no longer exists counts as revoked. */
enum status
take_revoke(struct request *req)
{
	enum status status;

	TRY(request_write(req, true));
	status = invitation_revoke(req->db, request_field(req, "invitation"));
	if (status != NOT_FOUND)
		TRY(status);
	return request_see(req, invitations_path(req, ""));
}
