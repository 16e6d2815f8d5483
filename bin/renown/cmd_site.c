/* renown init, migrate and config check: a site and its database schema. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "core/str.h"
#include "page/post/summary.h"
#include "page/theme/theme_list.h"
#include "store/db/db_location.h"
#include "store/db/migrate.h"
#include "store/db/schema.h"

/*
 * The folders are open to the group, which is the web server's. The configuration and the database contain passwords
 * and keys, so nobody else can read them.
 */
enum { FOLDER_MODE = 0750, FILE_MODE = 0600, SITE_UMASK = 027, STORE_UMASK = 077 };

static const char default_url[] = "http://127.0.0.1:8080";

/* --- init ---------------------------------------------------------------------- */

static int
make_folder(const char *path)
{
	struct stat found;

	if (mkdir(path, FOLDER_MODE) == 0)
		return DONE;
	if (errno == EEXIST && stat(path, &found) == 0 && S_ISDIR(found.st_mode))
		return DONE;
	return fail("The folder %s cannot be created: %s.", path, errno == EEXIST ? "a file has that name" : strerror(errno));
}

/* Wraps text into comment lines. */
static void
add_comment(struct str *text, const char *help)
{
	size_t column = 0;

	for (const char *word = help; *word != '\0';) {
		size_t length = strcspn(word, " ");
		if (column == 0 || column + 1 + length > 78) {
			str_add(text, column == 0 ? "#" : "\n#");
			column = 1;
		}
		str_add_char(text, ' ');
		str_add_bytes(text, word, length);
		column += length + 1;
		word += length;
		word += *word == ' ';
	}
	str_add_char(text, '\n');
}

/* A renown.conf that explains every key. All keys except base_url have their default. */
static const char *
conf_text(struct arena *arena, const char *base_url)
{
	struct str text = str_init(arena);

	str_add(&text, "# renown.conf: the settings of this machine; see renown.conf(5).\n"
		"# All other settings are in the database: renown setting list\n");
	for (const struct conf_key *key = conf_keys; key->name != NULL; key++) {
		str_add_char(&text, '\n');
		add_comment(&text, key->help);
		if (str_equal(key->name, "base_url"))
			str_printf(&text, "%s = %s\n", key->name, base_url);
		else
			str_printf(&text, "#%s = %s\n", key->name, key->default_value);
	}
	return text.bytes;
}

static int
write_new_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	size_t length = strlen(text);
	bool written;

	if (fd < 0)
		return fail("%s cannot be written: %s.", path, strerror(errno));
	written = write(fd, text, length) == (ssize_t)length && fsync(fd) == 0;
	if (close(fd) != 0 || !written) {
		(void)unlink(path);
		return fail("%s cannot be written: %s.", path, strerror(errno));
	}
	return DONE;
}

static int
make_store(struct context *context)
{
	const char *problem = "";
	int applied, result;
	enum status status;

	(void)umask(STORE_UMASK);
	result = open_database(context, DB_CREATE);
	if (result != DONE)
		return result;
	status = migrate_run(context->db, &applied, &problem);
	return status == OK ? DONE : fail("%s: %s.", db_location(&context->conf), problem);
}

/* renown.conf is checked in a temporary folder and moved to its place last, so a site with this file is complete. */
static int
create_site(struct context *context, const char *base_url, const char *scratch)
{
	static const char *const folders[] = { "media", "log", "run" };
	struct arena *arena = context->arena;
	const char *draft = arena_printf(arena, "%s/renown.conf", scratch), *problem;
	const char *final = arena_printf(arena, "%s/renown.conf", context->folder);
	int result = write_new_file(draft, conf_text(arena, base_url));

	if (result != DONE)
		return result;
	if (conf_read(arena, scratch, &context->conf, &problem) != OK) {
		(void)unlink(draft);
		return fail("--base-url %s: the URL must be like https://example.org, without a slash at the end.", base_url);
	}
	for (size_t i = 0; result == DONE && i < sizeof(folders) / sizeof(*folders); i++)
		result = make_folder(arena_printf(arena, "%s/%s", context->folder, folders[i]));
	db_set_location(&context->conf, arena, context->folder);
	if (result == DONE)
		result = make_store(context);
	/* link() does not replace a file that another `renown init` may have created in the meantime. */
	if (result == DONE && link(draft, final) != 0)
		result = fail("%s cannot be written: %s.", final, strerror(errno));
	(void)unlink(draft);
	return result;
}

static const char *
take_base_url(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	*(const char **)state = argument;
	return strpbrk(argument, "\n\r") == NULL ? NULL : "The URL must be one line.";
}

static int
read_base_url(struct context *context, int argc, char **argv, const char **ret_base_url)
{
	static const struct option options[] = { { "base-url", required_argument, NULL, 'b' }, { 0 } };
	char **words;

	*ret_base_url = default_url;
	return read_options(context, argc, argv, options, take_base_url, ret_base_url, 0, 0, &words);
}

int
init_open(struct context *context, int argc, char **argv)
{
	const char *base_url;

	return read_base_url(context, argc, argv, &base_url);
}

