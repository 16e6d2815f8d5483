/*
 * The getting-started list of a new site. No progress is stored; whether a step is done follows
 * from the settings, posts and audit log. The setting onboarding hides the list, and so does a year.
 */
#ifndef STORE_ACCOUNT_ONBOARDING_H
#define STORE_ACCOUNT_ONBOARDING_H

#include <stdbool.h>

#include "store/db/db.h"

enum onboarding_step { ONBOARDING_NAME, ONBOARDING_LANGUAGE, ONBOARDING_ZONE, ONBOARDING_PICTURE, ONBOARDING_POST, ONBOARDING_MAIL, ONBOARDING_STEPS };

struct onboarding {
	bool open;              /* the list is shown: steps are left, and it is not dismissed */
	bool done[ONBOARDING_STEPS];
};
/*
 * Reads which steps are done. open is false also when there is no owner, or the owner's account is older than a year.
 * now: Unix seconds.
 */
enum status onboarding_read(struct db *db, struct arena *arena, int64_t now, struct onboarding *ret_steps);

#endif
