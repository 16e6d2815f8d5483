/* The program for the owner: dashboard, settings, users, health, backups and audit log. */
#include "admin.h"

/* The forms of one group of settings: for all languages, and for one language. */
#define SETTINGS(slug, group) \
	{ GET, "/admin/settings/" slug, show_settings, .role = OWNER, .languages = true }, \
	{ POST, "/admin/settings/" slug, take_settings, .role = OWNER, .fields = group_fields[group], .languages = true, \
		.again = show_settings, .repeat = REPEATABLE }, \
	{ GET, "/admin/settings/" slug "/:language", show_settings, .role = OWNER, .languages = true }, \
	{ POST, "/admin/settings/" slug "/:language", take_settings, .role = OWNER, .fields = language_fields[group], .languages = true, \
		.again = show_settings, .repeat = REPEATABLE }

static const struct route routes[] = {
	{ GET, "/admin", show_dashboard, .role = OWNER, .languages = true },
	{ POST, "/admin/onboarding", take_onboarding, .role = OWNER, .languages = true, .again = show_dashboard, .repeat = REPEATABLE },
	{ GET, "/admin/settings", show_first_settings, .role = OWNER, .languages = true },
	SETTINGS("general", GROUP_GENERAL),
	SETTINGS("branding", GROUP_BRANDING),
	SETTINGS("theme", GROUP_THEME),
	SETTINGS("navigation", GROUP_NAVIGATION),
	SETTINGS("language", GROUP_LANGUAGE),
	SETTINGS("membership", GROUP_MEMBERSHIP),
	SETTINGS("comments", GROUP_COMMENTS),
	SETTINGS("storage", GROUP_STORAGE),
	{ GET, "/admin/users", show_users, .role = OWNER, .fields = people_fields, .languages = true },
	{ POST, "/admin/users", take_user, .role = OWNER, .fields = add_fields, .languages = true, .again = show_users, .repeat = ONCE },
	{ GET, "/admin/users/:id", show_user, .role = OWNER, .languages = true },
	{ POST, "/admin/users/:id", take_change, .role = OWNER, .fields = change_fields, .languages = true, .again = show_user, .repeat = REVISED },
	{ POST, "/admin/users/:id/link", send_user_link, .role = OWNER, .languages = true, .repeat = ONCE, .repeated = show_new_link },
	{ POST, "/admin/users/:id/sessions", take_sessions, .role = OWNER, .languages = true, .repeat = REPEATABLE },
	{ GET, "/admin/invitations", show_invitations, .role = OWNER, .languages = true },
	{ POST, "/admin/invitations", take_invitation, .role = OWNER, .fields = invite_fields, .languages = true, .again = show_invitations,
		.repeat = ONCE, .repeated = show_new_invitation },
	{ POST, "/admin/invitations/revoke", take_revoke, .role = OWNER, .fields = revoke_fields, .languages = true, .repeat = REPEATABLE },
	{ GET, "/admin/email", show_mail_test, .role = OWNER, .languages = true },
	{ POST, "/admin/email", take_mail_test, .role = OWNER, .languages = true, .again = show_mail_test, .repeat = ONCE },
	{ GET, "/admin/health", show_health, .role = OWNER, .languages = true },
	{ POST, "/admin/health", take_health, .role = OWNER, .languages = true, .again = show_health, .repeat = ONCE },
	{ GET, "/admin/backups", show_backups, .role = OWNER, .languages = true },
	{ POST, "/admin/backups", take_backup, .role = OWNER, .languages = true, .again = show_backups, .repeat = ONCE },
	{ POST, "/admin/backups/:id", take_download, .role = OWNER, .fields = download_fields, .languages = true, .again = show_backups,
		.repeat = REPEATABLE },
	{ GET, "/admin/audit", show_audit, .role = OWNER, .fields = audit_fields, .languages = true },
	/* Old addresses, which stand in bookmarks. */
	{ GET, "/admin/people", .moved = "/admin/users", .role = ANYONE, .languages = true },
	{ GET, "/admin/people/:id", .moved = "/admin/users/:id", .role = ANYONE, .languages = true },
	{ GET, "/admin/mail", .moved = "/admin/email", .role = ANYONE, .languages = true },
	{ GET, "/admin/backup", .moved = "/admin/backups", .role = ANYONE, .languages = true },
	{ GET, "/admin/settings/site", .moved = "/admin/settings/general", .role = ANYONE, .languages = true },
	{ GET, "/admin/settings/site/:language", .moved = "/admin/settings/general/:language", .role = ANYONE, .languages = true },
	{ GET, "/admin/settings/pictures", .moved = "/admin/settings/branding", .role = ANYONE, .languages = true },
	{ GET, "/admin/settings/pictures/:language", .moved = "/admin/settings/branding/:language", .role = ANYONE, .languages = true },
	{ GET, "/admin/settings/look", .moved = "/admin/settings/theme", .role = ANYONE, .languages = true },
	{ GET, "/admin/settings/readers", .moved = "/admin/settings/membership", .role = ANYONE, .languages = true },
	{ GET, "/admin/settings/keeping", .moved = "/admin/settings/storage", .role = ANYONE, .languages = true },
	{ 0 },
};

int
main(int argc, char **argv)
{
	settings_prepare();
	return serve("admin", routes, argc, argv);
}
