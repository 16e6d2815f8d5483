/* renown doctor: one line for each thing that can be wrong: ok, or what to do. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "command.h"
#include "core/clock.h"
#include "core/str.h"
#include "map.h"
#include "page/publish.h"
#include "page/theme.h"
#include "store/backup.h"
#include "store/inspect.h"
#include "store/media_place.h"
#include "store/media_size.h"
#include "store/migrate.h"
#include "work.h"

enum { SHOWN = 5, LEAST_FREE_MIB = 200, ORPHAN_AGE = 60 * 60 };

/* No file of a site is older than the program that makes it. */
static const int64_t earliest_clock = 1735689600; /* 2025-01-01 */

struct doctor {
	struct context *context;
	bool clean;          /* remove what nothing needs */
	int findings;
};

static void
well(const char *what, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void
ill(struct doctor *doctor, const char *what, const char *format, ...) __attribute__((format(printf, 3, 4)));

__attribute__((format(printf, 2, 0))) static void
line(const char *what, const char *format, va_list arguments)
{
	struct arena *arena = arena_new();

	say("%-12s %s\n", what, arena_vprintf(arena, format, arguments));
	arena_free(arena);
}

static void
well(const char *what, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	line(what, format, arguments);
	va_end(arguments);
}

static void
ill(struct doctor *doctor, const char *what, const char *format, ...)
{
	va_list arguments;

	doctor->findings++;
	va_start(arguments, format);
	line(what, format, arguments);
	va_end(arguments);
}

/* --- the machine ----------------------------------------------------------------------- */

static void
check_clock(struct doctor *doctor)
{
	if (doctor->context->now < earliest_clock)
		ill(doctor, "clock", "The clock says %s; set it, since what is published would not be due.",
			show_time(doctor->context->arena, doctor->context->now));
	else
		well("clock", "ok");
}

static void
check_space(struct doctor *doctor)
{
	struct statvfs space;
	long long free_mib;

	if (statvfs(doctor->context->folder, &space) != 0)
		return;
	free_mib = (long long)((unsigned long long)space.f_bavail * space.f_frsize / (1024 * 1024));
	if (free_mib < LEAST_FREE_MIB)
		ill(doctor, "space", "%lld MiB are free where the site lies; make room before the store cannot grow.", free_mib);
	else
		well("space", "ok, %lld MiB free", free_mib);
}

/* --- permissions ------------------------------------------------------------------------- */

/* One file or folder: there, ours, and closed to strangers. */
static void
check_path(struct doctor *doctor, const char *what, const char *path, bool is_folder, uid_t owner)
{
	struct stat found;

	if (stat(path, &found) != 0) {
		ill(doctor, what, "%s is missing: %s.", path, is_folder ? "make the folder" : "restore a backup");
		return;
	}
	if (is_folder != S_ISDIR(found.st_mode))
		ill(doctor, what, "%s must be a %s.", path, is_folder ? "folder" : "file");
	else if (found.st_uid != owner)
		ill(doctor, what, "%s belongs to user %u, the site to user %u: chown %u %s", path, (unsigned)found.st_uid,
			(unsigned)owner, (unsigned)owner, path);
	else if (found.st_mode & S_IWOTH)
		ill(doctor, what, "%s can be written by everyone: chmod o-w %s", path, path);
	else if (!is_folder && (found.st_mode & S_IROTH))
		ill(doctor, what, "%s can be read by everyone: chmod o-r %s", path, path);
	else if (access(path, R_OK | W_OK | (is_folder ? X_OK : 0)) != 0)
		ill(doctor, what, "%s cannot be read and written by the user who runs this: %s.", path, strerror(errno));
	else
		well(what, "ok");
}

static void
check_paths(struct doctor *doctor)
{
	struct context *context = doctor->context;
	struct arena *arena = context->arena;
	struct stat found;
	uid_t owner = stat(context->conf.store, &found) == 0 ? found.st_uid : geteuid();
	const char *log = arena_printf(arena, "%s/log", context->folder);
	const char *run = arena_printf(arena, "%s/run", context->folder);
	const char *slash = strrchr(context->conf.store, '/');

	check_path(doctor, "store", context->conf.store, false, owner);
	/* SQLite makes its journal beside the store. */
	check_path(doctor, "store folder", arena_bytes(arena, context->conf.store,
		(size_t)(slash - context->conf.store) + (slash == context->conf.store)), true, owner);
	check_path(doctor, "media", context->conf.media, true, owner);
	if (access(log, F_OK) == 0)
		check_path(doctor, "log", log, true, owner);
	if (access(run, F_OK) == 0)
		check_path(doctor, "run", run, true, owner);
}

/* --- configuration ------------------------------------------------------------------------- */

static void
check_theme(struct doctor *doctor)
{
	const char *problem = "the theme cannot be read";
	struct theme *theme;

	if (theme_open(doctor->context->conf.theme, conf_data_folder(), &theme, &problem) != OK) {
		ill(doctor, "theme", "%s", problem);
		return;
	}
	theme_close(theme);
	well("theme", "ok");
}

/* --- the store --------------------------------------------------------------------------- */

static void
check_integrity(struct doctor *doctor)
{
	const char *report = "";
	enum status status = backup_check(doctor->context->db, doctor->context->arena, &report);

	if (status != OK)
		ill(doctor, "integrity", "The store could not be looked through (%s); run doctor again.", status_name(status));
	else if (*report != '\0')
		ill(doctor, "integrity", "The store is damaged: restore a backup. %s", report);
	else
		well("integrity", "ok");
}

static void
check_contents(struct doctor *doctor)
{
	struct context *context = doctor->context;
	struct inspection found;
	enum status status = inspect_store(context->db, publish_version(context->arena, &context->conf), context->now, &found);

	if (status != OK) {
		ill(doctor, "posts", "The posts could not be counted (%s).", status_name(status));
		return;
	}
	if (found.textless > 0)
		ill(doctor, "posts", "%" PRId64 " posts have no text: restore a backup.", found.textless);
	else
		well("posts", "ok, %" PRId64, found.posts);
	if (found.stale > 0)
		ill(doctor, "rendering", "%" PRId64 " posts were rendered by another version, or for another path in base_url: renown render",
			found.stale);
	else
		well("rendering", "ok");
	if (found.indexed != found.published)
		ill(doctor, "search", "The search index holds %" PRId64 " posts of %" PRId64 ": renown render --all", found.indexed,
			found.published);
	else
		well("search", "ok");
	if (found.miscounted > 0)
		ill(doctor, "tags", "%" PRId64 " tags count their posts wrong: report this, and save one of their posts again.",
			found.miscounted);
	else
		well("tags", "ok");
	if (found.late > 0)
		ill(doctor, "last change", "The last change lies in the future: the clock is or was wrong.");
}

/* --- media -------------------------------------------------------------------------------- */

struct media_check {
	struct doctor *doctor;
	struct arena *arena;
	struct map *known; /* path of every row */
	int64_t rows, missing, wrong, orphans, removed, sizeless;
};

/* The smaller sizes of a picture, beside it. */
struct sizes {
	struct media_check *check;
	struct arena *arena;
	const char *path; /* of the picture */
};

static enum status
know_size(void *context, const char *path)
{
	const struct sizes *sizes = context;
	struct media_check *check = sizes->check;
	const char *place = arena_printf(check->arena, "%s%s", str_starts(sizes->path, MEDIA_CLOSED) ? MEDIA_CLOSED : "", path);

	(void)map_put(check->known, place, check);
	if (access(arena_printf(sizes->arena, "%s/%s", check->doctor->context->conf.media, place), F_OK) != 0 && check->sizeless++ < SHOWN)
		ill(check->doctor, "media size", "%s is missing: renown doctor --clean has it made again.", place);
	return OK;
}

/* The first few are named, the rest counted. */
static enum status
check_media_row(void *context, struct arena *arena, void *row)
{
	struct media_check *check = context;
	const struct media *media = row;
	const char *path = arena_dup(check->arena, media_place(arena, check->doctor->context->conf.media, media));
	struct stat found;

	check->rows++;
	(void)map_put(check->known, path, check);
	(void)media_each_size(arena, media, know_size, &(struct sizes){ check, arena, path });
	if (stat(arena_printf(arena, "%s/%s", check->doctor->context->conf.media, path), &found) != 0) {
		if (check->missing++ < SHOWN)
			ill(check->doctor, "media file", "%s (%s) is missing: bring it back from a backup, or import its post again with --force.",
				path, media->name);
	} else if (found.st_size != media->bytes) {
		if (check->wrong++ < SHOWN)
			ill(check->doctor, "media file", "%s (%s) has %lld bytes instead of %" PRId64 ": bring it back from a backup.",
				path, media->name, (long long)found.st_size, media->bytes);
	}
	return OK;
}

static void
meet_file(struct media_check *check, int folder, const char *name, const char *path)
{
	struct stat found;

	if (map_get(check->known, path) != NULL || fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	/* A young one may belong to an import that is just running. */
	if (S_ISDIR(found.st_mode) || found.st_mtime > check->doctor->context->now - ORPHAN_AGE)
		return;
	if (check->doctor->clean && unlinkat(folder, name, 0) == 0)
		check->removed++;
	else if (check->orphans++ < SHOWN)
		ill(check->doctor, "orphan", "%s/%s belongs to no post: renown doctor --clean removes such files.",
			check->doctor->context->conf.media, path);
}

/* The media folder and the folders in it. */
static void
walk_media(struct media_check *check, const char *below)
{
	const char *path = arena_printf(check->arena, "%s/%s", check->doctor->context->conf.media, below), *closed = "closed";
	DIR *folder = opendir(path);
	const struct dirent *found;

	while (folder != NULL && (found = readdir(folder)) != NULL) {
		const char *name = found->d_name;
		if (name[0] == '.')
			continue;
		meet_file(check, dirfd(folder), name, *below == '\0' ? name : arena_printf(check->arena, "%s/%s", below, name));
		if ((*below == '\0' || str_equal(below, closed)) && strlen(name) == 2)
			walk_media(check, *below == '\0' ? name : arena_printf(check->arena, "%s/%s", below, name));
	}
	if (folder != NULL)
		(void)closedir(folder);
}

/* What is not for everybody must not lie where everybody may take it. */
static void
check_places(struct doctor *doctor)
{
	struct context *context = doctor->context;
	int64_t count = 0, moved = 0;
	enum status status = doctor->clean ? media_put_right(context->db, context->conf.media, context->now, true, &moved) : OK;

	if (status == OK)
		status = media_count_misplaced(context->db, context->now, &count);
	if (status != OK)
		ill(doctor, "media gate", "The files could not be looked at (%s).", status_name(status));
	else if (count > 0)
		ill(doctor, "media gate", "%" PRId64 " files lie open though their posts are not for everybody: renown doctor --clean closes them.", count);
	else
		well("media gate", "ok");
	if (work_sizes_program() == NULL)
		well("sizes", "ok, but vipsthumbnail is not installed: pictures are sent as large as they are");
	else
		well("sizes", "ok");
}

static void
check_media(struct doctor *doctor)
{
	struct media_check check = { .doctor = doctor, .arena = arena_new() };
	int before = doctor->findings;
	enum status status;

	check.known = map_new(check.arena);
	status = media_each(doctor->context->db, check_media_row, &check);
	if (status == OK) {
		walk_media(&check, "");
		walk_media(&check, "closed");
		check_places(doctor);
		if (doctor->clean && check.sizeless > 0)
			(void)media_forget_sizes(doctor->context->db);
	} else
		ill(doctor, "media files", "The list of files could not be read (%s).", status_name(status));
	if (check.missing > SHOWN || check.wrong > SHOWN || check.orphans > SHOWN)
		ill(doctor, "media files", "In all %" PRId64 " are missing, %" PRId64 " have another length, %" PRId64 " belong to nothing.",
			check.missing, check.wrong, check.orphans);
	if (check.removed > 0)
		well("media files", "%" PRId64 " files that belonged to nothing were removed", check.removed);
	if (doctor->findings == before)
		well("media files", "ok, %" PRId64, check.rows);
	arena_free(check.arena);
}

/* --- all ------------------------------------------------------------------------------------ */

static const char *
take_clean(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	(void)argument;
	*(bool *)state = true;
	return NULL;
}

static int
doctor_command(struct context *context, int argc, char **argv)
{
	static const struct option options[] = { { "clean", no_argument, NULL, 'c' }, { 0 } };
	struct doctor doctor = { .context = context };
	const char *problem = "";
	char **words;
	int result = read_options(context, argc, argv, options, take_clean, &doctor.clean, 0, 0, &words);

	if (result != DONE)
		return result;
	if (conf_read(context->arena, context->folder, &context->conf, &problem) != OK) {
		say("%-12s %s\n", "config", problem);
		return CONFIGURATION;
	}
	well("config", "ok");
	if (become_owner(context->conf.store) != DONE)
		return FAILED;
	check_clock(&doctor);
	check_space(&doctor);
	check_paths(&doctor);
	check_theme(&doctor);
	if (db_open(context->conf.store, DB_TOOL, &context->db, &problem) != OK) {
		ill(&doctor, "schema", "%s: %s", context->conf.store, problem);
		return FAILED;
	}
	well("schema", "ok, %d", migrate_version());
	check_integrity(&doctor);
	if (!db_is_broken(context->db)) {
		check_contents(&doctor);
		check_media(&doctor);
	}
	return doctor.findings == 0 ? DONE : FAILED;
}

const struct command doctor_commands[] = {
	{ "doctor", NULL, "[--clean]", "Looks at everything that can be wrong with the site, and says what to do.",
		doctor_command, NEEDS_NOTHING },
	{ 0 },
};
