/*
 * The job that copies the theme's CSS, scripts and SVG to the folder "assets" of the site, plain and compressed, for the web server.
 *
 * A copy is in the folder NAME/BUILD: the theme's name and the digest of its files, which pages put into the addresses of the files. So a
 * copy is never out of date. When the digest is another one, the old copies are removed; until the new ones are complete, and for files
 * without a copy, the web server reads the theme itself.
 */
#include "task/job/job.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/folder_remove.h"
#include "core/gzip.h"
#include "core/log.h"
#include "core/str.h"
#include "page/theme/theme_digest.h"
#include "page/theme/theme_list.h"
#include "store/setting/setting.h"

/* SHORTEST: a shorter file takes one packet in any case. */
enum { LAYERS = 3, DEEPEST_FOLDER = 8, FILE_MAX = 1024 * 1024, SHORTEST = 200, LEVEL = 9, FOLDER_MODE = 0755, FILE_MODE = 0644 };

/* A folder with an "assets" folder. The web server looks for a file in one layer after the other. */
struct layer {
	const char *folder;
	bool in_build; /* its files are part of the theme's build */
};

struct copying {
	struct arena *arena;
	struct layer layers[LAYERS];
	size_t count, now; /* now: the layer that is being copied */
	const char *target;
};

/* Whether the last round failed: only its first problem is logged. */
static bool failed_before;

static enum status
failed(const char *doing, const char *path)
{
	enum status status = status_of_errno(errno);

	if (!failed_before)
		log_line(LOG_ERROR, "assets", "%s %s: %s", doing, path, strerror(errno));
	return status;
}

/* --- one file ------------------------------------------------------------------------- */

/* Other types are compressed already, or are rare. */
static bool
is_text(const char *name)
{
	static const char *const endings[] = { ".css", ".js", ".svg", ".txt", ".vtt", ".webmanifest", NULL };
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot != NULL && endings[i] != NULL; i++)
		if (str_equal(dot, endings[i]))
			return true;
	return false;
}

static bool
write_whole(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(file, bytes, length);
		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		}
	}
	return true;
}

/* Synced, so that after a power failure there is no empty file in a folder that has its final name. */
static enum status
write_file(const char *path, const char *bytes, size_t length)
{
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	bool written;

	if (file < 0)
		return failed("create", path);
	written = write_whole(file, bytes, length) && fchmod(file, FILE_MODE) == 0 && fsync(file) == 0;
	(void)close(file);
	return written ? OK : failed("write", path);
}

/* The content of a file, or NULL when it is not one that everybody may read. Follows no link, which could lead to a private file. */
static const char *
read_public(struct arena *arena, int folder, const char *name, size_t *ret_length)
{
	int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	const char *found = NULL;
	struct stat info;
	size_t length = 0;
	ssize_t got = 1;
	char *bytes;

	if (file < 0)
		return NULL;
	if (fstat(file, &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & S_IROTH) != 0 && info.st_size <= FILE_MAX) {
		bytes = arena_alloc(arena, FILE_MAX + 1);
		while (length <= FILE_MAX && (got = read(file, bytes + length, FILE_MAX + 1 - length)) > 0)
			length += (size_t)got;
		if (got == 0)
			found = bytes;
	}
	(void)close(file);
	*ret_length = length;
	return found;
}

/* Whether the web server would find another file at this path, in a layer before this one. */
static bool
is_hidden(const struct copying *copying, const char *path)
{
	struct stat info;

	for (size_t i = 0; i < copying->now; i++)
		if (lstat(arena_printf(copying->arena, "%s/assets/%s", copying->layers[i].folder, path), &info) == 0 ||
			(errno != ENOENT && errno != ENOTDIR))
			return true;
	return false;
}

