/* renown user and renown session: users, how they sign in, and sessions for scripts and tests. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "core/clock.h"
#include "core/password.h"
#include "core/str.h"
#include "core/text.h"
#include "store/audit/audit.h"
#include "store/auth/credential.h"
#include "store/auth/sign_in_link.h"
#include "store/auth/second_factor.h"
#include "store/auth/session.h"
#include "store/auth/session_cookie.h"

enum { USERS_AT_ONCE = 500, SESSION_DAYS = 30, SESSION_DAYS_MAX = 3650, DAY = 24 * 60 * 60 };

/* --- user add ------------------------------------------------------------------ */

static const char *
take_user(void *state, struct arena *arena, int option, const char *argument)
{
	struct user *user = state;
	const char *text = accept_line(arena, argument);

	if (text == NULL)
		return "A value holds bytes that are not UTF-8 text.";
	switch (option) {
	case 'n':
		user->name = text;
		return NULL;
	case 'e':
		user->email = text;
		return NULL;
	case 'b':
		user->bio = text;
		return NULL;
	default:
		user->role = text;
		return user_is_role(text) ? NULL : "--role must be member, author, editor, moderator or owner.";
	}
}

static int
user_add_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{ "name", required_argument, NULL, 'n' },
		{ "email", required_argument, NULL, 'e' },
		{ "role", required_argument, NULL, 'r' },
		{ "bio", required_argument, NULL, 'b' },
		{ 0 },
	};
	struct user user = { .role = "member", .bio = "" };
	const char *token = "";
	enum status status;
	int64_t id = 0;
	char **words;
	int result = read_options(context, argc, argv, options, take_user, &user, 0, 0, &words);

	if (result != DONE)
		return result;
	if (user.name == NULL || user.email == NULL)
		return misuse(context, "Give --name and --email.");
	user.created = context->now;
	status = db_begin_write(context->db);
	if (status == OK)
		status = user_add(context->db, context->arena, &user, false, &id);
	if (status == OK)
		status = sign_in_link_add(context->db, context->arena, id, context->now, context->now + LINK_SECONDS, &token);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	if (status == CONFLICT)
		return fail("The email address \"%s\" is already in use; `renown user list` lists all users.", user.email);
	if (status == INVALID)
		return fail("\"%s\" <%s> cannot be added: the name must not be empty, the address must be like name@example.org.",
			user.name, user.email);
	if (status != OK)
		return fail_status(status, "Adding the user");
	say("%s <%s> was added as %s. This link signs them in, once, within %d hours:\n%s/sign-in/%s\n"
		"`renown user link %s` makes another.\n", user.name, user.email, user.role, LINK_SECONDS / 3600,
		context->conf.base_url, token, user.email);
	return DONE;
}

/* --- user list ----------------------------------------------------------------- */

static int
user_list_command(struct context *context, int argc, char **argv)
{
	struct user *users;
	size_t count;
	int64_t after = 0;
	char **words;
	int result = read_words(context, argc, argv, 0, 0, &words);

	if (result != DONE)
		return result;
	do {
		struct arena *arena = arena_new();
		enum status status = user_list(context->db, arena, after, USERS_AT_ONCE, &users, &count);
		for (size_t i = 0; status == OK && i < count; i++) {
			say("%s\t%s\t%s\t%s%s\n", users[i].email, users[i].role, users[i].slug, users[i].name,
				users[i].disabled ? "\tdisabled" : "");
			after = users[i].id;
		}
		arena_free(arena);
		if (status != OK)
			return fail_status(status, "Reading the users");
	} while (count == USERS_AT_ONCE);
	return DONE;
}

/* --- user link ------------------------------------------------------------------ */

static const char *
take_owner(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	(void)argument;
	*(bool *)state = true;
	return NULL;
}

static int
user_link_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = { { "owner", no_argument, NULL, 'o' }, { 0 } };
	bool owner = false;
	const char *token;
	struct user user;
	char **words;
	int result = read_options(context, argc, argv, options, take_owner, &owner, 0, 1, &words);
	enum status status = OK;

	if (result == DONE && owner == (words[0] != NULL))
		return misuse(context, "Name an address, or --owner for the site's owner.");
	if (result == DONE && owner)
		status = user_owner(context->db, context->arena, &user);
	else if (result == DONE)
		result = find_user(context, words[0], &user);
	if (result != DONE)
		return result;
	if (status == NOT_FOUND)
		return fail("The site has no owner. To add one, run: renown user add --role owner");
	if (status == OK)
		status = db_begin_private(context->db);
	if (status == OK)
		status = sign_in_link_add(context->db, context->arena, user.id, context->now, context->now + LINK_SECONDS, &token);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	if (status != OK)
		return fail_status(status, "Creating the link");
	say("%s/sign-in/%s\n", context->conf.base_url, token);
	return DONE;
}

/* --- user password --------------------------------------------------------------- */

