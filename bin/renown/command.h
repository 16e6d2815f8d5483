/*
 * The command line: a table of commands, each a noun, mostly with a verb.
 *
 *     static const struct command user_commands[] = {
 *         { "user", "list", "", "Lists everyone …", user_list_command, NEEDS_STORE },
 *         { 0 },
 *     };
 *
 * What a command returns is the exit status of the program. A command that fails has said why in
 * one sentence on standard error: what happened, where, and what to do.
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
	USAGE = 2,          /* the words on the command line make no sense */
	CONFIGURATION = 78, /* renown.conf is missing or wrong (EX_CONFIG of sysexits.h) */
};

/* What is opened before a command runs. From NEEDS_PLACE on the command acts as the site's user (site_user.h). */
enum needs {
	NEEDS_NOTHING = 1, /* not even a site */
	NEEDS_PLACE,  /* the folder of a new site, made when it is missing */
	NEEDS_FOLDER, /* the site's folder */
	NEEDS_CONF,   /* and its renown.conf */
	NEEDS_STORE,  /* and its store, of the present schema */
};

struct caller;

struct context {
	struct arena *arena;
	const char *folder;  /* the site's folder, absolute; from NEEDS_PLACE on, else NULL */
	const char *given;   /* as --site named it, or NULL */
	struct conf conf;    /* from NEEDS_CONF on */
	struct db *db;       /* with NEEDS_STORE */
	struct caller *caller; /* what the command's opener has opened (caller.h), or NULL */
	const struct command *command;
	int64_t now;         /* the time of this run */
};

struct command {
	const char *noun, *verb; /* verb NULL: the noun alone is the command */
	const char *usage;       /* what follows them, such as "SLUG [--force]" */
	const char *help;        /* one line */
	int (*run)(struct context *context, int argc, char **argv); /* argv[0] is the last word of the name */
	enum needs needs;
};

/* All commands, in the order of `renown help`: groups, each ended by a NULL noun; the last group is NULL. */
extern const struct command *const command_groups[];

extern const struct command site_commands[];
extern const struct command setting_commands[];
extern const struct command post_commands[];
extern const struct command schedule_commands[];
extern const struct command user_commands[];
extern const struct command invite_commands[];
extern const struct command grant_commands[];
extern const struct command experiment_commands[];
extern const struct command import_commands[];
extern const struct command export_commands[];
extern const struct command sample_commands[];
extern const struct command backup_commands[];
extern const struct command doctor_commands[];
extern const struct command work_commands[];
extern const struct command help_commands[];

/*
 * What runs before the site is entered, with the rights of whoever typed the command. A command whose words name a path outside of
 * the site opens it here (caller.h). DONE, or the exit status. The table of them is in renown.c.
 */
int init_open(struct context *context, int argc, char **argv); /* wrong words make no folder */
int import_markdown_open(struct context *context, int argc, char **argv);
int export_open(struct context *context, int argc, char **argv);
int backup_open(struct context *context, int argc, char **argv);

/* In files of their own; their rows are in user_commands[]. */
int user_set_command(struct context *context, int argc, char **argv);

/* --- for commands ----------------------------------------------------------- */

/* "renown: SENTENCE" on standard error, control characters escaped; returns FAILED. */
int fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, with the usage line of the command; returns USAGE. */
int misuse(const struct context *context, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The words do not name a command: says which verbs there are, when the noun is known. Returns USAGE. */
int unknown_command(int argc, char **argv);

/* A sentence for a status that is no answer (BUSY, FULL, …); returns FAILED. doing: "Saving the post". */
int fail_status(enum status status, const char *doing);

/* Like printf on standard output, but control characters in the result (newline and tab aside) are escaped. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Reads options by getopt_long's table, in any order among the words. For each it calls
 * take(state, value of the option, its argument); take returns NULL, or what is wrong with it.
 * The words that are left, of which there must be between least and most, are in *ret_words.
 * Returns DONE or USAGE.
 */
int read_options(struct context *context, int argc, char **argv, const struct option *options,
	const char *(*take)(void *state, struct arena *arena, int option, const char *argument), void *state,
	int least, int most, char ***ret_words);

/* The same for a command without options. */
int read_words(struct context *context, int argc, char **argv, int least, int most, char ***ret_words);

/*
 * A word of the command line through the gate for text; NULL when it is no valid text.
 */
const char *accept_line(struct arena *arena, const char *word);

/* "2026-11-24 05:23" in the site's zone, or "-" for 0. */
const char *show_time(struct arena *arena, int64_t time);

/* Reads the settings and makes the site's zone that of this process: dates on the command line are local. */
enum status use_site_zone(struct context *context);

/* Opens the store in a mode; DONE, or FAILED and said why. */
int open_store(struct context *context, enum db_mode mode);

/* The user of an e-mail address in any case; DONE, or FAILED and said why. */
int find_user(struct context *context, const char *email, struct user *ret_user);

#endif