static int
init_command(struct context *context, int argc, char **argv)
{
	const char *base_url;
	char *scratch;
	int result = read_base_url(context, argc, argv, &base_url);

	if (result != DONE)
		return result;
	(void)umask(SITE_UMASK);
	if (access(arena_printf(context->arena, "%s/renown.conf", context->folder), F_OK) == 0)
		return fail("%s is already a site; nothing was changed. `renown migrate` updates its database.", context->folder);
	scratch = arena_printf(context->arena, "%s/.init-XXXXXX", context->folder);
	if (mkdtemp(scratch) == NULL)
		return fail("The folder %s is not writable: %s.", context->folder, strerror(errno));
	result = create_site(context, base_url, scratch);
	(void)rmdir(scratch);
	if (result == DONE && geteuid() == 0)
		say("The site belongs to root, so its programs must run as root. On a server, create it as a user of its own instead: see \"On a server\" in README.\n");
	if (result == DONE)
		say("Created a site in %s for %s.\nNext: renown --site %s user add --role owner --name NAME --email ADDRESS\n",
			context->folder, base_url, context->folder);
	return result;
}

/* --- migrate ------------------------------------------------------------------- */

static void
close_file(const char *path)
{
	struct stat found;

	if (lstat(path, &found) == 0 && S_ISREG(found.st_mode) && found.st_uid == geteuid() && (found.st_mode & 077) != 0 &&
		chmod(path, FILE_MODE) == 0)
		say("%s can no longer be read by other users.\n", path);
}

/* In sites of earlier versions the web server's group could read these files. */
static void
close_files(struct context *context)
{
	close_file(arena_printf(context->arena, "%s/renown.conf", context->folder));
	for (size_t i = 0; i < DB_FILES; i++)
		close_file(db_file(context->arena, &context->conf, i));
}

static int
migrate_command(struct context *context, int argc, char **argv)
{
	const char *problem = "", *closed;
	char **words;
	int applied, result = read_words(context, argc, argv, 0, 0, &words);
	enum status status;

	if (result != DONE)
		return result;
	/* A missing database must not become an empty site. */
	closed = db_unreachable_reason(context->arena, &context->conf);
	if (closed != NULL)
		return fail("%s: %s.", db_location(&context->conf), closed);
	if (!db_exists(&context->conf))
		return fail("%s is missing or empty. Restore a backup, or check `store` in renown.conf.", db_location(&context->conf));
	close_files(context);
	result = open_database(context, DB_CREATE);
	if (result != DONE)
		return result;
	status = migrate_run(context->db, &applied, &problem);
	if (status != OK)
		return fail("%s: %s.", db_location(&context->conf), problem);
	/*
	 * This happens before anybody opens a form, because until then typed summaries are missing there. If it is
	 * interrupted, `renown work` continues.
	 */
	status = summary_decide_all(context->db);
	if (status != OK)
		return fail_status(status, "Finding the summaries that authors wrote");
	if (applied == 0)
		say("The database is up to date (schema %d).\n", schema_version());
	else
		say("The database was updated to schema %d (%d %s).\n", schema_version(), applied,
			applied == 1 ? "step" : "steps");
	return DONE;
}

/* --- config check -------------------------------------------------------------- */

static int
check_media(const struct conf *conf)
{
	struct stat found;

	if (stat(conf->media, &found) != 0)
		return fail("media: %s cannot be opened: %s; create the folder or change `media` in renown.conf.",
			conf->media, strerror(errno));
	if (!S_ISDIR(found.st_mode))
		return fail("media: %s is not a folder; change `media` in renown.conf.", conf->media);
	return DONE;
}

/* Checks all available themes, so that problems are found before one of them is chosen. */
static int
check_themes(struct context *context)
{
	const char *problem = "it cannot be read";
	int result = DONE;

	for (const char *const *name = theme_list(context->arena, &context->conf); *name != NULL; name++) {
		struct theme *theme;
		if (theme_list_open(context->arena, &context->conf, *name, NULL, &theme, &problem) == OK)
			theme_close(theme);
		else
			result = fail("theme %s: %s.", *name, problem);
	}
	return result;
}

static int
config_check_command(struct context *context, int argc, char **argv)
{
	char **words;
	int result = read_words(context, argc, argv, 0, 0, &words), store, media, theme;

	if (result != DONE)
		return result;
	store = open_database(context, DB_SERVE);
	media = check_media(&context->conf);
	theme = check_themes(context);
	if (store != DONE || media != DONE || theme != DONE)
		return CONFIGURATION;
	say("%s/renown.conf: ok, %s\n", context->folder, context->conf.base_url);
	return DONE;
}

const struct command site_commands[] = {
	{ "init", NULL, "[--base-url URL]", "Creates the site's folder, with renown.conf and an empty database.",
		init_command, NEEDS_NEW_FOLDER },
	{ "migrate", NULL, "", "Updates the database to the schema of this program.", migrate_command, NEEDS_CONF },
	{ "config", "check", "", "Checks renown.conf and what it names.", config_check_command, NEEDS_CONF },
	{ 0 },
};
