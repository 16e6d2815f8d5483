#include "page/health/health.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/folder_access.h"
#include "core/str.h"
#include "page/health/health_result.h"
#include "page/lang/lang.h"
#include "page/theme/theme_list.h"
#include "store/db/db_location.h"
#include "store/maintenance/integrity.h"
#include "store/job/backup_job.h"
#include "store/setting/setting.h"

/* CLOCK_SECONDS: smaller differences of the clock are ignored. */
enum { LEAST_FREE_MIB = 200, CLOCK_SECONDS = 60 };

/* No site is older than this program, so an earlier clock is wrong. */
static const int64_t earliest_clock = 1735689600; /* 2025-01-01 */

const char health_full_check_name[] = "database and files";

void
health_ok(struct health *health, const char *check, const char *message, ...)
{
	struct health_result health_result;
	va_list arguments;

	va_start(arguments, message);
	health_result = health_result_take(health->arena, check, message, arguments);
	va_end(arguments);
	health->on_result(health->context, check, false, health_result_text(health->arena, &health_result));
}

void
health_problem(struct health *health, const char *check, const char *message, ...)
{
	struct health_result health_result;
	va_list arguments;

	health->problems++;
	va_start(arguments, message);
	health_result = health_result_take(health->arena, check, message, arguments);
	va_end(arguments);
	if (health->report != NULL)
		health_result_write(health->report, &health_result);
	health->on_result(health->context, check, true, health_result_text(health->arena, &health_result));
}

char *
health_size(struct arena *arena, int64_t bytes)
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB" };
	double size = (double)bytes / 1024;
	size_t unit = 0;

	while (size >= 1000 && unit + 1 < sizeof(units) / sizeof(*units)) {
		size /= 1024;
		unit++;
	}
	return arena_printf(arena, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
}

int64_t
health_space(const struct conf *conf)
{
	struct statvfs space;

	if (statvfs(conf->folder, &space) != 0)
		return -1;
	return (int64_t)((unsigned long long)space.f_bavail * space.f_frsize);
}

/* --- the machine ----------------------------------------------------------------------- */

static void
check_clock(struct health *health)
{
	if (health->now < earliest_clock)
		health_problem(health, N_("Clock"), N_("The clock shows %s. Set it correctly, or published posts won't appear on time."),
			clock_local(health->arena, health->now));
	else
		health_ok(health, N_("Clock"), N_("OK"));
}

void
health_newest(struct health *health)
{
	int64_t newest;

	if (integrity_newest(health->db, &newest) != OK)
		return; /* the checks of the database report why */
	if (newest > health->now + CLOCK_SECONDS)
		health_problem(health, N_("Newest entry"), N_("The clock shows %s, but something was saved at %s: the clock is wrong now, or was "
			"wrong then. Until that time, posts that were published in between are hidden, and codes from authenticator apps may be "
			"rejected; recovery codes work. Set the clock correctly."),
			clock_local(health->arena, health->now), clock_local(health->arena, newest));
	else
		health_ok(health, N_("Newest entry"), N_("OK"));
}

static void
check_space(struct health *health)
{
	long long free_mib = (long long)health_space(health->conf) / (1024 * 1024);

	if (health_space(health->conf) < 0)
		return;
	if (free_mib < LEAST_FREE_MIB)
		health_problem(health, N_("Disk space"), N_("Only %lld MiB left on the site's disk. Free up space before the database runs out of room."), free_mib);
	else
		health_ok(health, N_("Disk space"), N_("OK, %lld MiB free"), free_mib);
}

/* --- permissions ------------------------------------------------------------------------- */

/* The web server's group needs neither the configuration nor the database. Both contain passwords and keys. */
static bool
is_open_to_group(const struct stat *found, uid_t owner)
{
	/* If another user owns the configuration, this process reads it through the group. */
	return found->st_uid == owner && (found->st_mode & (S_IRGRP | S_IWGRP)) != 0;
}

/* Checks a file that may be missing. */
static void
check_closed(struct health *health, const char *what, const char *path, uid_t owner)
{
	struct stat found;

	if (stat(path, &found) != 0)
		return;
	if (found.st_mode & (S_IROTH | S_IWOTH))
		health_problem(health, what, N_("Everyone can read %s. Run: chmod o-r %s"), path, path);
	else if (is_open_to_group(&found, owner))
		health_problem(health, what, N_("The web server can read %s, because it is in the file's group. Run: chmod 600 %s"), path, path);
}

