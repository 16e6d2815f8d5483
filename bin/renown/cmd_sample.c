/* renown sample: the sample content of a new site. All of it is marked and can be removed. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "import_console.h"
#include "core/clock.h"
#include "core/str.h"
#include "task/media/duration_probe.h"
#include "sample.h"
#include "store/media/media_visibility.h"
#include "store/post/post.h"
#include "store/account/user_role.h"

/* The start of post.source, before the path. No label of an import can look like it. */
static const char sample_prefix[] = "sample:";

/* --- add ------------------------------------------------------------------------- */

static const char *
take_until(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	return clock_parse_date(argument, state) ? NULL : "--until must be a date such as 2026-11-24.";
}

static int
import_posts(struct context *context, struct import **ret_import)
{
	struct import_options options = { .prefix = sample_prefix, .sample = true, .scanned = "content" };
	enum status status = user_owner(context->db, context->arena, &options.author);
	int result;

	if (status != OK)
		return fail_status(status, "Reading the owner");
	options.folder = arena_printf(context->arena, "%s/samples", conf_data_folder());
	result = import_run_console(context, &options, ret_import);
	if (result != DONE || conversion_warnings_total((*ret_import)->warnings) > 0)
		import_report(*ret_import);
	return result;
}

static int
sample_add_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = { { "until", required_argument, NULL, 'u' }, { 0 } };
	struct import *import = NULL;
	int64_t until = context->now;
	char **words;
	int result = read_options(context, argc, argv, options, take_until, &until, 0, 0, &words);

	/* Settings come first, because the time zone applies to dates without one. */
	if (result == DONE)
		result = sample_add_settings(context);
	if (result == DONE && use_site_zone(context) != OK)
		result = fail("The settings cannot be read; see above.");
	if (result == DONE)
		result = sample_add_people(context);
	if (result == DONE)
		result = import_posts(context, &import);
	if (result == DONE)
		result = sample_add_comments(context, import);
	if (result == DONE)
		result = sample_add_visits(context, import, until);
	if (result == DONE)
		(void)duration_probe_files(context->db, context->arena, &context->conf, 0); /* otherwise renown work does it */
	if (result == DONE)
		say("The sample content is there: %lld posts added, %lld updated, %lld unchanged. `renown sample remove` removes it.\n",
			(long long)import->added, (long long)import->updated, (long long)import->unchanged);
	return result;
}

/* --- remove ----------------------------------------------------------------------- */

struct files {
	struct arena *arena;
	struct media *all;
	size_t count, room;
};

static enum status
note_file(void *context, struct arena *arena, void *row)
{
	struct files *files = context;
	const struct media *media = row;

	(void)arena;
	if (files->count == files->room) {
		struct media *more = arena_array(files->arena, files->room == 0 ? 64 : files->room * 2, sizeof(*more));
		if (files->count > 0)
			memcpy(more, files->all, files->count * sizeof(*more));
		files->all = more;
		files->room = files->room == 0 ? 64 : files->room * 2;
	}
	files->all[files->count++] = (struct media){ .digest = arena_dup(files->arena, media->digest),
		.suffix = arena_dup(files->arena, media->suffix), .widths = arena_dup(files->arena, media->widths) };
	return OK;
}

/* Removes files whose rows were deleted with the posts. */
static enum status
remove_files(struct context *context, const struct files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		struct media media;
		enum status status = media_by_digest(context->db, context->arena, files->all[i].digest, &media);
		if (status == NOT_FOUND)
			media_remove_file(context->arena, context->conf.media, &files->all[i]);
		else
			TRY(status);
	}
	return OK;
}

static int
sample_remove_command(struct context *context, int argc, char **argv)
{
	struct files files = { .arena = context->arena };
	int64_t count, owner;
	char **words;
	int result = read_words(context, argc, argv, 0, 0, &words);
	enum status status;

	if (result == DONE)
		result = sample_remove_settings(context);
	if (result != DONE)
		return result;
	status = media_each(context->db, note_file, &files);
	if (status == OK)
		status = db_begin_write(context->db);
	if (status == OK)
		status = post_remove_sample(context->db, context->arena, &count);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	if (status == OK)
		status = remove_files(context, &files);
	if (status != OK)
		return fail_status(status, "Removing the sample content");
	result = sample_remove_visits(context);
	if (result == DONE)
		say("Sample content removed: %lld %s. Users, tags and files that your own posts use were kept.\n",
			(long long)count, count == 1 ? "post" : "posts");
	if (result == DONE && user_role_any_owner(context->db, &owner) == NOT_FOUND)
		say("The site has no owner now. Add yourself, and sign in with the link that this command prints:\n"
			"renown user add --role owner --name NAME --email ADDRESS\n");
	return result;
}

const struct command sample_commands[] = {
	{ "sample", "add", "[--until DATE]", "Adds sample posts, users, comments and 90 days of visits, all marked as sample.",
		sample_add_command, NEEDS_DATABASE },
	{ "sample", "remove", "", "Removes all sample content, and nothing else.",
		sample_remove_command, NEEDS_DATABASE },
	{ 0 },
};
