/* Checks that the media folder holds the files that the database lists, and no others. */
#include "page/health/health.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/subprocess.h"
#include "core/folder_access.h"
#include "core/map.h"
#include "core/str.h"
#include "page/lang/lang.h"
#include "store/media/media_visibility.h"
#include "store/media/media_variant.h"

enum { SHOWN = 5, ORPHAN_AGE = 60 * 60 };

struct media_check {
	struct health *health;
	struct arena *arena;
	struct map *known; /* the path of every file in the database */
	int64_t rows, missing, wrong, orphans, removed, without_sizes;
};

/* Arguments for know_size(): the smaller sizes of an image, which are beside it. */
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
	const char *place = arena_printf(check->arena, "%s%s", str_starts(sizes->path, MEDIA_PRIVATE) ? MEDIA_PRIVATE : "", path);

	(void)map_put(check->known, place, check);
	if (access(arena_printf(sizes->arena, "%s/%s", check->health->conf->media, place), F_OK) != 0 && check->without_sizes++ < SHOWN)
		health_problem(check->health, N_("Image size"), N_("%s is missing. To create it again, run: renown doctor --clean"), place);
	return OK;
}

/* Reports the first problems one by one; the others are only counted. */
static enum status
check_media_row(void *context, struct arena *arena, void *row)
{
	struct media_check *check = context;
	const struct media *media = row;
	const char *path = arena_dup(check->arena, media_visibility_path(arena, check->health->conf->media, media));
	const char *whole = arena_printf(arena, "%s/%s", check->health->conf->media, path), *closed;
	struct stat found;

	check->rows++;
	check->health->media_bytes += media->bytes;
	(void)map_put(check->known, path, check);
	(void)media_each_size(arena, media, know_size, &(struct sizes){ check, arena, path });
	if (stat(whole, &found) != 0) {
		closed = folder_access_denied(arena, whole);
		if (check->missing++ < SHOWN && closed != NULL)
			health_problem(check->health, N_("Media file"), N_("%s (%s) cannot be reached, because the folder %s is closed to the user %s."),
				path, media->name, closed, folder_access_user(arena));
		else if (check->missing <= SHOWN)
			health_problem(check->health, N_("Media file"), N_("%s (%s) is missing. Restore it from a backup, or import its post again with --force."),
				path, media->name);
	} else if (found.st_size != media->bytes) {
		if (check->wrong++ < SHOWN)
			health_problem(check->health, N_("Media file"), N_("%s (%s) has %lld bytes instead of %lld. Restore it from a backup."),
				path, media->name, (long long)found.st_size, (long long)media->bytes);
	}
	return OK;
}

static void
check_file(struct media_check *check, int folder, const char *name, const char *path)
{
	struct stat found;

	if (map_get(check->known, path) != NULL || fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	/* A new file may belong to an import that is still running. */
	if (S_ISDIR(found.st_mode) || found.st_mtime > check->health->now - ORPHAN_AGE)
		return;
	if (check->health->clean && unlinkat(folder, name, 0) == 0)
		check->removed++;
	else if (check->orphans++ < SHOWN)
		health_problem(check->health, N_("Orphaned file"), N_("%s/%s doesn't belong to any post. To delete such files, run: renown doctor --clean"),
			check->health->conf->media, path);
}

/* Visits the media folder and its folders. */
static void
walk_media(struct media_check *check, const char *below)
{
	const char *path = arena_printf(check->arena, "%s/%s", check->health->conf->media, below), *closed = "closed";
	DIR *folder = opendir(path);
	const struct dirent *found;

	while (folder != NULL && (found = readdir(folder)) != NULL) {
		const char *name = found->d_name;
		if (name[0] == '.')
			continue;
		check_file(check, dirfd(folder), name, *below == '\0' ? name : arena_printf(check->arena, "%s/%s", below, name));
		if ((*below == '\0' || str_equal(below, closed)) && strlen(name) == 2)
			walk_media(check, *below == '\0' ? name : arena_printf(check->arena, "%s/%s", below, name));
	}
	if (folder != NULL)
		(void)closedir(folder);
}

/* Checks that no restricted file is in the public folder. */
static void
check_places(struct health *health)
{
	int64_t count = 0, moved = 0;
	enum status status = health->clean ? media_visibility_repair(health->db, health->conf->media, health->now, true, &moved) : OK;

	if (status == OK)
		status = media_visibility_count_wrong(health->db, health->now, &count);
	if (status != OK)
		health_problem(health, N_("Media access"), N_("The files couldn't be checked (%s)."), status_name(status));
	else if (count > 0)
		health_problem(health, N_("Media access"), N_("%lld files are public although their posts are restricted. To protect them, run: renown doctor --clean"),
			(long long)count);
	else
		health_ok(health, N_("Media access"), N_("OK"));
	if (subprocess_find(health->arena, "vipsthumbnail") == NULL)
		health_ok(health, N_("Image sizes"), N_("OK, but vipsthumbnail is not installed: images are served at full size"));
	else
		health_ok(health, N_("Image sizes"), N_("OK"));
	if (subprocess_find(health->arena, "mediainfo") == NULL)
		health_ok(health, N_("Media durations"), N_("OK, but mediainfo is not installed: readers don't see how long audio and video are"));
	else
		health_ok(health, N_("Media durations"), N_("OK"));
}

void
health_media(struct health *health)
{
	struct media_check check = { .health = health, .arena = arena_new() };
	int before = health->problems;
	enum status status;

	check.known = map_new(check.arena);
	status = media_each(health->db, check_media_row, &check);
	if (status == OK) {
		walk_media(&check, "");
		walk_media(&check, "closed");
		check_places(health);
		if (health->clean && check.without_sizes > 0)
			(void)media_variant_forget(health->db);
	} else
		health_problem(health, N_("Media files"), N_("The list of files couldn't be read (%s)."), status_name(status));
	if (check.missing > SHOWN || check.wrong > SHOWN || check.orphans > SHOWN)
		health_problem(health, N_("Media files"), N_("In total, %lld are missing, %lld have the wrong size and %lld are orphaned."),
			(long long)check.missing, (long long)check.wrong, (long long)check.orphans);
	if (check.removed > 0)
		health_ok(health, N_("Media files"), N_("%lld orphaned files deleted"), (long long)check.removed);
	if (health->problems == before)
		health_ok(health, N_("Media files"), N_("OK (%lld)"), (long long)check.rows);
	arena_free(check.arena);
}