/* Checks that a file or folder exists, belongs to the site's user, and is closed to other users. */
static void
check_path(struct health *health, const char *what, const char *path, bool is_folder, uid_t owner)
{
	const char *closed = folder_access_denied(health->arena, path);
	struct stat found;

	if (closed != NULL) {
		health_problem(health, what, N_("%s can't be reached, because the folder %s is closed to the user %s. Use another folder, or run: "
			"chmod o+x %s"),
			path, closed, folder_access_user(health->arena), closed);
		return;
	}
	if (stat(path, &found) != 0) {
		health_problem(health, what, is_folder ? N_("%s is missing. Create this folder.") : N_("%s is missing. Restore it from a backup."), path);
		return;
	}
	if (is_folder != S_ISDIR(found.st_mode))
		health_problem(health, what, is_folder ? N_("%s must be a folder.") : N_("%s must be a file."), path);
	else if (found.st_uid != owner && owner == 0)
		health_problem(health, what, N_("%s is owned by user %u, but the site's folder by root. Give the whole site to one user, for example "
			"with: chown -R %u %s"), path,
			(unsigned)found.st_uid, (unsigned)found.st_uid, health->conf->folder);
	else if (found.st_uid != owner)
		health_problem(health, what, N_("%s is owned by user %u, but the site by user %u. Run: chown %u %s"), path, (unsigned)found.st_uid,
			(unsigned)owner, (unsigned)owner, path);
	else if (found.st_mode & S_IWOTH)
		health_problem(health, what, N_("Everyone can write to %s. Run: chmod o-w %s"), path, path);
	else if (!is_folder && (found.st_mode & S_IROTH))
		health_problem(health, what, N_("Everyone can read %s. Run: chmod o-r %s"), path, path);
	else if (!is_folder && is_open_to_group(&found, owner))
		health_problem(health, what, N_("The web server can read %s, because it is in the file's group. Run: chmod 600 %s"), path, path);
	else if (access(path, R_OK | W_OK | (is_folder ? X_OK : 0)) != 0)
		health_problem(health, what, N_("%s can't be read and written by the current user: %s."), path, strerror(errno));
	else
		health_ok(health, what, N_("OK"));
}

/* The user that the site belongs to: the folder's owner or, if that is root, the owner of the database. */
static uid_t
site_owner(const struct conf *conf)
{
	struct stat found;
	uid_t owner;

	if (stat(conf->folder, &found) == 0 && found.st_uid != 0)
		return found.st_uid;
	return db_owner(conf, &owner) ? owner : geteuid();
}

/*
 * Finds logs or a cache of a web server in the site's folder. Its master process opens them as root, and the site's
 * user could replace them by links. Only ./bootstrap serve, where one user runs everything, keeps them in the site's
 * folder.
 */
static void
check_web_server(struct health *health, uid_t owner)
{
	static const char *const names[] = { "log/access.log", "log/error.log", "run/cache" };
	struct stat found;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *path = arena_printf(health->arena, "%s/%s", health->conf->folder, names[i]);
		bool is_closed = false;
		if (owner == 0)
			break;
		/* The site's user can replace even a folder that they cannot enter, because it is inside the site's folder. */
		if (lstat(path, &found) != 0 && !(is_closed = errno == EACCES))
			continue;
		if (!is_closed && found.st_uid == owner)
			continue;
		health_problem(health, N_("Logs and cache"), N_("%s was created by a web server that starts as root, and the site's user can replace "
			"it with a link to any file. Generate the web server's configuration again with conf/generate, reload it, and delete "
			"%s."), path, path);
		return;
	}
	health_ok(health, N_("Logs and cache"), N_("OK"));
}

static void
check_paths(struct health *health)
{
	struct arena *arena = health->arena;
	uid_t owner = site_owner(health->conf);
	const char *run = arena_printf(arena, "%s/run", health->conf->folder);

	check_path(health, N_("Database"), db_file(arena, health->conf, 0), false, owner);
	for (size_t i = 1; i < DB_FILES; i++)
		check_closed(health, N_("Database"), db_file(arena, health->conf, i), owner);
	check_closed(health, N_("Configuration"), arena_printf(arena, "%s/renown.conf", health->conf->folder), owner);
	/* SQLite creates its journal beside the database. */
	check_path(health, N_("Database folder"), db_folder(arena, health->conf), true, owner);
	check_path(health, N_("Media folder"), health->conf->media, true, owner);
	if (access(run, F_OK) == 0)
		check_path(health, N_("Runtime folder"), run, true, owner);
	check_web_server(health, owner);
}

/* --- configuration ------------------------------------------------------------------------- */

void
health_theme(struct health *health)
{
	const char *problem = "the theme cannot be read";
	struct setting_values *values;
	struct theme *theme;

	if (setting_read(health->db, health->arena, &values) != OK)
		return; /* the checks of the database report why */
	if (theme_list_open(health->arena, health->conf, setting_value(values, "theme", ""), NULL, &theme, &problem) != OK) {
		health_problem(health, N_("Theme"), "%s", problem);
		return;
	}
	theme_close(theme);
	health_ok(health, N_("Theme"), N_("OK"));
}

/* --- all ------------------------------------------------------------------------------------ */

void
health_machine(struct health *health)
{
	check_clock(health);
	check_space(health);
	check_paths(health);
	if (health->db == NULL)
		return;
	health_newest(health);
	health_theme(health);
}

enum status
health_full_check(struct health *health)
{
	struct str report = str_init(health->arena);
	enum status status;

	health->report = &report;
	health_store(health);
	if (!db_is_broken(health->db))
		health_media(health);
	health->report = NULL;
	if (db_is_broken(health->db))
		return BROKEN;
	status = db_begin_private(health->db);
	if (status == OK)
		status = health_check_save(health->db, health_full_check_name, report.bytes, health->media_bytes, health->now);
	if (status == OK)
		status = db_commit(health->db);
	db_end(health->db);
	return status;
}
