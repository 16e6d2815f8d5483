/* When root runs a command, the process becomes the user that the site belongs to. All commands go through this file. */
#include "site_user.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "caller.h"
#include "core/path_owner.h"
#include "core/str.h"
#include "store/db/db_location.h"

enum { FOLDER_MODE = 0750, GROUPS_MAX = 1024 };

/* --- becoming another user ------------------------------------------------------------------ */

/* Keeps only these variables of root's environment. Others could be secrets, or point into root's files. */
static void
clean_environment(struct arena *arena, const struct passwd *user)
{
	static const char *const kept[] = { "RENOWN_DATA", "RENOWN_LOCALE", "PATH", "TERM", "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "TZ" };
	const char *values[sizeof(kept) / sizeof(*kept)];

	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		const char *value = getenv(kept[i]);
		values[i] = value == NULL ? NULL : arena_dup(arena, value);
	}
	(void)clearenv();
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (values[i] != NULL)
			(void)setenv(kept[i], values[i], 1);
	(void)setenv("HOME", user == NULL ? "/" : user->pw_dir, 1);
	if (user != NULL) {
		(void)setenv("USER", user->pw_name, 1);
		(void)setenv("LOGNAME", user->pw_name, 1);
	}
}

static bool
is_member(const struct passwd *user, gid_t group)
{
	gid_t groups[GROUPS_MAX];
	int count = GROUPS_MAX;

	if (user == NULL || getgrouplist(user->pw_name, user->pw_gid, groups, &count) < 0)
		return false;
	for (int i = 0; i < count; i++)
		if (groups[i] == group)
			return true;
	return false;
}

/*
 * The group that new files get. It is the folder's group (usually the web server's) if the user is a member of it, or
 * if root made the folder and so chose its group. Otherwise it is the user's own group, because a folder that another
 * user made can have inherited a group that its owner is not in. Group 0 is never taken from a folder: it may have
 * access that the user does not have.
 */
static bool
find_group(const struct passwd *user, const struct path_owner *folder, gid_t *ret_group)
{
	gid_t group = folder->found.st_gid;

	if (group != 0 && (folder->names == PATH_ROOT || is_member(user, group)))
		*ret_group = group;
	else if (user != NULL)
		*ret_group = user->pw_gid;
	else
		return false;
	return true;
}

/*
 * Protects what a program must not get that is started later as the site's user. Descriptors that were left open are
 * closed on exec. A terminal is opened again for writing only, so that the program cannot read from it through the
 * descriptors for messages.
 */
static bool
close_files(void)
{
	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
		char name[64];
		int terminal;
		if (ttyname_r(fd, name, sizeof(name)) != 0)
			continue;
		terminal = open(name, O_WRONLY | O_NOCTTY | O_CLOEXEC);
		if (terminal < 0 || dup2(terminal, fd) < 0)
			return false;
		(void)close(terminal);
	}
	return close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0;
}

/* True when all user and group ids have these values and the process cannot become root again. */
static bool
has_become(uid_t user, gid_t group)
{
	uid_t uids[3];
	gid_t gids[3];

	if (getresuid(&uids[0], &uids[1], &uids[2]) != 0 || getresgid(&gids[0], &gids[1], &gids[2]) != 0)
		return false;
	for (int i = 0; i < 3; i++)
		if (uids[i] != user || gids[i] != group)
			return false;
	return setuid(0) != 0 && seteuid(0) != 0 && setresuid((uid_t)-1, 0, (uid_t)-1) != 0 && (group == 0 || (setgid(0) != 0 && setegid(0) != 0));
}

