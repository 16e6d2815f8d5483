#include "page/health.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/str.h"
#include "page/finding.h"
#include "page/lang.h"
#include "page/themes.h"
#include "store/db_location.h"
#include "store/keeping.h"
#include "store/setting.h"

enum { LEAST_FREE_MIB = 200 };

/* No file of a site is older than the program that makes it. */
static const int64_t earliest_clock = 1735689600; /* 2025-01-01 */

const char health_checkup_name[] = "store and files";

void
health_well(struct health *health, const char *check, const char *message, ...)
{
	struct finding finding;
	va_list arguments;

	va_start(arguments, message);
	finding = finding_take(health->arena, check, message, arguments);
	va_end(arguments);
	health->tell(health->context, check, false, finding_sentence(health->arena, &finding));
}

void
health_ill(struct health *health, const char *check, const char *message, ...)
{
	struct finding finding;
	va_list arguments;

	health->findings++;
	va_start(arguments, message);
	finding = finding_take(health->arena, check, message, arguments);
	va_end(arguments);
	if (health->report != NULL)
		finding_write(health->report, &finding);
	health->tell(health->context, check, true, finding_sentence(health->arena, &finding));
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
		health_ill(health, N_("clock"), N_("The clock says %s; set it, since what is published would not be due."),
			clock_local(health->arena, health->now));
	else
		health_well(health, N_("clock"), N_("ok"));
}

static void
check_space(struct health *health)
{
	long long free_mib = (long long)health_space(health->conf) / (1024 * 1024);

	if (health_space(health->conf) < 0)
		return;
	if (free_mib < LEAST_FREE_MIB)
		health_ill(health, N_("space"), N_("%lld MiB are free where the site lies; make room before the store cannot grow."), free_mib);
	else
		health_well(health, N_("space"), N_("ok, %lld MiB free"), free_mib);
}

/* --- permissions ------------------------------------------------------------------------- */

/* One file or folder: there, ours, and closed to strangers. */
static void
check_path(struct health *health, const char *what, const char *path, bool is_folder, uid_t owner)
{
	struct stat found;

	if (stat(path, &found) != 0) {
		health_ill(health, what, is_folder ? N_("%s is missing: make the folder.") : N_("%s is missing: restore a backup."), path);
		return;
	}
	if (is_folder != S_ISDIR(found.st_mode))
		health_ill(health, what, is_folder ? N_("%s must be a folder.") : N_("%s must be a file."), path);
	else if (found.st_uid != owner)
		health_ill(health, what, N_("%s belongs to user %u, the site to user %u: chown %u %s"), path, (unsigned)found.st_uid,
			(unsigned)owner, (unsigned)owner, path);
	else if (found.st_mode & S_IWOTH)
		health_ill(health, what, N_("%s can be written by everyone: chmod o-w %s"), path, path);
	else if (!is_folder && (found.st_mode & S_IROTH))
		health_ill(health, what, N_("%s can be read by everyone: chmod o-r %s"), path, path);
	else if (access(path, R_OK | W_OK | (is_folder ? X_OK : 0)) != 0)
		health_ill(health, what, N_("%s cannot be read and written by the user who runs this: %s."), path, strerror(errno));
	else
		health_well(health, what, N_("ok"));
}

static void
check_paths(struct health *health)
{
	struct arena *arena = health->arena;
	uid_t owner = geteuid();
	gid_t group;
	const char *log = arena_printf(arena, "%s/log", health->conf->folder);
	const char *run = arena_printf(arena, "%s/run", health->conf->folder);

	(void)db_owner(health->conf, &owner, &group);
	check_path(health, N_("store"), db_file(health->conf), false, owner);
	/* SQLite makes its journal beside the store. */
	check_path(health, N_("store folder"), db_folder(arena, health->conf), true, owner);
	check_path(health, N_("media"), health->conf->media, true, owner);
	if (access(log, F_OK) == 0)
		check_path(health, N_("log"), log, true, owner);
	if (access(run, F_OK) == 0)
		check_path(health, N_("run"), run, true, owner);
}

/* --- configuration ------------------------------------------------------------------------- */

void
health_theme(struct health *health)
{
	const char *problem = "the theme cannot be read";
	struct setting_values *values;
	struct theme *theme;

	if (setting_read(health->db, health->arena, &values) != OK)
		return; /* the store's own checks say why */
	if (themes_open(health->arena, health->conf, setting_value(values, "theme", ""), &theme, &problem) != OK) {
		health_ill(health, N_("theme"), "%s", problem);
		return;
	}
	theme_close(theme);
	health_well(health, N_("theme"), N_("ok"));
}

/* --- all ------------------------------------------------------------------------------------ */

void
health_machine(struct health *health)
{
	check_clock(health);
	check_space(health);
	check_paths(health);
	if (health->db != NULL)
		health_theme(health);
}

enum status
health_checkup(struct health *health)
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
		status = checkup_save(health->db, health_checkup_name, report.bytes, health->media_bytes, health->now);
	if (status == OK)
		status = db_commit(health->db);
	db_end(health->db);
	return status;
}
