/* renown export: writes everything that a user wrote as Markdown. */
#include <string.h>
#include <unistd.h>

#include "caller.h"
#include "command.h"
#include "task/export/export.h"

int
export_open(struct context *context, int argc, char **argv)
{
	char **words;
	int result = read_words(context, argc, argv, 2, 2, &words);

	return result == DONE ? caller_new_file(context->arena, words[1], &context->caller) : result;
}

static int
export_command(struct context *context, int argc, char **argv)
{
	const char *problem = "";
	struct user user;
	char **words;
	int64_t posts;
	int number, result = read_words(context, argc, argv, 2, 2, &words);
	enum status status;

	if (result == DONE)
		result = find_user(context, words[0], &user);
	if (result != DONE)
		return result;
	status = export_write(context->db, &context->conf, user.id, caller_file(context->caller), &posts, &problem);
	if (status == OK && fsync(caller_file(context->caller)) != 0)
		status = FAULT;
	if (status != OK)
		return fail("The export failed: %s.", problem);
	number = caller_keep(context->caller);
	if (number != 0)
		return fail("%s cannot be written: %s.", words[1], strerror(number));
	say("%s contains %lld posts by %s. `tar xf` unpacks it; `renown import markdown` reads it.\n", words[1], (long long)posts, user.name);
	return DONE;
}

const struct command export_commands[] = {
	{ "export", NULL, "EMAIL FILE", "Exports everything that a user wrote as Markdown files in one .tar.gz.", export_command, NEEDS_DATABASE },
	{ 0 },
};
