/*
 * Media jobs: durations of recordings; smaller sizes of images, if vipsthumbnail is installed; public files of posts
 * whose publish date has come; rendering of texts whose images have changed.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/subprocess.h"
#include "core/log.h"
#include "core/stop_signal.h"
#include "core/str.h"
#include "task/media/duration_probe.h"
#include "page/post/post_render.h"
#include "store/media/media_file.h"
#include "store/media/media_visibility.h"
#include "store/media/media_variant.h"
#include "task/job/job.h"

enum { PICTURES_AT_ONCE = 8, TEXTS_AT_ONCE = 50, RECORDINGS_AT_ONCE = 20, CHILD_SECONDS = 20, CHILD_MEMORY_MIB = 2048, CHILD_FILE_MIB = 16, LOOK_SECONDS = 600, UNFINISHED_SECONDS = 3600 };

static const long widths[] = { 480, 960, 1600 };

/* An import may store an image of any size. The child process only reads what an upload may contain. */
static bool
can_be_sized(const struct media *media)
{
	return media->width * media->height <= MEDIA_MAX_PIXELS;
}

/* A temporary name for a size until its final folder is known. The web server does not serve such names. */
static const char *
waiting(struct arena *arena, const struct media *media, long width)
{
	return arena_printf(arena, "incoming-%s-%ld.webp", media->digest, width);
}

/* Makes one size beside the image. All file names are ours, so none can be taken for an option or a folder. */
static enum status
make_one(struct arena *arena, const char *tool, const char *folder, const char *name, const struct media *media, long width)
{
	const char *const argv[] = { "vipsthumbnail", name, "--size", arena_printf(arena, "%ldx20000>", width), "-o",
		arena_printf(arena, "./%s[Q=80,strip]", waiting(arena, media, width)), NULL };
	static const char *const envp[] = { "VIPS_BLOCK_UNTRUSTED=1", "VIPS_CONCURRENCY=1", "VIPS_DISC_THRESHOLD=64m", NULL };
	struct subprocess child = { .program = tool, .argv = argv, .envp = envp, .folder = folder, .seconds = CHILD_SECONDS,
		.memory_mib = CHILD_MEMORY_MIB, .file_mib = CHILD_FILE_MIB };
	const char *made = arena_printf(arena, "%s/%s", folder, waiting(arena, media, width));
	enum status status = subprocess_run(&child);

	if (status == OK)
		status = chmod(made, 0644) == 0 ? file_sync(made, 0) : file_failed("chmod", made);
	if (status != OK)
		(void)unlink(made);
	return status;
}

/* In a write transaction, because the image cannot be moved during it: moves the sizes to the image's current folder. */
static enum status
put_sizes(struct db *db, struct arena *arena, const char *media_folder, const char *folder, const struct media *media, size_t count)
{
	struct str made = str_init(arena);
	const char *place = media_visibility_path(arena, media_folder, media), *target;

	for (size_t i = 0; i < count; i++) {
		const char *from = arena_printf(arena, "%s/%s", folder, waiting(arena, media, widths[i]));
		target = arena_printf(arena, "%s/%s%s", media_folder, str_starts(place, MEDIA_PRIVATE) ? MEDIA_PRIVATE : "",
			media_variant_path(arena, media->digest, widths[i]));
		if (rename(from, target) != 0)
			return file_failed("rename", from);
		str_printf(&made, "%s%ld", i == 0 ? "" : " ", widths[i]);
	}
	return media_variant_save(db, media->id, made.bytes);
}

static enum status
size_picture(struct db *db, struct arena *arena, const char *tool, const char *media_folder, const struct media *media)
{
	const char *place = media_visibility_path(arena, media_folder, media), *slash = strrchr(place, '/');
	const char *folder = arena_printf(arena, "%s/%.*s", media_folder, (int)(slash - place), place);
	size_t count = 0;
	enum status status = OK;

	while (count < sizeof(widths) / sizeof(widths[0]) && can_be_sized(media) && widths[count] < media->width) {
		status = make_one(arena, tool, folder, slash + 1, media, widths[count]);
		if (status != OK)
			break;
		count++;
	}
	if (status == INVALID)
		log_line(LOG_WARNING, "sizes", "%s (%s) could not be resized; it is shown at full size", media_path(arena, media), media->name);
	else
		TRY(status);
	/* Without new sizes no page changes. */
	TRY(count == 0 ? db_begin_private(db) : db_begin_write(db));
	TRY(put_sizes(db, arena, media_folder, folder, media, count));
	return db_commit(db);
}

enum status
job_media_variants(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	const char *tool = subprocess_find(arena, "vipsthumbnail");
	struct media *pictures;
	size_t count;
	bool more;

	(void)now;
	if (tool != NULL) {
		TRY(media_variant_missing(db, arena, PICTURES_AT_ONCE, &pictures, &count));
		for (size_t i = 0; i < count && !stop_signal_pending(); i++)
			TRY(size_picture(db, arena, tool, conf->media, &pictures[i]));
	}
	return post_render_stale(db, arena, conf, TEXTS_AT_ONCE, &more);
}

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
