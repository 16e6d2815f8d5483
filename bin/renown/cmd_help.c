/* renown help and renown version. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "core/str.h"

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

static void
print_command(const struct command *command)
{
	say("  %s%s%s%s%s\n      %s\n", command->noun, command->verb == NULL ? "" : " ",
		command->verb == NULL ? "" : command->verb, command->usage[0] == '\0' ? "" : " ",
		command->usage, command->help);
}

/* Prints all commands, those of one noun, or the one with a verb. Returns how many there were. */
static size_t
print_commands(const char *noun, const char *verb, bool names_only)
{
	size_t count = 0;

	for (size_t group = 0; command_groups[group] != NULL; group++)
		for (const struct command *command = command_groups[group]; command->noun != NULL; command++) {
			if (noun != NULL && !str_equal(noun, command->noun))
				continue;
			if (verb != NULL && command->verb != NULL && !str_equal(verb, command->verb))
				continue;
			count++;
			if (names_only)
				say("%s%s%s\n", command->noun, command->verb == NULL ? "" : " ",
					command->verb == NULL ? "" : command->verb);
			else
				print_command(command);
		}
	return count;
}

static const char *
take_commands(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	(void)argument;
	*(bool *)state = true;
	return NULL;
}

static int
help_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = { { "commands", no_argument, NULL, 'c' }, { 0 } };
	bool names_only = false;
	char **words;
	int result = read_options(context, argc, argv, options, take_commands, &names_only, 0, 2, &words);
	const char *noun;

	if (result != DONE)
		return result;
	noun = words[0];
	if (names_only) {
		(void)print_commands(noun, noun == NULL ? NULL : words[1], true);
		return DONE;
	}
	if (noun == NULL)
		say("renown [--site DIR] COMMAND\n\n"
			"The site is --site DIR, else $RENOWN_SITE, else the current folder if it holds\n"
			"renown.conf, else /etc/renown. See renown(1) for all of it.\n\n");
	if (print_commands(noun, noun == NULL ? NULL : words[1], false) == 0)
		return unknown_command(words[1] == NULL ? 1 : 2, words);
	if (noun != NULL)
		say("renown(1) says more; `renown help` lists all commands.\n");
	return DONE;
}

static int
version_command(struct context *context, int argc, char **argv)
{
	char **words;
	int result = read_words(context, argc, argv, 0, 0, &words);

	if (result == DONE)
		say("renown %s\n", PACKAGE_VERSION);
	return result;
}

const struct command help_commands[] = {
	{ "help", NULL, "[--commands] [COMMAND]", "Explains the commands; --commands prints their names only.",
		help_command, NEEDS_NOTHING },
	{ "version", NULL, "", "Prints the version.", version_command, NEEDS_NOTHING },
	{ 0 },
};