static int
become(struct arena *arena, const struct path_owner *folder)
{
	uid_t id = folder->found.st_uid;
	const struct passwd *user = getpwuid(id);
	bool is_closed = close_files();
	gid_t group;

	if (!find_group(user, folder, &group))
		return fail("The site belongs to user %u, who has no entry in /etc/passwd, and its group is not one of theirs. Create the user, or "
			"give the folder a group as root: chgrp.", (unsigned)id);
	if ((user == NULL ? setgroups(0, NULL) : initgroups(user->pw_name, user->pw_gid)) != 0 || setresgid(group, group, group) != 0 ||
		setresuid(id, id, id) != 0 || !has_become(id, group))
		return fail("The site belongs to user %u, but this program could not become that user.", (unsigned)id);
	/*
	 * Other processes of that user must not be able to attach to this one: it was started by root and has files open
	 * that root named.
	 */
	if (!is_closed || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return fail("This program could not protect itself: %s.", strerror(errno));
	clean_environment(arena, user);
	return DONE;
}

/* --- the site's folder ------------------------------------------------------------------------ */

bool
site_user_is_given(const struct context *context)
{
	return !str_empty(context->given) || !str_empty(getenv("RENOWN_SITE"));
}

/* The site's folder as it was given. The same order as conf_find_site(), but no link is followed. */
static const char *
site_word(const struct context *context)
{
	const char *word = context->given, *environment = getenv("RENOWN_SITE");

	if (str_empty(word))
		word = environment;
	if (!str_empty(word))
		return word;
	/* Without --site and $RENOWN_SITE, a new site is created in the current folder. */
	return context->command->needs == NEEDS_NEW_FOLDER || access("renown.conf", F_OK) == 0 ? "." : "/etc/renown";
}

/* The first folder on the path that this process cannot enter, or the path itself. */
static const char *
blocked_folder(struct arena *arena, const char *path)
{
	for (const char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		const char *folder = arena_bytes(arena, path, (size_t)(slash - path));
		if (access(folder, X_OK) != 0)
			return folder;
	}
	return path;
}

/* Checks that the path still leads to the folder that was checked, also for the user that this process has become. */
static int
check_path(struct context *context, const struct path_owner *found)
{
	struct stat now;

	if (stat(context->folder, &now) != 0)
		return fail("The site belongs to %s, who cannot enter %s: %s. Move the site, or open that folder: chmod o+x %s",
			path_user_name(context->arena, found->found.st_uid), blocked_folder(context->arena, context->folder), strerror(errno),
			blocked_folder(context->arena, context->folder));
	if (now.st_dev != found->found.st_dev || now.st_ino != found->found.st_ino)
		return fail("%s was replaced while it was being opened; nothing was done.", context->folder);
	return DONE;
}

/* Explains why root cannot work in this folder, judged by its owner. NULL when it can. */
static const char *
folder_problem(struct arena *arena, const struct path_owner *found)
{
	if (found->links != PATH_ROOT && (found->found.st_uid == 0 || found->links != found->found.st_uid))
		return arena_printf(arena, "%s is a symbolic link that another user can change, so root does not follow it. Name the folder that it leads to.",
			found->link);
	if (found->found.st_uid == 0 && !path_is_roots(found))
		return arena_printf(arena, "%s belongs to root, but other users can change it or put another folder in its place, so root does not use it. "
			"Close it and the folders above it for writing, or give the site to a user of its own: chown -R USER %s", found->path, found->path);
	return NULL;
}

static int
enter(struct context *context, const struct path_owner *found)
{
	const char *problem = folder_problem(context->arena, found);
	int number, result;

	if (problem != NULL)
		return fail("%s", problem);
	if (found->found.st_uid == 0)
		return DONE;
	number = caller_keep_root(context->caller);
	if (number != 0)
		return fail("The process that stays root could not be started: %s.", strerror(number));
	result = become(context->arena, found);
	if (result == DONE)
		result = check_path(context, found);
	/* A program that is started from here must not have one of root's folders as its working directory. */
	if (result == DONE && chdir(context->folder) != 0)
		result = fail("%s cannot be entered: %s.", context->folder, strerror(errno));
	return result;
}

/*
 * Lets root create the site's folder as the owner of its parent folder. Root itself creates it only where no other user
 * can change the result.
 */
static int
prepare_folder(struct context *context, const struct path_owner *holder)
{
	const char *problem;

	if (holder->found.st_uid == 0)
		return path_is_roots(holder) || (holder->names == PATH_ROOT && (holder->found.st_mode & S_ISVTX)) ? DONE
			: fail("Other users can change what %s leads to, so root does not create a site there.", context->folder);
	problem = folder_problem(context->arena, holder);
	return problem != NULL ? fail("%s", problem) : become(context->arena, holder);
}

static int
make_folder(struct context *context, const struct path_owner *holder)
{
	int result = geteuid() == 0 ? prepare_folder(context, holder) : DONE;

	if (result == DONE && mkdir(context->folder, FOLDER_MODE) != 0 && errno != EEXIST)
		result = fail("The folder %s cannot be created: %s.", context->folder, strerror(errno));
	return result;
}

int
site_user_enter(struct context *context)
{
	const char *word = site_word(context);
	bool makes = context->command->needs == NEEDS_NEW_FOLDER;
	struct path_owner found;
	int result = DONE, number = path_owner_find(context->arena, word, &found);

	context->folder = number == 0 ? found.path : word;
	if (number == 0 && found.missing && makes) {
		result = make_folder(context, &found);
		number = result == DONE ? path_owner_find(context->arena, context->folder, &found) : 0;
	}
	if (result != DONE)
		return result;
	if (number == 0 && !found.missing && !S_ISDIR(found.found.st_mode))
		number = ENOTDIR;
	if (number == 0 && found.missing)
		number = ENOENT;
	if (number != 0 && makes)
		return fail("The folder %s cannot be created: %s.", context->folder, number == ENOTDIR ? "a file has that name" : strerror(number));
	if (number != 0) {
		(void)fail("%s cannot be opened: %s. Run `renown init`, or name the site's folder with --site.", context->folder, strerror(number));
		return CONFIGURATION;
	}
	return geteuid() == 0 ? enter(context, &found) : DONE;
}

/* --- where root stays root ------------------------------------------------------------------------ */

static const char *
belongs(struct arena *arena, const char *path, const struct path_owner *found, const char *folder)
{
	uid_t user = found->found.st_uid != 0 ? found->found.st_uid : found->names;
	const char *name = user == PATH_ROOT || user == PATH_MANY ? "USER" : path_user_name(arena, user);

	if (user == PATH_ROOT)
		return arena_printf(arena, "%s can write to %s, so root does not use it. Run: chmod go-w %s",
			found->found.st_mode & S_IWOTH ? "Everyone" : "The group", path, path);
	return arena_printf(arena, "The site's folder belongs to root, but another user can change %s, so root does not use it. "
		"Give the whole site to one user: chown -R %s %s", path, name, folder);
}

/*
 * Explains why root cannot use a path, or NULL. If the path does not exist, the folder in which it would be created is
 * checked.
 */
static const char *
path_problem(struct arena *arena, const char *folder, const char *path)
{
	struct path_owner found;

	if (path == NULL || path_owner_find(arena, path, &found) != 0)
		return NULL;
	return path_is_roots(&found) ? NULL : belongs(arena, path, &found, folder);
}

static const char *
conf_problem(struct arena *arena, const char *folder, const struct conf *conf)
{
	const char *const paths[] = { db_file(arena, conf, 0), conf->media, conf->themes, conf->mail_transport == MAIL_SMTP ? NULL : conf->mail, conf->mail_login, conf->mail_ca };
	const char *problem = NULL;

	for (size_t i = 0; problem == NULL && i < sizeof(paths) / sizeof(*paths); i++)
		problem = path_problem(arena, folder, paths[i]);
	return problem;
}

const char *
site_user_problem(struct arena *arena, const char *folder, const struct conf *conf)
{
	const struct dirent *entry;
	const char *problem = NULL;
	DIR *all;

	if (geteuid() != 0)
		return NULL;
	all = opendir(folder);
	while (all != NULL && problem == NULL && (entry = readdir(all)) != NULL)
		if (!str_equal(entry->d_name, ".") && !str_equal(entry->d_name, ".."))
			problem = path_problem(arena, folder, arena_printf(arena, "%s/%s", folder, entry->d_name));
	if (all != NULL)
		(void)closedir(all);
	return problem == NULL && conf != NULL ? conf_problem(arena, folder, conf) : problem;
}

enum status
site_user_read_conf(struct context *context, const char **ret_problem)
{
	const char *problem = site_user_problem(context->arena, context->folder, NULL);

	if (problem == NULL) {
		TRY(conf_read(context->arena, context->folder, &context->conf, ret_problem));
		problem = site_user_problem(context->arena, context->folder, &context->conf);
	}
	if (problem == NULL)
		return OK;
	*ret_problem = problem;
	return FORBIDDEN;
}
