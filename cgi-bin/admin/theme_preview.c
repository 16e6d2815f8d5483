/* Checking a theme, and previewing it before it is saved. */
#include "admin.h"

#include "core/str.h"
#include "page/lang/lang.h"
#include "page/theme/theme_list.h"

static void
close_theme(void *theme)
{
	theme_close(theme);
}

static enum status
refuse(struct request *req, const char *problem)
{
	return form_wrong(req, "theme", arena_printf(req->arena, _("This theme can't be used: %s"), problem));
}

/* Closes the theme with the request. */
static enum status
open_for_now(struct request *req, const char *name, struct theme **ret_theme)
{
	const char *problem = "";
	enum status status = theme_list_open(req->arena, req->conf, name, NULL, ret_theme, &problem);

	if (status != OK)
		return refuse(req, problem);
	arena_cleanup(req->arena, close_theme, *ret_theme);
	return OK;
}

/* Renders the requested form and discards the result. */
static enum status
draw(struct request *req, struct theme *theme)
{
	struct theme *before = req->theme;
	size_t length;
	char *bytes;
	enum status status;

	req->theme = theme;
	status = show_settings(req);
	if (status == OK)
		status = theme_render(theme, req->arena, req->page, &bytes, &length);
	req->page = NULL;
	req->theme = before;
	return status;
}

enum status
theme_preview(struct request *req, const char *name, struct theme **ret_theme)
{
	struct theme *theme;
	enum status status;

	/* An empty value is the default theme. */
	TRY(open_for_now(req, str_empty(name) ? setting_find("theme")->default_value : name, &theme));
	status = draw(req, theme);
	if (status == FAULT)
		return refuse(req, _("it can't display this form. The log shows the line with the error."));
	TRY(status);
	*ret_theme = theme;
	return OK;
}
