/*
 * The program of the owner: what the site is, who is here, whether all is well.
 */
#include "admin.h"

/* The forms of one group of settings, for all languages and for each. */
#define SETTINGS(slug, group) \
	{ GET, "/admin/settings/" slug, show_settings, .role = OWNER, .languages = true }, \
	{ POST, "/admin/settings/" slug, take_settings, .role = OWNER, .fields = group_fields[group], .languages = true, \
		.again = show_settings, .repeat = REPEATABLE }, \
	{ GET, "/admin/settings/" slug "/:language", show_settings, .role = OWNER, .languages = true }, \
	{ POST, "/admin/settings/" slug "/:language", take_settings, .role = OWNER, .fields = language_fields[group], .languages = true, \
		.again = show_settings, .repeat = REPEATABLE }

static const struct route routes[] = {
	{ GET, "/admin", show_dashboard, .role = OWNER, .languages = true },
	{ POST, "/admin/first-steps", take_onboarding, .role = OWNER, .languages = true, .again = show_dashboard, .repeat = REPEATABLE },
	{ GET, "/admin/settings", show_first_settings, .role = OWNER, .languages = true },
	SETTINGS("site", GROUP_WORDS),
	SETTINGS("pictures", GROUP_PICTURES),
	SETTINGS("look", GROUP_LOOK),
	SETTINGS("navigation", GROUP_NAVIGATION),
	SETTINGS("language", GROUP_LANGUAGE),
	SETTINGS("readers", GROUP_READERS),
	SETTINGS("keeping", GROUP_KEEPING),
	{ GET, "/admin/people", show_users, .role = OWNER, .fields = people_fields, .languages = true },
	{ POST, "/admin/people", take_user, .role = OWNER, .fields = add_fields, .languages = true, .again = show_users, .repeat = ONCE },
	{ GET, "/admin/people/:id", show_user, .role = OWNER, .languages = true },
	{ POST, "/admin/people/:id", take_change, .role = OWNER, .fields = change_fields, .languages = true, .again = show_user, .repeat = REVISED },
	{ POST, "/admin/people/:id/link", take_link, .role = OWNER, .languages = true, .repeat = ONCE, .repeated = show_new_link },
	{ POST, "/admin/people/:id/sessions", take_sessions, .role = OWNER, .languages = true, .repeat = REPEATABLE },
	{ GET, "/admin/invitations", show_invitations, .role = OWNER, .languages = true },
	{ POST, "/admin/invitations", take_invitation, .role = OWNER, .fields = invite_fields, .languages = true, .again = show_invitations,
		.repeat = ONCE, .repeated = show_new_invitation },
	{ POST, "/admin/invitations/revoke", take_revoke, .role = OWNER, .fields = revoke_fields, .languages = true, .repeat = REPEATABLE },
	{ GET, "/admin/mail", show_mail_test, .role = OWNER, .languages = true },
	{ POST, "/admin/mail", take_mail_test, .role = OWNER, .languages = true, .again = show_mail_test, .repeat = ONCE },
	{ GET, "/admin/health", show_health, .role = OWNER, .languages = true },
	{ POST, "/admin/health", take_checkup, .role = OWNER, .languages = true, .again = show_health, .repeat = ONCE },
	{ GET, "/admin/backup", show_backups, .role = OWNER, .languages = true },
	{ POST, "/admin/backup", take_backup, .role = OWNER, .languages = true, .again = show_backups, .repeat = ONCE },
	{ POST, "/admin/backup/:id", take_download, .role = OWNER, .fields = download_fields, .languages = true, .again = show_backups,
		.repeat = REPEATABLE },
	{ GET, "/admin/audit", show_audit, .role = OWNER, .fields = trail_fields, .languages = true },
	{ 0 },
};

int
main(int argc, char **argv)
{
	settings_prepare();
	return serve("admin", routes, argc, argv);
}
