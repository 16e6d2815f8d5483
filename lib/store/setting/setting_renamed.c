/* Former names of settings. A migration renames the stored rows (sql/0020-setting-names.sql); people and scripts may still use the former names. */
#include "store/setting/setting.h"

#include "core/str.h"

const struct setting_old_name setting_old_names[] = {
	{ "seal", "logo_letter" },
	{ "seal_colour", "accent_colour" },
	{ "seal_colour_dark", "accent_colour_dark" },
	{ "picture", "social_image" },
	{ "picture_alt", "social_image_alt" },
	{ "portrait", "author_photo" },
	{ "portrait_alt", "author_photo_alt" },
	{ "intro", "home_intro" },
	{ "members_text", "member_benefits" },
	{ "first_steps", "onboarding" },
	{ "posts_per_list", "posts_per_page" },
	{ 0 },
};

const struct setting *
setting_renamed(const char *old_name)
{
	for (const struct setting_old_name *old = setting_old_names; old->old != NULL; old++)
		if (str_equal(old->old, old_name))
			return setting_find(old->name);
	return NULL;
}
