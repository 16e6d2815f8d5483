/* renown schedule: the publishing schedule and its next time slots. */
#include <stdio.h>

#include "command.h"
#include "core/rrule.h"
#include "core/str.h"
#include "store/schedule/schedule.h"

enum { SLOTS_MAX = 1000 };

/* Makes one change to the schedule in a transaction of its own. */
static enum status
change(struct context *context, const char *rule, int64_t id)
{
	enum status status = db_begin_private(context->db);

	if (status == OK)
		status = rule != NULL ? schedule_rule_add(context->db, context->arena, rule, context->now) : schedule_rule_remove(context->db, context->arena, id);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	return status;
}

static int
schedule_list_command(struct context *context, int argc, char **argv)
{
	struct schedule_rule *rules;
	char **words;
	size_t count;
	int result = read_words(context, argc, argv, 0, 0, &words);
	enum status status;

	if (result != DONE)
		return result;
	status = schedule_rules(context->db, context->arena, &rules, &count);
	if (status != OK)
		return fail_status(status, "Reading the schedule");
	for (size_t i = 0; i < count; i++)
		say("%lld\t%s\n", (long long)rules[i].id, rules[i].rule);
	return DONE;
}

static int
schedule_add_command(struct context *context, int argc, char **argv)
{
	char **words;
	int result = read_words(context, argc, argv, 1, 1, &words);
	enum status status;

	if (result != DONE)
		return result;
	status = change(context, words[0], 0);
	if (status == INVALID)
		return fail("This is not a rule for time slots. Write it like FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0 (RFC 5545).");
	if (status == CONFLICT)
		return fail("The schedule already has this rule.");
	if (status == TOO_LARGE)
		return fail("The schedule is full: %d rules at most.", SCHEDULE_RULES_MAX);
	return status == OK ? DONE : fail_status(status, "Saving the schedule");
}

static int
schedule_remove_command(struct context *context, int argc, char **argv)
{
	char **words;
	long long id;
	int result = read_words(context, argc, argv, 1, 1, &words);
	enum status status;

	if (result != DONE)
		return result;
	if (!str_to_integer(words[0], &id))
		return misuse(context, "NUMBER is the first column of `renown schedule list`.");
	status = change(context, NULL, id);
	if (status == NOT_FOUND)
		return fail("The schedule has no rule %lld; `renown schedule list` shows all.", id);
	return status == OK ? DONE : fail_status(status, "Saving the schedule");
}

static const char *
take_limit(void *state, struct arena *arena, int option, const char *argument)
{
	long long *limit = state;

	(void)arena;
	(void)option;
	return str_to_integer(argument, limit) && *limit > 0 && *limit <= SLOTS_MAX ? NULL : "--limit must be a number from 1 to 1000.";
}

/* Lists time slots and scheduled posts in the site's time zone. A free slot has no slug. */
static int
schedule_slots_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = { { "limit", required_argument, NULL, 'l' }, { 0 } };
	const struct user everybodys = { .role = "owner" };
	struct schedule_entry *entries;
	long long limit = 20;
	char **words;
	size_t count;
	int result = read_options(context, argc, argv, options, take_limit, &limit, 0, 0, &words);
	enum status status;

	if (result != DONE)
		return result;
	status = use_site_zone(context);
	if (status == OK)
		status = schedule_entries(context->db, context->arena, &everybodys, context->now, context->now + RRULE_SPAN_MAX, &entries, &count);
	if (status != OK)
		return fail_status(status, "Reading the schedule");
	for (size_t i = 0; i < count && i < (size_t)limit; i++)
		say("%s\t%s\t%s\t%s\n", show_time(context->arena, entries[i].time), entries[i].slot ? "slot" : "own",
			entries[i].post == NULL ? "-" : entries[i].post->slug, entries[i].post == NULL ? "" : entries[i].post->title);
	return DONE;
}

const struct command schedule_commands[] = {
	{ "schedule", "list", "", "Lists the rules of the publishing schedule.", schedule_list_command, NEEDS_DATABASE },
	{ "schedule", "add", "RULE", "Adds a rule, such as FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=8;BYMINUTE=0.", schedule_add_command, NEEDS_DATABASE },
	{ "schedule", "remove", "NUMBER", "Removes a rule; scheduled posts keep their times.", schedule_remove_command, NEEDS_DATABASE },
	{ "schedule", "slots", "[--limit N]", "Lists the next time slots and the scheduled posts.", schedule_slots_command, NEEDS_DATABASE },
	{ 0 },
};
