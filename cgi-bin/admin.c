/*
 * The program of the owner: what the site is, and who is here.
 */
#include "admin.h"

static const struct route routes[] = {
	{ GET, "/admin/settings", show_settings, .role = OWNER, .languages = true },
	{ POST, "/admin/settings", take_settings, .role = OWNER, .fields = all_fields, .languages = true, .again = show_settings },
	{ GET, "/admin/settings/:language", show_settings, .role = OWNER, .languages = true },
	{ POST, "/admin/settings/:language", take_settings, .role = OWNER, .fields = language_fields, .languages = true,
		.again = show_settings },
	{ GET, "/admin/people", show_people, .role = OWNER, .fields = people_fields, .languages = true },
	{ POST, "/admin/people", take_person, .role = OWNER, .fields = add_fields, .languages = true, .again = show_people },
	{ GET, "/admin/people/:id", show_person, .role = OWNER, .languages = true },
	{ POST, "/admin/people/:id", take_change, .role = OWNER, .fields = change_fields, .languages = true, .again = show_person },
	{ POST, "/admin/people/:id/link", take_link, .role = OWNER, .languages = true },
	{ 0 },
};

int
main(void)
{
	settings_prepare();
	return serve("admin", routes);
}
