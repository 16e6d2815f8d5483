/*
 * The command line: a table of commands. Each is a noun, usually with a verb.
 *
 *     static const struct command user_commands[] = {
 *         { "user", "list", "", "Lists everyone …", user_list_command, NEEDS_DATABASE },
 *         { 0 },
 *     };
 *
 * The return value of a command is the exit status of the program. A command that fails has printed one sentence on
 * standard error: what happened, where, and what to do.
 */
#ifndef BIN_RENOWN_COMMAND_H
#define BIN_RENOWN_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <getopt.h>

#include "core/arena.h"
#include "core/conf.h"
#include "core/status.h"
#include "store/db/db.h"
#include "store/user/user.h"

enum {
	DONE = 0,
	FAILED = 1,
	USAGE = 2,          /* wrong arguments */
	CONFIGURATION = 78, /* renown.conf is missing or wrong (EX_CONFIG of sysexits.h) */
};

/* What is opened before a command runs. From NEEDS_NEW_FOLDER on, the command acts as the site's user (site_user.h). */
enum needs {
	NEEDS_NOTHING = 1, /* no site */
	NEEDS_NEW_FOLDER,  /* the folder of a new site; created if it is missing */
	NEEDS_FOLDER, /* the site's folder */
	NEEDS_CONF,   /* and its renown.conf */
	NEEDS_DATABASE,  /* and its database, with the current schema */
	NEEDS_GIVEN_DATABASE, /* the same, if --site or $RENOWN_SITE names a site; otherwise no site */
};

struct caller;

/* The state of one run of the program. */
struct context {
	struct arena *arena;
	const char *folder;  /* the site's folder, absolute; from NEEDS_NEW_FOLDER on, else NULL */
	const char *given;   /* the argument of --site, or NULL */
	struct conf conf;    /* from NEEDS_CONF on */
	struct db *db;       /* with NEEDS_DATABASE; with NEEDS_GIVEN_DATABASE, or NULL */
	struct caller *caller; /* the path that the command's opener opened (caller.h), or NULL */
	const struct command *command;
	int64_t now;         /* the start of this run, in Unix seconds */
};

/* A row of the table. */
struct command {
	const char *noun, *verb; /* verb NULL: the command is only the noun */
	const char *usage;       /* the arguments, such as "SLUG [--force]" */
	const char *help;        /* one line */
	int (*run)(struct context *context, int argc, char **argv); /* argv[0] is the last word of the name */
	enum needs needs;
};

/* All commands, in the order of `renown help`. Each group ends with a NULL noun, and the list ends with NULL. */
extern const struct command *const command_groups[];

extern const struct command site_commands[];
extern const struct command setting_commands[];
extern const struct command post_commands[];
extern const struct command comment_commands[];
extern const struct command schedule_commands[];
extern const struct command user_commands[];
extern const struct command invite_commands[];
extern const struct command grant_commands[];
extern const struct command experiment_commands[];
extern const struct command spam_commands[];
extern const struct command import_commands[];
extern const struct command export_commands[];
extern const struct command sample_commands[];
extern const struct command backup_commands[];
extern const struct command doctor_commands[];
extern const struct command work_commands[];
extern const struct command help_commands[];

/*
 * Functions that run before the site is opened, with the rights of the user who typed the command. A command whose
 * arguments name a path outside the site opens it here (caller.h). DONE, or the exit status. The table of openers is in
 * renown.c.
 */
int init_open(struct context *context, int argc, char **argv); /* checks the arguments before a folder is created */
int import_markdown_open(struct context *context, int argc, char **argv);
int export_open(struct context *context, int argc, char **argv);
int backup_open(struct context *context, int argc, char **argv);
int spam_evaluate_open(struct context *context, int argc, char **argv);
int spam_why_open(struct context *context, int argc, char **argv);

/* These commands have files of their own; their rows are in user_commands[]. */
int user_set_command(struct context *context, int argc, char **argv);

/* --- for commands ----------------------------------------------------------- */

/* Prints "renown: SENTENCE" on standard error, with control characters escaped. Returns FAILED. */
int fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, of what is no failure, such as a name that has changed. */
void notice(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A failure, with the usage line of the command; returns USAGE. */
int misuse(const struct context *context, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Reports words that are not a command, with the possible verbs if the noun is known. Returns USAGE. */
int unknown_command(int argc, char **argv);

/* Prints a sentence for a status such as BUSY or FULL. doing: "Saving the post". Returns FAILED. */
int fail_status(enum status status, const char *doing);

/* Like printf on standard output, but control characters in the result, except newline and tab, are escaped. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Reads options by a table for getopt_long, in any order among the words. For each option it calls take(state, arena,
 * value of the option, its argument), which returns NULL or the problem. *ret_words are the remaining words, ended by
 * NULL; there must be between least and most of them. Returns DONE, or USAGE with the reason printed.
 */
int read_options(struct context *context, int argc, char **argv, const struct option *options,
	const char *(*take)(void *state, struct arena *arena, int option, const char *argument), void *state,
	int least, int most, char ***ret_words);

/* The same for a command without options. */
int read_words(struct context *context, int argc, char **argv, int least, int most, char ***ret_words);

/* Checks a word of the command line (core/text.h); NULL when it is not valid text. In the arena. */
const char *accept_line(struct arena *arena, const char *word);

/* "2026-11-24 05:23" in the site's time zone, or "-" for 0. In the arena. */
const char *show_time(struct arena *arena, int64_t time);

/* Reads the settings and sets the site's time zone for this process, because dates on the command line are local. */
enum status use_site_zone(struct context *context);

/* Opens the database in a mode. DONE, or FAILED with the reason printed. */
int open_database(struct context *context, enum db_mode mode);

/* Finds the user with an email address, ignoring case. DONE, or FAILED with the reason printed. */
int find_user(struct context *context, const char *email, struct user *ret_user);

#endif
