/*
 * Media jobs: durations of recordings, and public files of posts whose publish date has come. Smaller sizes of images
 * are made in job_media_variant.c.
 */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "task/media/duration_probe.h"
#include "store/media/media_visibility.h"
#include "task/job/job.h"

enum { RECORDINGS_AT_ONCE = 20, LOOK_SECONDS = 600, UNFINISHED_SECONDS = 3600 };

enum status
job_media_durations(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	(void)now;
	return duration_probe_files(db, arena, conf, RECORDINGS_AT_ONCE);
}

/* Removes temporary files of uploads and downloads that were interrupted. */
static void
remove_unfinished(const char *media_folder, int64_t before)
{
	DIR *dir = opendir(media_folder);
	const struct dirent *found;

	while (dir != NULL && (found = readdir(dir)) != NULL) {
		struct stat about;
		if (str_starts(found->d_name, "incoming-") && fstatat(dirfd(dir), found->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
			S_ISREG(about.st_mode) && about.st_mtime < before)
			(void)unlinkat(dirfd(dir), found->d_name, 0);
	}
	if (dir != NULL)
		(void)closedir(dir);
}

enum status
job_media_visibility(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	static int64_t looked; /* the last time that this process checked all public files */
	bool thorough = now - looked >= LOOK_SECONDS;
	int64_t moved;

	(void)arena;
	TRY(media_visibility_repair(db, conf->media, now, thorough, &moved));
	if (thorough) {
		looked = now;
		remove_unfinished(conf->media, now - UNFINISHED_SECONDS);
	}
	return OK;
}
