/* renown experiment: lists A/B tests and sets their counts. */
#include <string.h>

#include "command.h"
#include "core/str.h"
#include "store/experiment/experiment.h"

/* --- list ---------------------------------------------------------------------- */

static enum status
print_experiment(void *state, struct arena *arena, void *row)
{
	const struct context *context = state;
	const struct experiment *experiment = row;
	bool runs = experiment->ends > context->now;

	say("%lld\t%s\t%s\t%s\t%s\t%s\n", (long long)experiment->id, runs ? "runs" : "ended", experiment->user_name,
		show_time(arena, experiment->started), experiment->ends == EXPERIMENT_OPEN ? "-" : show_time(arena, experiment->ends),
		str_empty(experiment->winner) ? "-" : experiment->winner);
	return OK;
}

static int
experiment_list_command(struct context *context, int argc, char **argv)
{
	char **words;
	int result = read_words(context, argc, argv, 0, 0, &words);
	enum status status;

	if (result != DONE)
		return result;
	status = use_site_zone(context);
	if (status == OK)
		status = experiment_each(context->db, print_experiment, context);
	return status == OK ? DONE : fail_status(status, "Reading the A/B tests");
}

/* --- count --------------------------------------------------------------------- */

struct count_options {
	const char *variant;
	long long seen, converted; /* -1: not given */
};

static const char *
take_count(void *state, struct arena *arena, int option, const char *argument)
{
	struct count_options *count = state;

	(void)arena;
	if (option == 'v') {
		count->variant = argument;
		return strlen(argument) == 1 && strchr("ABCD", *argument) != NULL ? NULL : "--variant is one of A, B, C and D.";
	}
	return str_to_integer(argument, option == 's' ? &count->seen : &count->converted) ? NULL : "--seen and --acted are numbers.";
}

static int
experiment_count_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{ "variant", required_argument, NULL, 'v' },
		{ "seen", required_argument, NULL, 's' },
		{ "acted", required_argument, NULL, 'a' },
		{ 0 },
	};
	struct count_options count = { .seen = -1, .converted = -1 };
	char **words;
	int result = read_options(context, argc, argv, options, take_count, &count, 1, 1, &words);
	enum status status;
	long long id;

	if (result != DONE)
		return result;
	if (!str_to_integer(words[0], &id))
		return misuse(context, "NUMBER is the first column of `renown experiment list`.");
	if (count.variant == NULL || count.seen < 0 || count.converted < 0)
		return misuse(context, "Give all of --variant, --seen and --acted, numbers from 0.");
	if (count.converted > count.seen)
		return misuse(context, "--acted is at most as large as --seen.");
	/* No page of readers shows it. */
	status = db_begin_private(context->db);
	if (status == OK)
		status = experiment_count(context->db, id, count.variant, count.seen, count.converted);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	if (status == NOT_FOUND)
		return fail("There is no A/B test %lld with a variant %s; `renown experiment list` shows the numbers.", id, count.variant);
	return status == OK ? DONE : fail_status(status, "Saving the count");
}

const struct command experiment_commands[] = {
	{ "experiment", "list", "", "Lists the A/B tests: number, state, post, start, end, winner.", experiment_list_command, NEEDS_DATABASE },
	{ "experiment", "count", "NUMBER --variant LETTER --seen N --acted N",
		"Sets how many readers saw a variant, and how many of them reached the goal.", experiment_count_command, NEEDS_DATABASE },
	{ 0 },
};
