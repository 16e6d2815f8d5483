/* renown grant: access to restricted posts. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "core/clock.h"
#include "core/str.h"
#include "store/post/post.h"
#include "store/post/tag.h"
#include "store/access/viewer.h"

/* --- add ----------------------------------------------------------------------- */

struct add_options {
	const char *tag, *post, *source;
	bool everything;
	int64_t starts, ends;
};

static const char *
take_add(void *state, struct arena *arena, int option, const char *argument)
{
	struct add_options *add = state;
	const char *text = argument == NULL ? NULL : accept_line(arena, argument);

	if (argument != NULL && text == NULL)
		return "A value holds bytes that are not UTF-8 text.";
	switch (option) {
	case 'e':
		add->everything = true;
		return NULL;
	case 't':
		add->tag = text;
		return NULL;
	case 'p':
		add->post = text;
		return NULL;
	case 's':
		add->source = text;
		return NULL;
	case 'f':
		return clock_parse_date(text, &add->starts) ? NULL : "--from must be a date such as 2026-11-24.";
	default:
		return clock_parse_date(text, &add->ends) ? NULL : "--until must be a date such as 2026-11-24.";
	}
}

/* Finds the tag or post of the grant. */
static int
fill_scope(struct context *context, const struct add_options *add, struct grant *grant)
{
	struct tag tag;
	struct post post;
	enum status status = OK;

	grant->scope = "everything";
	if (add->tag != NULL) {
		grant->scope = "tag";
		status = tag_by_slug(context->db, context->arena, add->tag, &tag);
		if (status == OK)
			grant->tag_id = tag.id;
	} else if (add->post != NULL) {
		grant->scope = "post";
		status = post_by_slug(context->db, context->arena, add->post, &post);
		if (status == OK)
			grant->post_id = post.id;
	}
	if (status == NOT_FOUND)
		return fail("There is no %s \"%s\"; enter its slug, the last part of its URL.", grant->scope,
			add->tag != NULL ? add->tag : add->post);
	return status == OK ? DONE : fail_status(status, "Reading the database");
}

static int
grant_add_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = {
		{ "everything", no_argument, NULL, 'e' },
		{ "tag", required_argument, NULL, 't' },
		{ "post", required_argument, NULL, 'p' },
		{ "from", required_argument, NULL, 'f' },
		{ "until", required_argument, NULL, 'u' },
		{ "source", required_argument, NULL, 's' },
		{ 0 },
	};
	struct add_options add = { .source = "command line", .starts = context->now };
	struct grant grant = { 0 };
	struct user user;
	int64_t id;
	char **words;
	int result = read_options(context, argc, argv, options, take_add, &add, 1, 1, &words);
	enum status status;

	if (result != DONE)
		return result;
	if (add.everything + (add.tag != NULL) + (add.post != NULL) != 1)
		return misuse(context, "Give one of --everything, --tag SLUG and --post SLUG.");
	if (add.ends != 0 && add.ends <= add.starts)
		return misuse(context, "--until must be later than --from.");
	result = find_user(context, words[0], &user);
	if (result == DONE)
		result = fill_scope(context, &add, &grant);
	if (result != DONE)
		return result;
	grant.user_id = user.id;
	grant.starts = add.starts;
	grant.ends = add.ends;
	grant.source = add.source;
	status = db_begin_private(context->db);
	if (status == OK)
		status = grant_add(context->db, &grant, false, &id);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	if (status != OK)
		return fail_status(status, "Adding the grant");
	say("%lld\n", (long long)id);
	return DONE;
}

/* --- end ----------------------------------------------------------------------- */

static const char *
take_when(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	return clock_parse_date(argument, state) ? NULL : "--at must be a date such as 2026-11-24.";
}

static int
grant_end_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = { { "at", required_argument, NULL, 'a' }, { 0 } };
	int64_t when = context->now;
	long long id;
	char **words;
	int result = read_options(context, argc, argv, options, take_when, &when, 1, 1, &words);
	enum status status;

	if (result != DONE)
		return result;
	if (!str_to_integer(words[0], &id))
		return misuse(context, "NUMBER is the first column of `renown grant list ADDRESS`.");
	status = db_begin_private(context->db);
	if (status == OK)
		status = grant_end(context->db, id, when);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	if (status == NOT_FOUND)
		return fail("There is no grant %lld; `renown grant list ADDRESS` shows the numbers.", id);
	return status == OK ? DONE : fail_status(status, "Ending the grant");
}

/* --- list ---------------------------------------------------------------------- */

static int
grant_list_command(struct context *context, int argc, char **argv)
{
	struct grant *grants;
	size_t count;
	struct user user;
	char **words;
	int result = read_words(context, argc, argv, 1, 1, &words);
	enum status status;

	if (result == DONE)
		result = find_user(context, words[0], &user);
	if (result != DONE)
		return result;
	status = grant_list(context->db, context->arena, user.id, &grants, &count);
	if (status != OK)
		return fail_status(status, "Reading the grants");
	for (size_t i = 0; i < count; i++) {
		const struct grant *grant = &grants[i];
		const char *state = grant->starts > context->now ? "to come"
			: grant->ends != 0 && grant->ends <= context->now ? "ended" : "holds";
		say("%lld\t%s\t%s%s%s\t%s\t%s\t%s\n", (long long)grant->id, state, grant->scope,
			str_empty(grant->what) ? "" : " ", grant->what, show_time(context->arena, grant->starts),
			show_time(context->arena, grant->ends), grant->source);
	}
	return DONE;
}

const struct command grant_commands[] = {
	{ "grant", "add", "ADDRESS (--everything | --tag SLUG | --post SLUG) [--from DATE] [--until DATE] [--source TEXT]",
		"Gives a user access to posts, and prints the number of the grant.", grant_add_command, NEEDS_DATABASE },
	{ "grant", "end", "NUMBER [--at DATE]", "Ends a grant, now or at a given time.", grant_end_command, NEEDS_DATABASE },
	{ "grant", "list", "ADDRESS", "Lists a user's grants: number, state, scope, from, until, source.",
		grant_list_command, NEEDS_DATABASE },
	{ 0 },
};
