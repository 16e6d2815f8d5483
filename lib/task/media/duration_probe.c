#include "task/media/duration_probe.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/subprocess.h"
#include "core/log.h"
#include "core/stop_signal.h"
#include "core/str.h"
#include "store/media/media_duration.h"
#include "store/media/media_visibility.h"

enum { AT_ONCE = 20, CHILD_SECONDS = 20, CHILD_MEMORY_MIB = 2048, CHILD_FILE_MIB = 1, ANSWER_MAX = 200 };

/*
 * Reads the output of mediainfo: the duration in milliseconds and the numbers of video and audio streams, separated by
 * bars; empty for none.
 */
static bool
read_answer(const char *path, int64_t *ret_seconds, bool *ret_sound)
{
	char answer[ANSWER_MAX + 1];
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t length = file < 0 ? -1 : read(file, answer, ANSWER_MAX);
	const char *videos, *sounds;
	double seconds;

	if (file >= 0)
		(void)close(file);
	if (length <= 0)
		return false;
	answer[length] = '\0';
	videos = strchr(answer, '|');
	sounds = videos == NULL ? NULL : strchr(videos + 1, '|');
	if (sounds == NULL)
		return false;
	seconds = strtod(answer, NULL) / 1000;
	*ret_seconds = !(seconds > 0) || seconds > MEDIA_MAX_SECONDS ? 0 : seconds < 1 ? 1 : (int64_t)(seconds + 0.5);
	*ret_sound = strtol(videos + 1, NULL, 10) == 0 && strtol(sounds + 1, NULL, 10) > 0;
	return true;
}

/* All file names are ours, so none can be taken for an option or a folder. The web server does not serve these names. */
static enum status
look_at(struct arena *arena, const char *tool, const struct conf *conf, const struct media *media, const char *place, int64_t *ret_seconds,
	bool *ret_sound)
{
	const char *name = arena_printf(arena, "incoming-%s-length", media->digest), *path = arena_printf(arena, "%s/%s", conf->media, name);
	const char *const argv[] = { "mediainfo", "--Inform=General;%Duration%|%VideoCount%|%AudioCount%", arena_printf(arena, "--LogFile=%s", name),
		arena_printf(arena, "./%s", place), NULL };
	static const char *const envp[] = { "LC_ALL=C", NULL };
	struct subprocess child = { .program = tool, .argv = argv, .envp = envp, .folder = conf->media, .seconds = CHILD_SECONDS,
		.memory_mib = CHILD_MEMORY_MIB, .file_mib = CHILD_FILE_MIB };
	enum status status = subprocess_run(&child);

	*ret_seconds = 0;
	*ret_sound = false;
	if (status == OK && !read_answer(path, ret_seconds, ret_sound))
		status = INVALID;
	(void)unlink(path);
	return status;
}

static enum status
measure_one(struct db *db, struct arena *arena, const char *tool, const struct conf *conf, const struct media *media)
{
	const char *place = media_visibility_path(arena, conf->media, media);
	int64_t seconds;
	bool sound;
	enum status status = look_at(arena, tool, conf, media, place, &seconds, &sound);

	/* The file was moved at the same moment. The next round uses its new path. */
	if (status == INVALID && !str_equal(place, media_visibility_path(arena, conf->media, media)))
		return BUSY;
	if (status == INVALID)
		log_line(LOG_WARNING, "lengths", "the duration of %s (%s) could not be determined", media_path(arena, media), media->name);
	else
		TRY(status);
	TRY(db_begin_write(db));
	TRY(media_duration_save(db, media->id, seconds, sound));
	return db_commit(db);
}

enum status
duration_probe_files(struct db *db, struct arena *arena, const struct conf *conf, int64_t most)
{
	const char *tool = subprocess_find(arena, "mediainfo");
	struct media *recordings;
	size_t count = 1;

	if (tool == NULL)
		return OK;
	for (int64_t done = 0; count > 0 && (most == 0 || done < most); done += (int64_t)count) {
		TRY(media_duration_missing(db, arena, most == 0 || most > AT_ONCE ? AT_ONCE : most, &recordings, &count));
		for (size_t i = 0; i < count; i++) {
			if (stop_signal_pending())
				return OK;
			TRY(measure_one(db, arena, tool, conf, &recordings[i]));
		}
	}
	return OK;
}
