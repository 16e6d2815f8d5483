/* Makes the exports that users request: everything that a user wrote, as one file. */
#include "task/job/job.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "core/token.h"
#include "task/export/export.h"

/* The web server must be able to read the files. As in the media folder, their names cannot be guessed. */
enum { FOLDER_MODE = 0755, FILE_MODE = 0644, SWEEP_SECONDS = 3600 };

static const char *
folder_of(struct arena *arena, const struct conf *conf)
{
	return arena_printf(arena, "%s/" EXPORT_FOLDER, conf->folder);
}

/* --- making a file ------------------------------------------------------------------ */

/* Writes a complete export under its final name and syncs it, or sets *ret_problem. */
static enum status
make_file(struct db *db, struct arena *arena, const struct conf *conf, struct export_job *job, const char **ret_problem)
{
	const char *folder = folder_of(arena, conf), *draft = arena_printf(arena, "%s/unfinished", folder);
	struct stat found;
	enum status status;
	int fd;

	*ret_problem = "its folder cannot be written";
	if (mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST)
		return FAULT;
	(void)unlink(draft);
	fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return FAULT;
	status = export_write(db, conf, job->user_id, fd, &job->posts, ret_problem);
	if (status == OK && (fchmod(fd, FILE_MODE) != 0 || fsync(fd) != 0 || fstat(fd, &found) != 0))
		status = FAULT;
	(void)close(fd);
	if (status == OK && rename(draft, arena_printf(arena, "%s/%s", folder, job->name)) != 0)
		status = FAULT;
	if (status != OK)
		(void)unlink(draft);
	else
		job->bytes = found.st_size;
	return status;
}

static enum status
make_next(struct db *db, struct arena *arena, const struct conf *conf)
{
	struct export_job job;
	const char *older, *problem;
	enum status status = export_job_next(db, arena, &job);

	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	older = job.name;
	job.name = arena_printf(arena, "%s.tar.gz", token_new(arena));
	job.problem = "";
	if (make_file(db, arena, conf, &job, &problem) != OK) {
		/* The failure is shown to the user, and the export is not tried again. */
		log_line(LOG_ERROR, "export", "the export for user %lld failed: %s", (long long)job.user_id, problem);
		job.name = "";
		job.problem = problem;
	}
	job.finished = clock_now();
	TRY(db_begin_private(db));
	TRY(export_job_done(db, &job));
	TRY(db_commit(db));
	if (*older != '\0')
		(void)unlink(arena_printf(arena, "%s/%s", folder_of(arena, conf), older));
	return OK;
}

/* --- removing old files ------------------------------------------------------------- */

/* Decided by the file's time, so that files of deleted users are removed as well. */
static void
remove_files(struct arena *arena, const char *folder, int64_t before)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		const char *path = arena_printf(arena, "%s/%s", folder, entry->d_name);
		struct stat found;
		if (str_ends(entry->d_name, ".tar.gz") && lstat(path, &found) == 0 && S_ISREG(found.st_mode) && found.st_mtime < before)
			(void)unlink(path);
	}
	if (dir != NULL)
		(void)closedir(dir);
}

static enum status
remove_old(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	static int64_t last;
	struct export_job *jobs;
	size_t count;

	if (last + SWEEP_SECONDS > now)
		return OK;
	last = now;
	TRY(export_job_old(db, arena, now - EXPORT_SECONDS, &jobs, &count));
	if (count > 0) {
		TRY(db_begin_private(db));
		for (size_t i = 0; i < count; i++)
			TRY(export_job_remove(db, jobs[i].user_id));
		TRY(db_commit(db));
	}
	remove_files(arena, folder_of(arena, conf), now - EXPORT_SECONDS);
	return OK;
}

enum status
job_export(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	TRY(make_next(db, arena, conf));
	return remove_old(db, arena, conf, now);
}