/* The first line of standard input, without its newline. NULL when it is not valid text or too long. */
static const char *
read_password(struct context *context)
{
	static char line[PASSWORD_MAX * 4 + 2];
	char *accepted;

	if (fgets(line, sizeof(line), stdin) == NULL)
		return NULL;
	line[strcspn(line, "\r\n")] = '\0';
	return text_accept(context->arena, line, strlen(line), TEXT_LINE, &accepted) && text_length(accepted) <= PASSWORD_MAX
		? accepted : NULL;
}

static int
user_password_command(struct context *context, int argc, char **argv)
{
	const char *password, *problem;
	struct user user;
	char *hash, **words;
	int result = read_words(context, argc, argv, 1, 1, &words);
	enum status status;

	if (result == DONE)
		result = find_user(context, words[0], &user);
	if (result != DONE)
		return result;
	password = read_password(context);
	if (password == NULL)
		return fail("The password is read from standard input: one line of UTF-8 text, at most %d characters.", PASSWORD_MAX);
	problem = password_problem(password, user.email);
	if (problem != NULL)
		return fail("%s", problem);
	status = password_hash(context->arena, password, &hash);
	if (status == OK)
		status = db_begin_private(context->db);
	if (status == OK)
		status = credential_change_password(context->db, user.id, hash, context->now, "");
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	if (status != OK)
		return fail_status(status, "Setting the password");
	say("%s has a new password, and was signed out everywhere.\n", user.name);
	return DONE;
}

/* --- user reset-second-factor ----------------------------------------------------------- */

static int
user_reset_second_factor_command(struct context *context, int argc, char **argv)
{
	struct user user;
	char **words;
	int result = read_words(context, argc, argv, 1, 1, &words);
	enum status status;

	if (result == DONE)
		result = find_user(context, words[0], &user);
	if (result != DONE)
		return result;
	status = db_begin_private(context->db);
	if (status == OK)
		status = second_factor_end(context->db, user.id);
	if (status == OK)
		status = credential_sign_out_others(context->db, user.id, "");
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	if (status == NOT_FOUND)
		return fail("%s does not use two-factor authentication.", user.name);
	if (status != OK)
		return fail_status(status, "Turning the second factor off");
	say("%s signs in without a code from now on, and was signed out everywhere.\n", user.name);
	return DONE;
}

/* --- session add --------------------------------------------------------------- */

static const char *
take_days(void *state, struct arena *arena, int option, const char *argument)
{
	long long days;

	(void)arena;
	(void)option;
	if (!str_to_integer(argument, &days) || days < 1 || days > SESSION_DAYS_MAX)
		return "--days must be a number from 1 to 3650.";
	*(long long *)state = days;
	return NULL;
}

static int
session_add_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = { { "days", required_argument, NULL, 'd' }, { 0 } };
	long long days = SESSION_DAYS;
	const char *token, *cookie;
	struct user user;
	char **words;
	int result = read_options(context, argc, argv, options, take_days, &days, 1, 1, &words);
	enum status status;

	if (result == DONE)
		result = find_user(context, words[0], &user);
	if (result != DONE)
		return result;
	status = db_begin_private(context->db);
	if (status == OK)
		status = session_add(context->db, context->arena, user.id, context->now + days * DAY, NULL, &token);
	/* A script always sends the same cookie, so the session must not expire because it is idle. */
	if (status == OK)
		status = session_cookie_add(context->db, context->arena, token, context->now + days * DAY, &cookie);
	if (status == OK)
		status = audit_add_user(context->db, AUDIT_SESSION, user.id, NULL, NULL);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	if (status != OK)
		return fail_status(status, "Adding the session");
	/* Prints only the cookie, so that a script can use it: $(renown session add …). */
	say("%s\n", cookie);
	return DONE;
}

const struct command user_commands[] = {
	{ "user", "add", "--name NAME --email ADDRESS [--role ROLE] [--bio TEXT]",
		"Adds a user: member (the default), author, editor, moderator or owner.", user_add_command, NEEDS_DATABASE },
	{ "user", "set", "ADDRESS [--name NAME] [--email ADDRESS] [--bio TEXT] [--slug SLUG]",
		"Changes a user's name, email address, biography (- reads it from standard input) or the address of their page.",
		user_set_command, NEEDS_DATABASE },
	{ "user", "list", "", "Lists all users: email address, role, slug, name.", user_list_command, NEEDS_DATABASE },
	{ "user", "link", "ADDRESS | --owner", "Prints a sign-in link for a user. It works once, for a day.", user_link_command,
		NEEDS_DATABASE },
	{ "user", "password", "ADDRESS", "Sets a user's password, read from standard input, and signs them out everywhere.",
		user_password_command, NEEDS_DATABASE },
	{ "user", "reset-second-factor", "ADDRESS", "Turns off two-factor authentication for a user who lost their codes, and signs them out everywhere.",
		user_reset_second_factor_command, NEEDS_DATABASE },
	{ "session", "add", "ADDRESS [--days N]",
		"Signs a user in and prints the value of the cookie sid (__Host-sid with https, __Secure-sid with https below a path).",
		session_add_command, NEEDS_DATABASE },
	{ 0 },
};
