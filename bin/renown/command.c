/* Shared by all commands: arguments and output. */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/text.h"
#include "store/db/db_location.h"
#include "store/media/media_visibility.h"
#include "store/setting/setting.h"

/* --- output ------------------------------------------------------------------- */

/* Text from file names and titles must not send control sequences to a terminal. */
__attribute__((format(printf, 2, 0))) static void
write_safe(FILE *stream, const char *format, va_list arguments)
{
	struct arena *arena = arena_new();

	for (const char *c = arena_vprintf(arena, format, arguments); *c != '\0'; c++) {
		unsigned char byte = (unsigned char)*c;
		if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f)
			(void)fprintf(stream, "\\x%02x", byte);
		else if (byte == 0xc2 && (unsigned char)c[1] >= 0x80 && (unsigned char)c[1] < 0xa0)
			(void)fprintf(stream, "\\x%02x", (unsigned char)*++c); /* C1 controls */
		else
			(void)fputc(byte, stream);
	}
	arena_free(arena);
}

/* "renown: SENTENCE" on standard error. */
__attribute__((format(printf, 1, 0))) static void
write_sentence(const char *format, va_list arguments)
{
	(void)fflush(stdout);
	(void)fputs("renown: ", stderr);
	write_safe(stderr, format, arguments);
	(void)fputc('\n', stderr);
}

int
fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_sentence(format, arguments);
	va_end(arguments);
	return FAILED;
}

void
notice(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_sentence(format, arguments);
	va_end(arguments);
}

int
misuse(const struct context *context, const char *format, ...)
{
	const struct command *command = context->command;
	va_list arguments;

	(void)fputs("renown: ", stderr);
	va_start(arguments, format);
	write_safe(stderr, format, arguments);
	va_end(arguments);
	(void)fprintf(stderr, "\nusage: renown %s%s%s%s%s\n", command->noun,
		command->verb == NULL ? "" : " ", command->verb == NULL ? "" : command->verb,
		command->usage[0] == '\0' ? "" : " ", command->usage);
	return USAGE;
}

static const char *
status_advice(enum status status)
{
	switch (status) {
	case BUSY:
		return "another program is using the database; try again in a moment";
	case BROKEN:
		return "the database is missing or damaged; run `renown doctor`";
	case READ_ONLY:
		return "the database cannot be written; check its permissions, or run as its owner";
	case FULL:
		return "the disk is full; free up space and run it again";
	case CONFLICT:
		return "someone else changed it, or the name is already in use";
	case NOT_FOUND:
		return "it does not exist";
	case INVALID:
	case BAD_REQUEST:
		return "a value is not allowed";
	case TOO_LARGE:
		return "it is too large";
	case FORBIDDEN:
		return "permission denied";
	case OK:
	case NOT_MODIFIED:
	case MOVED:
	case SEE_OTHER:
	case WRONG_METHOD:
	case TOO_MANY:
	case FAULT:
	case STATUS_COUNT:
		break;
	}
	return "an unexpected error; see the line above";
}

int
fail_status(enum status status, const char *doing)
{
	return fail("%s failed: %s.", doing, status_advice(status));
}

void
say(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_safe(stdout, format, arguments);
	va_end(arguments);
}

const char *
show_time(struct arena *arena, int64_t seconds)
{
	time_t when = (time_t)seconds;
	struct tm tm = { 0 };

	if (seconds == 0)
		return "-";
	localtime_r(&when, &tm);
	return arena_printf(arena, "%04d-%02d-%02d %02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		tm.tm_hour, tm.tm_min);
}

/* --- arguments ---------------------------------------------------------------- */

int
read_options(struct context *context, int argc, char **argv, const struct option *options,
	const char *(*take)(void *state, struct arena *arena, int option, const char *argument), void *state,
	int least, int most, char ***ret_words)
{
	int option;

	/* 0 makes glibc start again, because main() has used getopt before. */
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		const char *wrong;
		if (option == '?')
			return misuse(context, "The option \"%s\" is unknown.", argv[optind - 1]);
		if (option == ':')
			return misuse(context, "The option \"%s\" needs a value.", argv[optind - 1]);
		wrong = take(state, context->arena, option, optarg);
		if (wrong != NULL)
			return misuse(context, "%s", wrong);
	}
	if (argc - optind < least)
		return misuse(context, "An argument is missing.");
	if (argc - optind > most)
		return misuse(context, "Unexpected argument: \"%s\".", argv[optind + most]);
	*ret_words = argv + optind;
	return DONE;
}

static const char *
take_none(void *state, struct arena *arena, int option, const char *argument)
{
	(void)state;
	(void)arena;
	(void)option;
	(void)argument;
	return "This command has no options.";
}

int
read_words(struct context *context, int argc, char **argv, int least, int most, char ***ret_words)
{
	static const struct option none[] = { { 0 } };

	return read_options(context, argc, argv, none, take_none, NULL, least, most, ret_words);
}

const char *
accept_line(struct arena *arena, const char *word)
{
	char *text;

	return text_accept(arena, word, strlen(word), TEXT_LINE, &text) ? text : NULL;
}

/* --- the site ------------------------------------------------------------------ */

int
open_database(struct context *context, enum db_mode mode)
{
	const char *problem = "";
	enum status status = db_open_site(&context->conf, mode, media_visibility_settle, &context->db, &problem);

	if (status != OK)
		return fail("%s: %s.", db_location(&context->conf), problem);
	status = mode == DB_CREATE ? OK : use_site_zone(context);
	return status == OK ? DONE : fail_status(status, "Reading the settings");
}

enum status
use_site_zone(struct context *context)
{
	struct setting_values *values;

	TRY(setting_read(context->db, context->arena, &values));
	(void)clock_use_zone(setting_value(values, "time_zone", ""));
	return OK;
}

int
find_user(struct context *context, const char *email, struct user *ret_user)
{
	enum status status = user_by_email(context->db, context->arena, email, ret_user);

	if (status == NOT_FOUND)
		return fail("No user has the email address \"%s\"; `renown user list` lists all users.", email);
	return status == OK ? DONE : fail_status(status, "Reading the user");
}
