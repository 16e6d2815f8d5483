/*
 * The program of the owner: what the site is.
 */
#include "admin.h"

static const struct route routes[] = {
	{ GET, "/admin/settings", show_settings, .role = OWNER, .languages = true },
	{ POST, "/admin/settings", take_settings, .role = OWNER, .fields = all_fields, .languages = true, .again = show_settings },
	{ GET, "/admin/settings/:language", show_settings, .role = OWNER, .languages = true },
	{ POST, "/admin/settings/:language", take_settings, .role = OWNER, .fields = language_fields, .languages = true,
		.again = show_settings },
	{ 0 },
};

int
main(void)
{
	settings_prepare();
	return serve("admin", routes);
}
