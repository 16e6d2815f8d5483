/* renown import markdown: imports a folder of Markdown files. */
#include <string.h>
#include <unistd.h>

#include "caller.h"
#include "command.h"
#include "core/str.h"
#include "core/text.h"
#include "task/import/import.h"
#include "task/media/duration_probe.h"
#include "store/maintenance/integrity.h"
#include "store/post/import_source.h"

struct options {
	const char *author, *label;
	bool force, dry_run;
};

static const char *
take_option(void *state, struct arena *arena, int option, const char *argument)
{
	struct options *options = state;
	const char *text = argument == NULL ? NULL : accept_line(arena, argument);

	if (argument != NULL && text == NULL)
		return "A value holds bytes that are not UTF-8 text.";
	if (option == 'a')
		options->author = text;
	else if (option == 'l')
		options->label = text;
	else if (option == 'f')
		options->force = true;
	else
		options->dry_run = true;
	if (option == 'l' && (*text == '\0' || strchr(text, '/') != NULL))
		return "--label must be a word without a slash.";
	return NULL;
}

/*
 * The author of texts that name none: the given one, or else the site's owner. On a site whose only owner is the one of
 * the sample content it is that owner, who then stays when the sample content is removed.
 */
static int
find_author(struct context *context, const char *email, struct user *ret_user)
{
	enum status status;
	int64_t id;

	if (email != NULL)
		return find_user(context, email, ret_user);
	status = integrity_real_owner(context->db, &id);
	if (status == OK)
		status = user_by_id(context->db, context->arena, id, ret_user);
	else if (status == NOT_FOUND)
		status = user_owner(context->db, context->arena, ret_user);
	if (status == NOT_FOUND)
		return fail("The site has no owner yet who could be the author. Add yourself, then import again: renown user add --role owner --name NAME --email ADDRESS");
	return status == OK ? DONE : fail_status(status, "Reading the users");
}

/* --- two folders of the same name ------------------------------------------------------- */

struct comparing {
	struct caller *caller;
	const char *prefix;
	int64_t missing;
};

static enum status
look_for_source(void *context, struct arena *arena, void *row)
{
	struct comparing *comparing = context;
	const struct import_source *origin = row;
	int file = caller_open(comparing->caller, origin->source + strlen(comparing->prefix), IMPORT_OPEN_LOOK);

	(void)arena;
	if (file < 0)
		comparing->missing++;
	else
		(void)close(file);
	return OK;
}

/*
 * Without --label, the folder's name is the label, so that a folder may be moved. Another folder of the same name would
 * change the posts of the first. If most files that are stored under the label are missing here, it is another folder.
 */
static int
check_label(struct context *context, const char *folder, const char *prefix, const char *label)
{
	struct comparing comparing = { .caller = context->caller, .prefix = prefix };
	int64_t count;
	enum status status = import_source_each(context->db, prefix, look_for_source, &comparing, &count);

	if (status != OK)
		return fail_status(status, "Reading the earlier imports");
	if (comparing.missing * 2 > count)
		return fail("Another folder named \"%s\" was imported before: %lld of its %lld files are not in %s. "
			"Give this one a name of its own with --label NAME, or say --label %s if it is the same.", label,
			(long long)comparing.missing, (long long)count, folder, label);
	return DONE;
}

static int
read_command(struct context *context, int argc, char **argv, struct options *options, const char **ret_folder)
{
	static const struct option table[] = {
		{ "author", required_argument, NULL, 'a' },
		{ "label", required_argument, NULL, 'l' },
		{ "force", no_argument, NULL, 'f' },
		{ "dry-run", no_argument, NULL, 'd' },
		{ 0 },
	};
	char **words;
	int result = read_options(context, argc, argv, table, take_option, options, 1, 1, &words);

	if (result == DONE)
		*ret_folder = words[0];
	return result;
}

int
import_markdown_open(struct context *context, int argc, char **argv)
{
	struct options options = { 0 };
	const char *word;
	int result = read_command(context, argc, argv, &options, &word);

	return result == DONE ? caller_read_folder(context->arena, word, &context->caller) : result;
}

static int
import_markdown_command(struct context *context, int argc, char **argv)
{
	struct options options = { 0 };
	struct import_options chosen = { .open = caller_open, .caller = context->caller, .folder = caller_folder(context->caller) };
	struct import *import = NULL;
	const char *label, *slash, *word;
	int result = read_command(context, argc, argv, &options, &word);

	if (result == DONE)
		result = find_author(context, options.author, &chosen.author);
	if (result != DONE)
		return result;
	slash = strrchr(chosen.folder, '/');
	label = options.label != NULL ? options.label : accept_line(context->arena, slash + 1);
	if (str_empty(label))
		return fail("%s has no name to remember it by; give it one with --label NAME.", chosen.folder);
	chosen.prefix = arena_printf(context->arena, "markdown:%s/", label);
	chosen.force = options.force;
	chosen.dry_run = options.dry_run;
	if (options.label == NULL)
		result = check_label(context, chosen.folder, chosen.prefix, label);
	if (result != DONE)
		return result;
	result = import_run_console(context, &chosen, &import);
	import_report(import);
	if (result == DONE && !options.dry_run && duration_probe_files(context->db, context->arena, &context->conf, 0) != OK)
		say("`renown work` will measure the length of the recordings.\n");
	return result;
}

const struct command import_commands[] = {
	{ "import", "markdown", "DIR [--author ADDRESS] [--label NAME] [--force] [--dry-run]",
		"Imports a folder of Markdown files (Hugo, Hexo, Jekyll or plain), or the changes since the last import.",
		import_markdown_command, NEEDS_DATABASE },
	{ 0 },
};
