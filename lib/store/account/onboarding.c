#include "store/account/onboarding.h"

#include "core/str.h"
#include "store/audit/audit.h"
#include "store/setting/setting.h"
#include "store/user/user.h"

enum { ONBOARDING_SECONDS = 365 * 24 * 3600 };

/* Whether any of these settings has a stored value, in any language. */
static bool
is_set(const struct setting_values *stored, const char *const *names)
{
	static const char *const in[] = { "", "en", "zh" };

	for (; *names != NULL; names++)
		for (size_t i = 0; i < sizeof(in) / sizeof(*in); i++)
			if (setting_for_language(stored, setting_find(*names), in[i]) != NULL)
				return true;
	return false;
}

QUERY(something_published, "SELECT EXISTS (SELECT 1 FROM post WHERE state = 'published' AND kind <> 'page' AND published > 0)");

enum status
onboarding_read(struct db *db, struct arena *arena, int64_t now, struct onboarding *ret_steps)
{
	static const char *const names[][4] = {
		[ONBOARDING_NAME] = { "title" }, [ONBOARDING_LANGUAGE] = { "language", "languages" }, [ONBOARDING_ZONE] = { "time_zone" },
		[ONBOARDING_PICTURE] = { "logo", "author_photo", "social_image" },
	};
	struct onboarding steps = { .open = false };
	struct setting_values *stored;
	struct user owner;
	int64_t published;
	enum status status = user_owner(db, arena, &owner);

	if (status != NOT_FOUND)
		TRY(status);
	TRY(setting_stored(db, arena, &stored));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		steps.done[i] = is_set(stored, names[i]);
	TRY(query_integer(db, something_published, &published, BIND()));
	steps.done[ONBOARDING_POST] = published != 0;
	TRY(audit_has(db, AUDIT_MAIL_TESTED, &steps.done[ONBOARDING_MAIL]));
	for (size_t i = 0; i < ONBOARDING_STEPS; i++)
		steps.open = steps.open || !steps.done[i];
	if (status == NOT_FOUND || owner.created < now - ONBOARDING_SECONDS || str_equal(setting_value(stored, "onboarding", ""), "no"))
		steps.open = false;
	*ret_steps = steps;
	return OK;
}
