/* The program for accounts: signing up, in and out, and a user's own account. */
#include "account.h"

static const struct route routes[] = {
	{ GET, "/sign-in", show_sign_in, .role = ANYONE, .fields = next_fields, .languages = true },
	{ POST, "/sign-in", take_sign_in, .role = ANYONE, .fields = sign_in_fields, .languages = true, .proof = FORM_STAMP,
		.again = show_sign_in, .repeat = REPEATABLE },
	{ POST, "/sign-in/email", take_mail, .role = ANYONE, .fields = mail_fields, .languages = true, .proof = FORM_STAMP,
		.again = show_sign_in, .repeat = ONCE },
	{ GET, "/sign-in/code/:token", show_mail_code, .role = ANYONE, .languages = true },
	{ POST, "/sign-in/code/:token", take_mail_code, .role = ANYONE, .fields = mail_code_fields, .languages = true, .proof = FORM_STAMP,
		.again = show_mail_code, .repeat = REPEATABLE },
	{ GET, "/sign-in/email/:token", show_mail_link, .role = ANYONE, .languages = true },
	{ POST, "/sign-in/email/:token", take_mail_link, .role = ANYONE, .fields = mail_link_fields, .languages = true, .proof = FORM_STAMP,
		.again = show_mail_link, .repeat = REPEATABLE },
	{ GET, "/sign-up", show_sign_up, .role = ANYONE, .languages = true },
	{ POST, "/sign-up", take_sign_up, .role = ANYONE, .fields = sign_up_fields, .languages = true, .proof = FORM_STAMP, .again = show_sign_up, .repeat = ONCE },
	{ GET, "/invitation/:token", show_invited, .role = ANYONE, .languages = true },
	{ POST, "/invitation/:token", take_invited, .role = ANYONE, .fields = invited_fields, .languages = true, .proof = FORM_STAMP,
		.again = show_invited, .repeat = ONCE },
	{ GET, "/sign-in/:token", show_sign_in_link, .role = ANYONE, .languages = true },
	{ POST, "/sign-in/:token", take_sign_in_link, .role = ANYONE, .languages = true, .proof = FORM_STAMP, .repeat = REPEATABLE },
	{ GET, "/sign-in/second-factor/:token", show_code, .role = ANYONE, .fields = next_fields, .languages = true },
	{ POST, "/sign-in/second-factor/:token", take_code, .role = ANYONE, .fields = code_fields, .languages = true, .proof = FORM_STAMP,
		.again = show_code, .repeat = REPEATABLE },
	{ POST, "/sign-out", take_sign_out, .role = MEMBER, .languages = true, .repeat = REPEATABLE },
	{ GET, "/account", show_account, .role = MEMBER, .languages = true },
	{ POST, "/account/password", take_password, .role = MEMBER, .fields = password_fields, .languages = true,
		.again = show_account, .repeat = REPEATABLE },
	{ POST, "/account/replies", take_reply_preference, .role = MEMBER, .fields = reply_mail_fields, .languages = true, .again = show_account,
		.repeat = REPEATABLE },
	{ POST, "/account/devices", take_devices, .role = MEMBER, .fields = device_fields, .languages = true, .repeat = REPEATABLE },
	{ GET, "/account/second-factor", show_second_factor, .role = MEMBER, .languages = true },
	{ POST, "/account/second-factor", take_begin, .role = MEMBER, .fields = password_again_fields, .languages = true, .again = show_second_factor,
		.repeat = REPEATABLE },
	{ POST, "/account/second-factor/confirm", take_confirm, .role = MEMBER, .fields = confirm_fields, .languages = true,
		.again = show_second_factor, .repeat = REPEATABLE },
	{ POST, "/account/second-factor/codes", take_codes, .role = MEMBER, .fields = proof_fields, .languages = true, .again = show_second_factor,
		.repeat = ONCE, .repeated = show_codes_again },
	{ POST, "/account/second-factor/off", take_off, .role = MEMBER, .fields = proof_fields, .languages = true, .again = show_second_factor,
		.repeat = REPEATABLE },
	{ GET, "/account/data", show_personal_data, .role = MEMBER, .languages = true },
	{ GET, "/account/data.json", send_personal_data, .role = MEMBER, .languages = true },
	{ GET, "/account/delete", show_account_delete, .role = MEMBER, .languages = true },
	{ POST, "/account/delete", take_account_delete, .role = MEMBER, .fields = delete_fields, .languages = true, .again = show_account_delete, .repeat = REPEATABLE },
	/* Old addresses, which stand in emails and bookmarks. */
	{ GET, "/join", .moved = "/sign-up", .role = ANYONE, .languages = true },
	{ GET, "/join/:token", .moved = "/invitation/:token", .role = ANYONE, .languages = true },
	{ GET, "/sign-in/mail/:token", .moved = "/sign-in/email/:token", .role = ANYONE, .languages = true },
	{ GET, "/sign-in/second/:token", .moved = "/sign-in/second-factor/:token", .role = ANYONE, .languages = true },
	{ 0 },
};

int
main(int argc, char **argv)
{
	return serve("account", routes, argc, argv);
}