static enum status
copy_file(const struct copying *copying, int folder, const char *name, const char *path)
{
	struct arena *scratch = arena_new();
	const char *target = arena_printf(scratch, "%s/%s", copying->target, path), *bytes, *packed;
	size_t length, packed_length;
	enum status status = OK;

	bytes = read_public(scratch, folder, name, &length);
	if (bytes != NULL)
		status = write_file(target, bytes, length);
	if (bytes != NULL && status == OK && length >= SHORTEST &&
		gzip_compress(scratch, bytes, length, LEVEL, malloc, &packed, &packed_length))
		status = write_file(arena_printf(scratch, "%s.gz", target), packed, packed_length);
	arena_free(scratch);
	return status;
}

/* --- folders -------------------------------------------------------------------------- */

/* Creates a folder that the web server may enter, whatever the umask is. */
static enum status
make_folder(const char *path)
{
	if (mkdir(path, FOLDER_MODE) != 0)
		return errno == EEXIST ? OK : failed("create", path);
	return chmod(path, FOLDER_MODE) == 0 ? OK : failed("open", path);
}

static enum status copy_folder(const struct copying *copying, int above, const char *name, const char *below, int depth);

static enum status
copy_entry(const struct copying *copying, int folder, const char *name, const char *below, int depth)
{
	const char *path = arena_printf(copying->arena, "%s%s", below, name);
	struct stat info;

	if (name[0] == '.' || fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
		return OK;
	if (S_ISDIR(info.st_mode))
		return copy_folder(copying, folder, name, arena_printf(copying->arena, "%s/", path), depth + 1);
	if (S_ISREG(info.st_mode) && is_text(name) && !is_hidden(copying, path))
		return copy_file(copying, folder, name, path);
	return OK;
}

/* below: the path of this folder below "assets", with a slash at its end. A folder that is closed to others is left out. */
static enum status
copy_folder(const struct copying *copying, int above, const char *name, const char *below, int depth)
{
	int folder = depth > DEEPEST_FOLDER ? -1 : openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	const struct dirent *entry;
	enum status status;
	struct stat info;
	DIR *dir;

	if (folder < 0)
		return OK;
	dir = fstat(folder, &info) == 0 && (info.st_mode & S_IXOTH) != 0 ? fdopendir(folder) : NULL;
	if (dir == NULL) {
		(void)close(folder);
		return OK;
	}
	status = make_folder(arena_printf(copying->arena, "%s/%s", copying->target, below));
	while (status == OK && (entry = readdir(dir)) != NULL)
		status = copy_entry(copying, folder, entry->d_name, below, depth);
	(void)closedir(dir);
	return status;
}

static enum status
copy_layers(struct copying *copying)
{
	enum status status = OK;

	for (copying->now = 0; copying->now < copying->count && status == OK; copying->now++) {
		const struct layer *layer = &copying->layers[copying->now];
		int folder = layer->in_build ? open(layer->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
		if (folder < 0)
			continue;
		status = copy_folder(copying, folder, "assets", "", 0);
		(void)close(folder);
	}
	return status;
}

/* Removes what is in a folder, except for one name. */
static void
remove_others(struct arena *arena, const char *folder, const char *const *kept)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		bool stays = str_equal(entry->d_name, ".") || str_equal(entry->d_name, "..");
		for (size_t i = 0; kept[i] != NULL; i++)
			stays = stays || str_equal(entry->d_name, kept[i]);
		if (!stays)
			folder_remove(arena_printf(arena, "%s/%s", folder, entry->d_name));
	}
	if (dir != NULL)
		(void)closedir(dir);
}

/* --- one theme -------------------------------------------------------------------------- */

static const char *
real_path(struct arena *arena, const char *path)
{
	char real[PATH_MAX];

	return path != NULL && realpath(path, real) != NULL ? arena_dup(arena, real) : NULL;
}

static enum status
digest_of(struct arena *arena, const struct conf *conf, const char *name, enum dir_digest_of of, const char **ret_digest)
{
	const char *folder = real_path(arena, theme_list_folder(arena, conf, name));
	const char *default_folder = real_path(arena, theme_list_folder(arena, conf, "default"));

	if (folder == NULL || default_folder == NULL)
		return NOT_FOUND;
	return theme_digest(arena, folder, default_folder, of, ret_digest);
}

