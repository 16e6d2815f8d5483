/*
 * The program of doors: signing in and out, and what somebody's account is.
 */
#include "account.h"

static const struct route routes[] = {
	{ GET, "/sign-in", show_sign_in, .role = ANYONE, .fields = next_fields, .languages = true },
	{ POST, "/sign-in", take_sign_in, .role = ANYONE, .fields = sign_in_fields, .languages = true, .proof = FORM_STAMP,
		.again = show_sign_in },
	{ GET, "/sign-in/:token", show_link, .role = ANYONE, .languages = true },
	{ POST, "/sign-in/:token", take_link, .role = ANYONE, .languages = true, .proof = FORM_STAMP },
	{ POST, "/sign-out", take_sign_out, .role = MEMBER, .languages = true },
	{ GET, "/account", show_account, .role = MEMBER, .languages = true },
	{ POST, "/account/password", take_password, .role = MEMBER, .fields = password_fields, .languages = true,
		.again = show_account },
	{ POST, "/account/devices", take_devices, .role = MEMBER, .fields = device_fields, .languages = true },
	{ 0 },
};

int
main(void)
{
	return serve("account", routes);
}
