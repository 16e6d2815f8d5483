/*
 * What an owner does first with a new site. Nothing of it is kept: each step is seen in what it leaves behind. The setting onboarding
 * puts them out of sight, and so does a year.
 */
#ifndef STORE_ACCOUNT_ONBOARDING_H
#define STORE_ACCOUNT_ONBOARDING_H

#include <stdbool.h>

#include "store/db/db.h"

enum onboarding_step { ONBOARDING_NAME, ONBOARDING_LANGUAGE, ONBOARDING_ZONE, ONBOARDING_PICTURE, ONBOARDING_POST, ONBOARDING_MAIL, ONBOARDING_STEPS };

struct onboarding {
	bool open;              /* some are left, and they are wanted */
	bool done[ONBOARDING_STEPS];
};
enum status onboarding_read(struct db *db, struct arena *arena, int64_t now, struct onboarding *ret_steps);

#endif
