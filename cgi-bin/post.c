/*
 * The program of those who write: the desk.
 */
#include "desk.h"

static const struct route routes[] = {
	{ GET, "/write", show_desk, .role = AUTHOR, .fields = desk_fields, .languages = true },
	{ GET, "/write/export", show_export, .role = AUTHOR, .languages = true },
	{ POST, "/write/export", take_export, .role = AUTHOR, .languages = true, .again = show_export },
	{ GET, "/write/export/file", send_export, .role = AUTHOR, .languages = true },
	{ GET, "/write/new", show_new, .role = AUTHOR, .fields = edit_fields, .languages = true },
	{ POST, "/write/new", take_new, .role = AUTHOR, .fields = post_fields, .languages = true, .again = show_new },
	{ POST, "/write/new/unsaved", take_forget, .role = AUTHOR, .languages = true },
	{ GET, "/write/:id", show_edit, .role = AUTHOR, .fields = edit_fields, .languages = true },
	{ POST, "/write/:id", take_edit, .role = AUTHOR, .fields = post_fields, .languages = true, .again = show_edit },
	{ POST, "/write/:id/unsaved", take_forget, .role = AUTHOR, .languages = true },
	{ GET, "/write/:id/bin", show_bin, .role = AUTHOR, .languages = true },
	{ POST, "/write/:id/bin", take_bin, .role = AUTHOR, .fields = bin_fields, .languages = true, .again = show_bin },
	{ GET, "/write/:id/delete", show_delete, .role = AUTHOR, .languages = true },
	{ POST, "/write/:id/delete", take_delete, .role = AUTHOR, .languages = true, .again = show_delete },
	{ GET, "/write/:id/compare", show_compare, .role = AUTHOR, .fields = compare_fields, .languages = true },
	{ GET, "/write/:id/versions", show_versions, .role = AUTHOR, .languages = true },
	{ GET, "/write/:id/versions/:number", show_version, .role = AUTHOR, .languages = true },
	{ POST, "/write/:id/versions/:number", take_version, .role = AUTHOR, .languages = true },
	{ 0 },
};

int
main(void)
{
	return serve("post", routes);
}
