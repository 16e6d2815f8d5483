/* renown invite: makes a link that creates one account, as /admin/invitations does. */
#include <stdio.h>

#include "command.h"
#include "core/str.h"
#include "page/account/invitation_mail.h"
#include "page/lang/lang.h"
#include "store/setting/setting.h"

enum { DAY = 24 * 3600, DAYS_MAX = INVITATION_MAX_SECONDS / DAY };

struct invite {
	const char *role, *email, *lang;
	long long days;
};

static const char *
take_invite(void *state, struct arena *arena, int option, const char *argument)
{
	struct invite *invite = state;

	switch (option) {
	case 'r':
		invite->role = argument;
		return user_is_role(argument) ? NULL : "--role must be member, author, editor, moderator or owner.";
	case 'e':
		invite->email = user_address(arena, argument);
		return invite->email == NULL ? "--email must be like name@example.org." : NULL;
	case 'd':
		return str_to_integer(argument, &invite->days) && invite->days >= 1 && invite->days <= DAYS_MAX ? NULL
			: "--days must be a number from 1 to 30.";
	default:
		invite->lang = argument;
		return language_is(argument) ? NULL : "--lang must be en or zh.";
	}
}

/* One transaction, so that no invitation exists whose email is missing. */
static enum status
make(struct context *context, const struct invite *invite, const struct setting_values *values, const char **ret_link)
{
	const char *lang = invite->lang != NULL ? invite->lang : setting_value(values, "language", ""), *token;
	struct invitation invitation = { .role = invite->role, .email = invite->email, .created = context->now,
		.expires = context->now + invite->days * DAY };
	struct invitation_mail words = { .site = setting_value(values, "title", lang), .base_url = context->conf.base_url, .inviter = "", .lang = lang };

	TRY(db_begin_private(context->db));
	TRY(invitation_add(context->db, context->arena, &invitation, &token));
	words.link = arena_printf(context->arena, "%s%s%s/invitation/%s", context->conf.base_url, invite->lang == NULL ? "" : "/",
		invite->lang == NULL ? "" : invite->lang, token);
	lang_use(lang);
	if (*invite->email != '\0')
		TRY(invitation_mail_queue(context->db, context->arena, &invitation, &words));
	TRY(db_commit(context->db));
	*ret_link = words.link;
	return OK;
}

static int
invite_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{ "role", required_argument, NULL, 'r' },
		{ "email", required_argument, NULL, 'e' },
		{ "days", required_argument, NULL, 'd' },
		{ "lang", required_argument, NULL, 'l' },
		{ 0 },
	};
	struct invite invite = { .role = "member", .email = "", .days = INVITATION_SECONDS / DAY };
	struct setting_values *values;
	const char *link = "";
	struct user user;
	char **words;
	int result = read_options(context, argc, argv, options, take_invite, &invite, 0, 0, &words);
	enum status status;

	if (result != DONE)
		return result;
	status = setting_read(context->db, context->arena, &values);
	if (status != OK)
		return fail_status(status, "Reading the settings");
	if (str_equal(setting_value(values, "registration", ""), "off"))
		return fail("Sign-up is off (setting registration), so nobody could use an invitation.");
	if (*invite.email != '\0' && user_by_email(context->db, context->arena, invite.email, &user) == OK)
		return fail("The email address \"%s\" is already in use; `renown user link` prints a sign-in link.", invite.email);
	status = make(context, &invite, values, &link);
	db_end(context->db);
	if (status != OK)
		return fail_status(status, "Creating the invitation");
	/* Prints only the link, so that a script can use it. */
	say("%s\n", link);
	return DONE;
}

const struct command invite_commands[] = {
	{ "invite", NULL, "[--role ROLE] [--email ADDRESS] [--days N] [--lang LANG]",
		"Prints an invitation link for one account, and sends it by email if you give an address.", invite_command, NEEDS_DATABASE },
	{ 0 },
};
