/* renown user set: changes the data of an account. */
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "core/str.h"
#include "core/text.h"
#include "input.h"
#include "page/account/email_change_mail.h"
#include "page/lang/lang.h"
#include "store/setting/setting.h"
#include "store/account/user_edit.h"

enum { BIO_INPUT_MAX = 64 * 1024 };

/* "-" reads standard input, which may have several lines; any other value is one line from the command line. */
static const char *
take_edit(void *state, struct arena *arena, int option, const char *argument)
{
	struct user_edit *edit = state;
	const char *text;

	if (option == 'b') {
		edit->bio = input_text(arena, argument, TEXT_BLOCK, BIO_INPUT_MAX);
		return edit->bio != NULL ? NULL : "--bio holds bytes that are not UTF-8 text, or is too long.";
	}
	text = accept_line(arena, argument);
	if (option == 'n')
		edit->name = text;
	else if (option == 'e')
		edit->email = text;
	else
		edit->slug = text;
	return text != NULL ? NULL : "A value holds bytes that are not UTF-8 text.";
}

static int
say_problem(enum user_problem problem, const struct user_edit *edit)
{
	switch (problem) {
	case USER_NAME:
		return fail("--name: a name has 1 to 100 characters.");
	case USER_BIO:
		return fail("--bio: a biography has at most 4000 characters.");
	case USER_SLUG:
		return fail("--slug %s: use letters, digits and hyphens, such as lin-mo.", edit->slug);
	case USER_SLUG_TAKEN:
		return fail("--slug %s: another user has this slug; `renown user list` lists all users.", edit->slug);
	case USER_EMAIL:
		return fail("--email %s: enter an email address such as anna@example.org.", edit->email);
	case USER_EMAIL_TAKEN:
		return fail("--email %s: another user has this email address; `renown user list` lists all users.", edit->email);
	case USER_OK:
		break;
	}
	return fail_status(INVALID, "Changing the user");
}

/* Notifies the old address in the site's language. */
static enum status
tell_old_address(struct context *context, const char *address)
{
	struct setting_values *values;
	const char *lang;

	TRY(setting_read(context->db, context->arena, &values));
	lang = setting_value(values, "language", "");
	lang_use(lang);
	return email_change_mail_queue(context->db, context->arena, &(struct email_change_mail){ .to = address, .site = setting_value(values, "title", lang),
		.base_url = context->conf.base_url, .lang = lang, .now = context->now });
}

static enum status
change(struct context *context, const struct user *user, const struct user_edit *edit, struct user *ret_user, enum user_problem *ret_problem)
{
	TRY(db_begin_write(context->db));
	TRY(user_edit(context->db, context->arena, user, edit, ret_user, ret_problem));
	if (!str_equal(user->email, ret_user->email))
		TRY(tell_old_address(context, user->email));
	return db_commit(context->db);
}

int
user_set_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{ "name", required_argument, NULL, 'n' },
		{ "email", required_argument, NULL, 'e' },
		{ "bio", required_argument, NULL, 'b' },
		{ "slug", required_argument, NULL, 's' },
		{ 0 },
	};
	enum user_problem problem = USER_OK;
	struct user_edit edit = { 0 };
	struct user user, new;
	char **words;
	int result = read_options(context, argc, argv, options, take_edit, &edit, 1, 1, &words);
	enum status status;

	if (result == DONE && edit.name == NULL && edit.email == NULL && edit.bio == NULL && edit.slug == NULL)
		return misuse(context, "Say what to change: --name, --email, --bio or --slug.");
	if (result == DONE)
		result = find_user(context, words[0], &user);
	if (result != DONE)
		return result;
	status = change(context, &user, &edit, &new, &problem);
	db_end(context->db);
	if (problem != USER_OK)
		return say_problem(problem, &edit);
	if (status != OK)
		return fail_status(status, "Changing the user");
	say("%s <%s>, author page /author/%s.\n", new.name, new.email, new.slug);
	if (!str_equal(user.email, new.email))
		say("Links and codes that were sent to %s no longer work; %s\n", user.email,
			context->conf.mail_transport == MAIL_FOLDER ? "this site sends no email, so notify its owner yourself." : "an email about this was sent to it.");
	return DONE;
}
