/* Whether the files of the media folder are those that the store knows. */
#include "page/health.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/map.h"
#include "page/lang.h"
#include "store/media.h"

enum { SHOWN = 5, ORPHAN_AGE = 60 * 60 };

struct media_check {
	struct health *health;
	struct arena *arena;
	struct map *known; /* path of every row */
	int64_t rows, missing, wrong, orphans, removed;
};

/* The first few are named, the rest counted. */
static enum status
check_media_row(void *context, struct arena *arena, void *row)
{
	struct media_check *check = context;
	const struct media *media = row;
	const char *path = arena_dup(check->arena, media_path(arena, media));
	struct stat found;

	check->rows++;
	check->health->media_bytes += media->bytes;
	(void)map_put(check->known, path, check);
	if (stat(arena_printf(arena, "%s/%s", check->health->conf->media, path), &found) != 0) {
		if (check->missing++ < SHOWN)
			health_ill(check->health, N_("media file"), _("%s (%s) is missing: bring it back from a backup, or import its post again with --force."),
				path, media->name);
	} else if (found.st_size != media->bytes) {
		if (check->wrong++ < SHOWN)
			health_ill(check->health, N_("media file"), _("%s (%s) has %lld bytes instead of %lld: bring it back from a backup."),
				path, media->name, (long long)found.st_size, (long long)media->bytes);
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
	if (S_ISDIR(found.st_mode) || found.st_mtime > check->health->now - ORPHAN_AGE)
		return;
	if (check->health->clean && unlinkat(folder, name, 0) == 0)
		check->removed++;
	else if (check->orphans++ < SHOWN)
		health_ill(check->health, N_("orphan"), _("%s/%s belongs to no post: renown doctor --clean removes such files."),
			check->health->conf->media, path);
}

/* The media folder and the folders in it. */
static void
walk_media(struct media_check *check, const char *below)
{
	const char *path = arena_printf(check->arena, "%s/%s", check->health->conf->media, below);
	DIR *folder = opendir(path);
	const struct dirent *found;

	while (folder != NULL && (found = readdir(folder)) != NULL) {
		const char *name = found->d_name;
		if (name[0] == '.')
			continue;
		meet_file(check, dirfd(folder), name, *below == '\0' ? name : arena_printf(check->arena, "%s/%s", below, name));
		if (*below == '\0' && strlen(name) == 2)
			walk_media(check, name);
	}
	if (folder != NULL)
		(void)closedir(folder);
}

void
health_media(struct health *health)
{
	struct media_check check = { .health = health, .arena = arena_new() };
	int before = health->findings;
	enum status status;

	check.known = map_new(check.arena);
	status = media_each(health->db, check_media_row, &check);
	if (status == OK)
		walk_media(&check, "");
	else
		health_ill(health, N_("media files"), _("The list of files could not be read (%s)."), status_name(status));
	if (check.missing > SHOWN || check.wrong > SHOWN || check.orphans > SHOWN)
		health_ill(health, N_("media files"), _("In all %lld are missing, %lld have another length, %lld belong to nothing."),
			(long long)check.missing, (long long)check.wrong, (long long)check.orphans);
	if (check.removed > 0)
		health_well(health, N_("media files"), _("%lld files that belonged to nothing were removed"), (long long)check.removed);
	if (health->findings == before)
		health_well(health, N_("media files"), _("ok, %lld"), (long long)check.rows);
	arena_free(check.arena);
}
