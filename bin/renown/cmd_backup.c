/* renown backup: the whole site as one tar file (task/archive/backup.h). */
#include <string.h>
#include <sys/stat.h>

#include "caller.h"
#include "command.h"
#include "progress.h"
#include "store/job/backup_job.h"
#include "task/archive/backup.h"
#include "task/job/job.h"

/* The owner's pages say how old the last backup is. */
static enum status
note_backup(struct context *context, int fd)
{
	struct stat found;
	enum status status = fstat(fd, &found) == 0 ? db_begin_private(context->db) : NOT_FOUND;

	if (status == OK)
		status = backup_job_note(context->db, (int64_t)found.st_size, context->now);
	if (status == OK)
		status = db_commit(context->db);
	db_end(context->db);
	return status;
}

static void
show_copied(void *context)
{
	progress_step(context, 1);
}

static void
show_problem(void *context, const char *sentence)
{
	progress_pause(context);
	(void)fail("%s", sentence);
}

/* --- the command ----------------------------------------------------------------------------- */

static const char *
take_asked(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	(void)argument;
	*(bool *)state = true;
	return NULL;
}

/* The file that was named; NULL with --asked. */
static int
read_file_name(struct context *context, int argc, char **argv, const char **ret_name)
{
	static const struct option options[] = { { "asked", no_argument, NULL, 'a' }, { 0 } };
	bool asked = false;
	char **words;
	int result = read_options(context, argc, argv, options, take_asked, &asked, 0, 1, &words);

	if (result == DONE && asked == (words[0] != NULL))
		return misuse(context, "Name a file, or use --asked for the backups that were requested on the Backups page.");
	if (result == DONE)
		*ret_name = words[0];
	return result;
}

int
backup_open(struct context *context, int argc, char **argv)
{
	const char *name = NULL;
	int result = read_file_name(context, argc, argv, &name);

	return result != DONE || name == NULL ? result : caller_new_file(context->arena, name, &context->caller);
}

static int
backup_command(struct context *context, int argc, char **argv)
{
	const char *name = NULL;
	struct progress progress;
	struct backup_report report = { .copied = show_copied, .problem = show_problem, .context = &progress };
	int number, result = read_file_name(context, argc, argv, &name);
	enum status status;

	if (result != DONE)
		return result;
	if (name == NULL) {
		status = job_backup(context->db, context->arena, &context->conf, context->now);
		return status == OK ? DONE : fail_status(status, "The backup");
	}
	progress_start(&progress, "Copying files", 0);
	status = backup_write(context->db, context->arena, &context->conf, caller_file(context->caller), context->now, &report);
	progress_end(&progress);
	if (status != OK)
		return report.reason != NULL ? fail("%s", report.reason) : fail_status(status, report.doing);
	number = caller_keep(context->caller);
	if (number != 0)
		return fail("%s cannot be written: %s.", name, strerror(number));
	say("%s holds the site: %lld files. `tar xf` unpacks it; the file RESTORE in it explains how to restore the site.\n", name,
		(long long)report.files);
	status = note_backup(context, caller_file(context->caller));
	if (status != OK)
		return fail_status(status, "Noting when the backup was made");
	return report.problems == 0 ? DONE : FAILED;
}

const struct command backup_commands[] = {
	{ "backup", NULL, "FILE | --asked", "Writes the database, the media files and renown.conf into one tar file, while the site is in use.",
		backup_command, NEEDS_DATABASE },
	{ 0 },
};
