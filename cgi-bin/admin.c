/*
 * The program of the owner: what the site is, who is here, whether all is well.
 */
#include "admin.h"

/* The forms of one group of settings, for all languages and for each. */
#define SETTINGS(slug, group) \
	{ GET, "/admin/settings/" slug, show_settings, .role = OWNER, .languages = true }, \
	{ POST, "/admin/settings/" slug, take_settings, .role = OWNER, .fields = group_fields[group], .languages = true, \
		.again = show_settings }, \
	{ GET, "/admin/settings/" slug "/:language", show_settings, .role = OWNER, .languages = true }, \
	{ POST, "/admin/settings/" slug "/:language", take_settings, .role = OWNER, .fields = language_fields[group], .languages = true, \
		.again = show_settings }

static const struct route routes[] = {
	{ GET, "/admin", show_house, .role = OWNER, .languages = true },
	{ POST, "/admin/first-steps", take_steps, .role = OWNER, .languages = true, .again = show_house },
	{ GET, "/admin/settings", show_first_settings, .role = OWNER, .languages = true },
	SETTINGS("site", GROUP_WORDS),
	SETTINGS("pictures", GROUP_PICTURES),
	SETTINGS("look", GROUP_LOOK),
	SETTINGS("navigation", GROUP_NAVIGATION),
	SETTINGS("language", GROUP_LANGUAGE),
	SETTINGS("readers", GROUP_READERS),
	SETTINGS("keeping", GROUP_KEEPING),
	{ GET, "/admin/people", show_people, .role = OWNER, .fields = people_fields, .languages = true },
	{ POST, "/admin/people", take_person, .role = OWNER, .fields = add_fields, .languages = true, .again = show_people },
	{ GET, "/admin/people/:id", show_person, .role = OWNER, .languages = true },
	{ POST, "/admin/people/:id", take_change, .role = OWNER, .fields = change_fields, .languages = true, .again = show_person },
	{ POST, "/admin/people/:id/link", take_link, .role = OWNER, .languages = true },
	{ POST, "/admin/people/:id/sessions", take_sessions, .role = OWNER, .languages = true },
	{ GET, "/admin/invitations", show_invitations, .role = OWNER, .languages = true },
	{ POST, "/admin/invitations", take_invitation, .role = OWNER, .fields = invite_fields, .languages = true, .again = show_invitations },
	{ POST, "/admin/invitations/revoke", take_revoke, .role = OWNER, .fields = revoke_fields, .languages = true },
	{ GET, "/admin/mail", show_mail_test, .role = OWNER, .languages = true },
	{ POST, "/admin/mail", take_mail_test, .role = OWNER, .languages = true, .again = show_mail_test },
	{ GET, "/admin/health", show_health, .role = OWNER, .languages = true },
	{ POST, "/admin/health", take_checkup, .role = OWNER, .languages = true, .again = show_health },
	{ GET, "/admin/backup", show_backups, .role = OWNER, .languages = true },
	{ POST, "/admin/backup", take_backup, .role = OWNER, .languages = true, .again = show_backups },
	{ POST, "/admin/backup/:id", take_download, .role = OWNER, .fields = download_fields, .languages = true, .again = show_backups },
	{ GET, "/admin/audit", show_trail, .role = OWNER, .fields = trail_fields, .languages = true },
	{ 0 },
};

int
main(void)
{
	settings_prepare();
	return serve("admin", routes);
}
