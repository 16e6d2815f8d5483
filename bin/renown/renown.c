/* renown, the command line: finds the command, opens what it needs, and runs it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "caller.h"
#include "command.h"
#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "core/token.h"
#include "site_user.h"

const struct command *const command_groups[] = {
	site_commands, setting_commands, post_commands, comment_commands, schedule_commands, user_commands, invite_commands, grant_commands, experiment_commands,
	spam_commands, import_commands, export_commands, sample_commands, backup_commands, doctor_commands, work_commands, help_commands, NULL,
};

/* Names that commands had before. They go on working, and only this table knows them: help and completion show the new ones. */
static const struct {
	const char *noun, *verb;         /* verb NULL: whatever it is */
	const char *new_noun, *new_verb; /* new_verb NULL: the same verb */
} old_names[] = {
	{ "trial", NULL, "experiment", NULL },
	{ "plan", NULL, "schedule", NULL },
	{ "post", "withdraw", "post", "unpublish" },
	{ "user", "reset-factor", "user", "reset-second-factor" },
};

/* Puts the present name of a command in the place of an old one, and says so. words: the noun, and the verb when there are two. */
static void
rename_command(struct arena *arena, int count, char **words)
{
	const char *verb = count > 1 ? words[1] : NULL;

	for (size_t i = 0; i < sizeof(old_names) / sizeof(*old_names); i++) {
		if (!str_equal(old_names[i].noun, words[0]) || (old_names[i].verb != NULL && !str_equal(old_names[i].verb, verb)))
			continue;
		if (old_names[i].verb == NULL)
			notice("%s is now called %s.", words[0], old_names[i].new_noun);
		else
			notice("%s %s is now called %s %s.", words[0], verb, old_names[i].new_noun, old_names[i].new_verb);
		words[0] = arena_dup(arena, old_names[i].new_noun);
		if (old_names[i].new_verb != NULL)
			words[1] = arena_dup(arena, old_names[i].new_verb);
		return;
	}
}

/* Commands with a path outside of the site. */
static const struct {
	const char *noun, *verb;
	int (*open)(struct context *context, int argc, char **argv);
} openers[] = {
	{ "init", NULL, init_open },
	{ "import", "markdown", import_markdown_open },
	{ "export", NULL, export_open },
	{ "backup", NULL, backup_open },
	{ "spam", "evaluate", spam_evaluate_open },
	{ "spam", "why", spam_why_open },
};

static int
open_paths(struct context *context, int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++)
		if (str_equal(openers[i].noun, context->command->noun) && (openers[i].verb == NULL || str_equal(openers[i].verb, context->command->verb)))
			return openers[i].open(context, argc, argv);
	return DONE;
}

/* Finds the command for these words; *ret_words is how many of them belong to its name. NULL when there is none. */
static const struct command *
find_command(int argc, char **argv, int *ret_words)
{
	for (size_t group = 0; command_groups[group] != NULL; group++)
		for (const struct command *command = command_groups[group]; command->noun != NULL; command++) {
			if (!str_equal(command->noun, argv[0]))
				continue;
			if (command->verb != NULL && (argc < 2 || !str_equal(command->verb, argv[1])))
				continue;
			*ret_words = command->verb == NULL ? 1 : 2;
			return command;
		}
	return NULL;
}

int
unknown_command(int argc, char **argv)
{
	char verbs[200] = "";
	size_t used = 0;

	for (size_t group = 0; command_groups[group] != NULL; group++)
		for (const struct command *command = command_groups[group]; command->noun != NULL; command++)
			if (str_equal(command->noun, argv[0]) && used < sizeof(verbs))
				used += (size_t)snprintf(verbs + used, sizeof(verbs) - used, "%s%s",
					used == 0 ? "" : ", ", command->verb);
	if (used == 0)
		(void)fail("There is no command \"%s\". To see all commands, run: renown help", argv[0]);
	else if (argc < 2)
		(void)fail("\"%s\" needs a second word: %s.", argv[0], verbs);
	else
		(void)fail("There is no command \"%s %s\"; after \"%s\" comes one of: %s.", argv[0], argv[1],
			argv[0], verbs);
	return USAGE;
}

