/* Imports the Markdown files that authors upload. */
#include "task/job/job.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "core/clock.h"
#include "core/folder_remove.h"
#include "core/log.h"
#include "core/stop_signal.h"
#include "core/str.h"
#include "task/import/import_report.h"
#include "task/import/import_unpack.h"
#include "page/lang/lang.h"
#include "store/setting/setting.h"

enum { TRIES_MAX = 3, SWEEP_SECONDS = 3600 };

static const char *
uploads(struct arena *arena, const struct conf *conf)
{
	return arena_printf(arena, "%s/" IMPORT_UPLOADS, conf->media);
}

/* --- the upload ----------------------------------------------------------------------- */

/* Not every file system reports the type in the directory entry. */
static bool
is_folder(DIR *dir, const char *name)
{
	struct stat found;

	return fstatat(dirfd(dir), name, &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(found.st_mode);
}

/* A packed folder usually contains one folder. Only the files in that one show which system it belongs to. */
static const char *
inner_folder(struct arena *arena, const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *found;
	const char *only = NULL;
	int count = 0;

	while (dir != NULL && (found = readdir(dir)) != NULL)
		if (found->d_name[0] != '.' && !str_equal(found->d_name, "__MACOSX") && count++ == 0 && is_folder(dir, found->d_name))
			only = arena_printf(arena, "%s/%s", folder, found->d_name);
	if (dir != NULL)
		(void)closedir(dir);
	return only != NULL && count == 1 ? only : folder;
}

static void
note_left_out(void *context, const char *path, const struct data_node_problem *problem)
{
	import_report_leave(context, path, problem);
}

/*
 * Unpacks the archives of an upload. *ret_folder is the folder with the texts: that of the archive if nothing else was
 * uploaded.
 */
static enum status
unpack_all(struct arena *arena, const char *folder, struct report *report, struct map *archives, const char **ret_folder)
{
	const struct import_unpack_listener listener = { .context = report, .left_out = note_left_out };
	DIR *dir = opendir(folder);
	const struct dirent *found;
	const char *only = NULL;
	enum status status = OK;
	int count = 0;

	if (dir == NULL)
		return NOT_FOUND;
	while (status == OK && (found = readdir(dir)) != NULL) {
		struct data_node_problem problem = { 0 };
		const char *name = found->d_name;
		if (name[0] == '.' || is_folder(dir, name))
			continue;
		count++;
		if (!import_unpack_is_archive(name))
			continue;
		name = arena_dup(arena, name);
		(void)map_put(archives, name, archives);
		status = import_unpack(arena, folder, name, &listener, &problem);
		if (status == OK)
			only = import_unpack_folder(arena, folder, name);
		if (status == INVALID) {
			import_report_leave(report, name, &problem);
			status = OK;
		}
	}
	(void)closedir(dir);
	*ret_folder = only != NULL && count == 1 ? inner_folder(arena, only) : folder;
	return status;
}

/* Reports images and other files that no text uses. */
static void
tell_unused(const struct import *import, struct report *report, const struct map *archives)
{
	static const struct data_node_problem unused = { .words = N_("not a Markdown file, and not used in any post that could be read") };

	for (size_t i = 0; i < import->other_count; i++) {
		const char *path = import->other_paths[i];
		if (map_get(import->named, path) == NULL && map_get(archives, path) == NULL)
			import_report_leave(report, path, &unused);
	}
}

/* --- one import ------------------------------------------------------------------------- */

static enum status
end_job(struct db *db, const struct import_job *job, struct report *report, const char *problem)
{
	TRY(db_begin_private(db));
	if (report != NULL)
		TRY(import_report_save(report));
	TRY(import_job_end(db, job->id, clock_now(), problem));
	return db_commit(db);
}

static enum status
run(struct db *db, struct arena *arena, const struct conf *conf, const struct import_job *job, const struct user *user,
	struct report *report)
{
	struct map *archives = map_new(arena);
	struct import_target target = { .publish = job->publish == 1, .processed = import_report_settled(report) };
	struct import_options options = { .author = *user, .target = &target, .listener = import_report_listener(report), .scanned = NULL };
	struct setting_values *values;
	struct import *import;
	long long quota = 0;

	TRY(setting_read(db, arena, &values));
	(void)str_to_integer(setting_value(values, "media_quota", ""), &quota);
	target.quota = quota;
	options.prefix = arena_printf(arena, "desk:%lld/", (long long)user->id);
	TRY(unpack_all(arena, arena_printf(arena, "%s/%s", uploads(arena, conf), job->folder), report, archives, &options.folder));
	import = import_new(arena, db, conf, &options);
	conversion_warnings_listen(import->warnings, import_report_note, report);
	TRY(import_run(import));
	tell_unused(import, report, archives);
	return OK;
}

static enum status
count_try(struct db *db, const struct import_job *job, int by)
{
	TRY(db_begin_private(db));
	TRY(import_job_try(db, job->id, by));
	return db_commit(db);
}

/* Runs one import. If another attempt could succeed, the job stays; any other outcome ends it and is reported. */
static enum status
do_job(struct db *db, struct arena *arena, const struct conf *conf, const struct import_job *job)
{
	struct report *report = NULL;
	struct user user;
	enum status status = user_by_id(db, arena, job->user_id, &user);

	if (status == NOT_FOUND || (status == OK && !user_may(&user, RIGHT_WRITE)))
		return end_job(db, job, NULL, N_("You no longer have permission to write posts here."));
	TRY(status);
	if (job->tries >= TRIES_MAX)
		return end_job(db, job, NULL, N_("This import was started three times and never finished. Upload fewer files at a time to find "
			"the one that causes the problem."));
	TRY(count_try(db, job, 1));
	TRY(import_report_open(db, arena, job, &report));
	db_set_actor(db, user.id);
	status = run(db, arena, conf, job, &user, report);
	db_set_actor(db, 0);
	db_end(db);
	if (status == BUSY || status == FULL || status == READ_ONLY || status == BROKEN) {
		(void)count_try(db, job, -1); /* the upload is not the cause */
		db_end(db);
		return status == BUSY && stop_signal_pending() ? OK : status;
	}
	if (status == NOT_FOUND)
		return end_job(db, job, report, N_("The uploaded files are no longer available. Upload them again."));
	if (status != OK) {
		log_line(LOG_ERROR, "import", "import %lld failed: %s", (long long)job->id, status_name(status));
		return end_job(db, job, report, N_("Something went wrong on our side. The error has been logged."));
	}
	return end_job(db, job, report, "");
}

static enum status
do_next(struct db *db, struct arena *arena, const struct conf *conf)
{
	struct import_job job;
	enum status status = import_job_next(db, arena, &job);

	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	TRY(do_job(db, arena, conf, &job));
	if (import_job_folder(db, job.folder) == NOT_FOUND)
		folder_remove(arena_printf(arena, "%s/%s", uploads(arena, conf), job.folder));
	return OK;
}

/* --- removing old data ------------------------------------------------------------------- */

/* Removes folders that no import needs: of deleted users, or of uploads that were interrupted. */
static void
remove_folders(struct db *db, struct arena *arena, const char *folder, int64_t before)
{
	DIR *dir = opendir(folder);
	const struct dirent *found;

	while (dir != NULL && (found = readdir(dir)) != NULL) {
		const char *path = arena_printf(arena, "%s/%s", folder, found->d_name);
		struct stat about;
		if (found->d_name[0] != '.' && lstat(path, &about) == 0 && about.st_mtime < before &&
			/* The outcome of a download. */
			import_job_folder(db, found->d_name) == NOT_FOUND)
			folder_remove(path);
	}
	if (dir != NULL)
		(void)closedir(dir);
}

static enum status
remove_old(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	/* The parameters of a download. */
	static int64_t last;
	enum status status;

	if (last + SWEEP_SECONDS > now)
		return OK;
	last = now;
	remove_folders(db, arena, uploads(arena, conf), now - SWEEP_SECONDS);
	status = import_job_is_old(db, now - IMPORT_JOB_SECONDS);
	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	TRY(db_begin_private(db));
	TRY(import_job_forget(db, now - IMPORT_JOB_SECONDS));
	return db_commit(db);
}

enum status
job_import(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	TRY(do_next(db, arena, conf));
	return remove_old(db, arena, conf, now);
}
