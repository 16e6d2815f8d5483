/* The getting-started steps of a new site, on the dashboard until they are done. */
#include "admin.h"

#include "core/str.h"
#include "page/lang/lang.h"
#include "store/account/onboarding.h"

static const struct {
	const char *words, *path;
} steps[ONBOARDING_STEPS] = {
	[ONBOARDING_NAME] = { N_("Name your site"), "/admin/settings/general" },
	[ONBOARDING_LANGUAGE] = { N_("Choose languages"), "/admin/settings/language" },
	[ONBOARDING_ZONE] = { N_("Set the time zone"), "/admin/settings/language" },
	[ONBOARDING_PICTURE] = { N_("Add a site image"), "/admin/settings/branding" },
	[ONBOARDING_POST] = { N_("Publish your first post"), "/write/new" },
	[ONBOARDING_MAIL] = { N_("Send a test email"), "/admin/email" },
};

enum status
add_onboarding(struct request *req)
{
	struct form form = { .name = "onboarding", .path = arena_printf(req->arena, "%s/admin/onboarding", req->prefix),
		.button = _("Dismiss") };
	struct onboarding found;
	xmlNodePtr list;

	TRY(onboarding_read(req->db, req->arena, req->viewer.now, &found));
	if (!found.open)
		return OK;
	list = page_element(req->page->root, "steps");
	for (size_t i = 0; i < ONBOARDING_STEPS; i++) {
		xmlNodePtr step = page_text(list, "step", lang_text(steps[i].words));
		page_href(req->page, step, "href", arena_printf(req->arena, "%s%s", req->prefix, steps[i].path));
		if (found.done[i])
			page_attr(step, "done", "yes");
	}
	return form_add(req, list, &form, NULL);
}

/* POST /admin/onboarding: dismisses the steps. */
enum status
take_onboarding(struct request *req)
{
	TRY(request_write(req, false));
	TRY(setting_save(req->db, "onboarding", "", "no"));
	return request_see(req, arena_printf(req->arena, "%s/admin", req->prefix));
}