/* Opens the site for every command. */
static int
open_site(struct context *context)
{
	const char *problem = "";
	enum needs needs = context->command->needs;
	int result;

	if (needs == NEEDS_NOTHING || (needs == NEEDS_GIVEN_DATABASE && !site_user_is_given(context)))
		return DONE;
	result = site_user_enter(context);
	if (result != DONE || needs < NEEDS_CONF)
		return result;
	if (site_user_read_conf(context, &problem) != OK) {
		(void)fail("%s", problem);
		return CONFIGURATION;
	}
	return needs >= NEEDS_DATABASE ? open_database(context, DB_TOOL) : DONE;
}

/* Reads the options before the command. getopt stops at the first word that is not an option. */
static int
read_globals(int argc, char **argv, const char **ret_site, const char **ret_word)
{
	static const struct option options[] = {
		{ "site", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "+hV", options, NULL)) != -1) {
		if (option == 's')
			*ret_site = optarg;
		else if (option == 'h')
			*ret_word = "help";
		else if (option == 'V')
			*ret_word = "version";
		else {
			(void)fail("The option \"%s\" is unknown or lacks its value. The options before a command are --site DIR, --help and --version.",
				argv[optind - 1]);
			return USAGE;
		}
	}
	return DONE;
}

/* "--help" after a command asks for its help. *ret_words are then the words of the help command. */
static int
ask_help(int argc, char **argv, char *ret_words[4])
{
	static char help[] = "help";

	for (int i = 1; i < argc && !str_equal(argv[i], "--"); i++)
		if (str_equal(argv[i], "--help")) {
			ret_words[0] = help;
			ret_words[1] = argv[0];
			ret_words[2] = i > 1 ? argv[1] : NULL;
			ret_words[3] = NULL;
			return i > 1 ? 3 : 2;
		}
	return 0;
}

static int
run(struct context *context, int argc, char **argv)
{
	char *asked[4];
	int words = ask_help(argc, argv, asked), result;

	if (words > 0) {
		argc = words;
		argv = asked;
	}
	/* "help" is about the command that follows it. */
	if (!str_equal(argv[0], "help"))
		rename_command(context->arena, argc, argv);
	else if (argc > 1)
		rename_command(context->arena, argc - 1, argv + 1);
	context->command = find_command(argc, argv, &words);
	if (context->command == NULL)
		return unknown_command(argc, argv);
	argc -= words - 1;
	argv += words - 1;
	result = open_paths(context, argc, argv);
	if (result == DONE)
		result = open_site(context);
	if (result == DONE)
		result = context->command->run(context, argc, argv);
	db_close(context->db);
	caller_end(context->caller);
	return result;
}

int
main(int argc, char **argv)
{
	const char *site = NULL, *word = NULL;
	struct context context = { 0 };
	char *replaced[4] = { 0 };
	int result;

	/* With a set-user-ID bit, any user could make this program act on files of their choice. */
	if (getuid() != geteuid() || getgid() != getegid())
		return fail("This program must not have the set-user-ID or set-group-ID bit: chmod ug-s it.");
	/* A closed pipe or a file size limit must cause a visible error, not end the process silently. */
	(void)signal(SIGXFSZ, SIG_IGN);
	log_open("renown", LOG_ERROR);
	token_init();
	result = read_globals(argc, argv, &site, &word);
	if (result != DONE)
		return result;
	context.arena = arena_new();
	context.given = site;
	context.now = clock_now();
	argc -= optind;
	argv += optind;
	if (word != NULL || argc == 0) {
		int rest = argc > 2 ? 2 : argc;
		replaced[0] = arena_dup(context.arena, word == NULL ? "help" : word);
		for (int i = 0; i < rest; i++)
			replaced[i + 1] = argv[i];
		argc = 1 + (str_equal(word, "version") ? 0 : rest);
		argv = replaced;
	}
	result = run(&context, argc, argv);
	if (fflush(stdout) != 0 || ferror(stdout))
		result = fail("The output could not be written in full.");
	arena_free(context.arena);
	return result;
}