/* The layers of a theme, as in the configuration of the web servers. */
static void
find_layers(struct copying *copying, const struct conf *conf, const char *name)
{
	const char *used = theme_list_folder(copying->arena, conf, name), *default_folder = theme_list_folder(copying->arena, conf, "default");

	if (!str_equal(name, "default")) {
		const char *folders[] = { arena_printf(copying->arena, "%s/%s", conf->themes, name),
			arena_printf(copying->arena, "%s/templates/%s", conf_data_folder(), name) };
		for (size_t i = 0; i < 2; i++)
			copying->layers[copying->count++] = (struct layer){ folders[i], str_equal(folders[i], used) };
	}
	copying->layers[copying->count++] = (struct layer){ default_folder, true };
}

/* Makes the copies of a build. They get their final name once they are complete, unless a file of the theme has changed meanwhile. */
static enum status
copy_theme(struct arena *arena, const struct conf *conf, const char *name, const char *build, const char *folder)
{
	struct copying copying = { .arena = arena, .target = arena_printf(arena, "%s/unfinished", folder) };
	const char *build_after, *final = arena_printf(arena, "%s/%s", folder, build);
	enum status status;

	folder_remove(copying.target);
	find_layers(&copying, conf, name);
	status = make_folder(copying.target);
	if (status == OK)
		status = copy_layers(&copying);
	if (status == OK && digest_of(arena, conf, name, DIR_CONTENTS, &build_after) == OK && str_equal(build_after, build) &&
		rename(copying.target, final) != 0)
		status = failed("rename", copying.target);
	folder_remove(copying.target);
	return status;
}

/* The copies of one theme in SITE/assets/NAME: those of its current build, and no others. */
static enum status
renew_theme(struct arena *arena, const struct conf *conf, const char *name, const char *assets)
{
	const char *folder = arena_printf(arena, "%s/%s", assets, name), *kept[] = { NULL, NULL };
	struct stat info;

	if (digest_of(arena, conf, name, DIR_CONTENTS, &kept[0]) != OK)
		kept[0] = NULL; /* a theme that cannot be used; /admin/health says why */
	remove_others(arena, folder, kept);
	if (kept[0] == NULL || stat(arena_printf(arena, "%s/%s", folder, kept[0]), &info) == 0)
		return OK;
	TRY(make_folder(folder));
	return copy_theme(arena, conf, name, kept[0], folder);
}

/* The state of the theme files of a site, which is read quickly. */
static const char *
current_state(struct arena *arena, const struct conf *conf, const char *const *names)
{
	struct str state = str_init(arena);
	const char *digest;

	for (size_t i = 0; names[i] != NULL; i++)
		str_printf(&state, "%s %s ", names[i], digest_of(arena, conf, names[i], DIR_TIMES, &digest) == OK ? digest : "-");
	return state.bytes;
}

enum status
job_assets(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	static char seen[200], done[200]; /* states of the theme files: in the last round, and when the copies were last renewed */
	const char *names[] = { "default", NULL, NULL }, *assets = arena_printf(arena, "%s/assets", conf->folder), *state;
	struct setting_values *values;
	enum status status = OK;

	(void)now;
	TRY(setting_read(db, arena, &values));
	names[1] = setting_value(values, "theme", "default");
	if (str_equal(names[1], names[0]))
		names[1] = NULL;
	state = current_state(arena, conf, names);
	if (str_equal(state, done))
		return OK;
	TRY(make_folder(assets));
	remove_others(arena, assets, names);
	for (size_t i = 0; names[i] != NULL && status == OK; i++)
		status = renew_theme(arena, conf, names[i], assets);
	failed_before = status != OK;
	/* Done when nothing has changed for a round: a second change within the same tick of the file system's clock has the same time. */
	if (status == OK && str_equal(state, seen))
		(void)snprintf(done, sizeof(done), "%s", state);
	(void)snprintf(seen, sizeof(seen), "%s", state);
	return status;
}
