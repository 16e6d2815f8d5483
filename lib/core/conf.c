#include "core/conf.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/folder_access.h"
#include "core/str.h"

enum { LONGEST_LINE = 1000, LINES_MAX = 1000 };

enum type { TYPE_URL, TYPE_PATH, TYPE_LEVEL, TYPE_NUMBER, TYPE_MAIL, TYPE_ADDRESS, TYPE_FLAG };

const struct conf_key conf_keys[] = {
	{ "base_url", "", "The site's address as readers type it, such as https://example.org or https://example.org/blog. Every absolute link is made from it. Required." },
	{ "store", "renown.db", "The SQLite file with all content. A relative path starts at the site's folder." },
	{ "media", "media", "The folder of pictures, audio and video." },
	{ "themes", "themes", "The folder of themes of your own: each is a folder in it, with a site.xsl, to be chosen on /admin/settings/theme." },
	{ "log_level", "info", "The least important lines that programs write: error, warning, info or debug." },
	{ "requests", "100000", "How many requests a worker answers before it is replaced." },
	{ "timeout", "20", "How many seconds one request may take before its worker is stopped." },
	{ "mail", "folder:mail", "How mail is sent: folder:PATH saves each message as a file there, sendmail:PATH runs that program, smtp://HOST[:PORT] or smtps://HOST[:PORT] uses a mail server." },
	{ "mail_from", "", "The sender address of mail, such as post@example.org. Empty: noreply at the host of base_url." },
	{ "mail_login", "", "A file with the user name and password for the mail server, one per line, readable by its owner only. Empty: no login." },
	{ "mail_starttls", "yes", "Whether smtp:// requires TLS (STARTTLS): yes or no. Use no only for a server on this machine." },
	{ "mail_ca", "", "A file with the CA certificates (PEM) to trust for the mail server, and no others. Empty: the certificates that this system trusts." },
	{ "fetch_private", "no", "Whether recordings may also be fetched from this machine and its local network: yes or no." },
	{ NULL, NULL, NULL },
};

/* How each key is checked and where its value is stored; in the same order as conf_keys. */
static const struct {
	enum type type;
	size_t offset;
	long long least, most;
} targets[] = {
	{ TYPE_URL, offsetof(struct conf, base_url), 0, 0 },
	{ TYPE_PATH, offsetof(struct conf, store), 0, 0 },
	{ TYPE_PATH, offsetof(struct conf, media), 0, 0 },
	{ TYPE_PATH, offsetof(struct conf, themes), 0, 0 },
	{ TYPE_LEVEL, offsetof(struct conf, log_level), 0, 0 },
	{ TYPE_NUMBER, offsetof(struct conf, requests), 1, 100000000 },
	{ TYPE_NUMBER, offsetof(struct conf, timeout), 1, 600 },
	{ TYPE_MAIL, offsetof(struct conf, mail), 0, 0 },
	{ TYPE_ADDRESS, offsetof(struct conf, mail_from), 0, 0 },
	{ TYPE_PATH, offsetof(struct conf, mail_login), 0, 0 },
	{ TYPE_FLAG, offsetof(struct conf, mail_starttls), 0, 0 },
	{ TYPE_PATH, offsetof(struct conf, mail_ca), 0, 0 },
	{ TYPE_FLAG, offsetof(struct conf, fetch_private), 0, 0 },
};

const char *
conf_data_folder(void)
{
	const char *folder = getenv("RENOWN_DATA");

	return str_empty(folder) ? DATADIR : folder;
}

const char *
conf_find_site(struct arena *arena, const char *given)
{
	const char *folder = given, *environment = getenv("RENOWN_SITE");
	char real[PATH_MAX];

	if (str_empty(folder) && !str_empty(environment))
		folder = environment;
	if (str_empty(folder) && access("renown.conf", F_OK) == 0)
		folder = ".";
	if (str_empty(folder))
		folder = "/etc/renown";
	if (realpath(folder, real) != NULL)
		return arena_dup(arena, real);
	if (folder[0] == '/' || getcwd(real, sizeof(real)) == NULL)
		return arena_dup(arena, folder);
	return arena_printf(arena, "%s/%s", real, folder);
}

static const char *
absolute(struct arena *arena, const char *folder, const char *path)
{
	return path[0] == '/' ? arena_dup(arena, path) : arena_printf(arena, "%s/%s", folder, path);
}

/* http(s)://host[:port][/path] with plain characters only and no slash at the end. */
static bool
url_fits(const char *value)
{
	const char *host;

	if (!str_starts(value, "http://") && !str_starts(value, "https://"))
		return false;
	host = strstr(value, "://") + 3;
	if (*host == '\0' || *host == '/' || *host == ':' || str_ends(value, "/"))
		return false;
	return host[strspn(host, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789-._~:/[]")] == '\0' && strstr(host, "//") == NULL;
}

static void
set_url(struct arena *arena, struct conf *conf, const char *value)
{
	const char *path = strchr(strstr(value, "://") + 3, '/');

	conf->base_url = arena_dup(arena, value);
	conf->base_path = path == NULL ? "" : arena_dup(arena, path);
	conf->origin = arena_bytes(arena, value, path == NULL ? strlen(value) : (size_t)(path - value));
	conf->https = str_starts(value, "https://");
}

/* A host and an optional port, plain characters only. */
static bool
server_fits(const char *server)
{
	return *server != '\0' && *server != ':' && server[strspn(server, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789-._:[]")] == '\0';
}

/* Returns NULL, or what is wrong with the value. */
static const char *
set_mail(struct arena *arena, struct conf *conf, const char *value)
{
	if (str_starts(value, "folder:") && value[7] != '\0') {
		conf->mail_transport = MAIL_FOLDER;
		conf->mail = absolute(arena, conf->folder, value + 7);
	} else if (str_starts(value, "sendmail:/")) {
		conf->mail_transport = MAIL_SENDMAIL;
		conf->mail = arena_dup(arena, value + strlen("sendmail:"));
	} else if ((str_starts(value, "smtp://") || str_starts(value, "smtps://")) && server_fits(strstr(value, "://") + 3)) {
		conf->mail_transport = MAIL_SMTP;
		conf->mail = arena_dup(arena, value);
	} else {
		return "must be folder:PATH, sendmail:/PATH, smtp://HOST[:PORT] or smtps://HOST[:PORT]";
	}
	return NULL;
}

/* One address in the plain form of RFC 5321. No character in it can end a header field or add a recipient. */
static bool
address_fits(const char *value)
{
	const char *at = strchr(value, '@');

	return at != NULL && at != value && server_fits(at + 1) && strchr(at + 1, ':') == NULL && strchr(at + 1, '[') == NULL &&
		strlen(value) <= 254 && strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+_-") == (size_t)(at - value);
}

/* The default sender: noreply@ the site's host. */
static const char *
standard_from(struct arena *arena, const struct conf *conf)
{
	const char *host = strstr(conf->origin, "://") + 3;

	return arena_printf(arena, "noreply@%s", arena_bytes(arena, host, *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":")));
}

/* Sets one key. Returns NULL, or what is wrong with the value. */
static const char *
set_key(struct arena *arena, struct conf *conf, size_t key, const char *value)
{
	void *target = (char *)conf + targets[key].offset;
	long long number;

	switch (targets[key].type) {
	case TYPE_URL:
		if (!url_fits(value))
			return "must be like https://example.org, without a slash at the end";
		set_url(arena, conf, value);
		return NULL;
	case TYPE_PATH:
		if (*value == '\0' && conf_keys[key].default_value[0] != '\0')
			return "needs a path";
		*(const char **)target = *value == '\0' ? NULL : absolute(arena, conf->folder, value);
		return NULL;
	case TYPE_LEVEL:
		if (!str_equal(value, "error") && !str_equal(value, "warning") &&
			!str_equal(value, "info") && !str_equal(value, "debug"))
			return "must be error, warning, info or debug";
		*(const char **)target = arena_dup(arena, value);
		return NULL;
	case TYPE_NUMBER:
		if (!str_to_integer(value, &number) || number < targets[key].least ||
			number > targets[key].most)
			return arena_printf(arena, "must be a number from %lld to %lld",
				targets[key].least, targets[key].most);
		*(long long *)target = number;
		return NULL;
	case TYPE_MAIL:
		return set_mail(arena, conf, value);
	case TYPE_ADDRESS:
		if (*value != '\0' && !address_fits(value))
			return "must be one address such as post@example.org";
		*(const char **)target = *value == '\0' ? NULL : arena_dup(arena, value);
		return NULL;
	case TYPE_FLAG:
		if (!str_equal(value, "yes") && !str_equal(value, "no"))
			return "must be yes or no";
		*(bool *)target = str_equal(value, "yes");
		return NULL;
	}
	return "has no type";
}

static size_t
find_key(const char *name)
{
	size_t key = 0;

	while (conf_keys[key].name != NULL && !str_equal(conf_keys[key].name, name))
		key++;
	return key;
}

struct reading {
	struct arena *arena;
	struct conf *conf;
	const char *path;
	unsigned seen; /* one bit per key */
	const char **ret_problem;
};

static enum status
problem(struct reading *reading, int number, const char *words)
{
	*reading->ret_problem = arena_printf(reading->arena, "%s:%d: %s", reading->path, number, words);
	return INVALID;
}

static enum status
read_line(struct reading *reading, int number, char *line)
{
	struct arena *arena = reading->arena;
	char *equals, *name, *value;
	const char *wrong;
	size_t key;

	line = str_trim(arena, line);
	if (*line == '\0' || *line == '#')
		return OK;
	equals = strchr(line, '=');
	if (equals == NULL)
		return problem(reading, number, "expected: key = value");
	*equals = '\0';
	name = str_trim(arena, line);
	value = str_trim(arena, equals + 1);
	key = find_key(name);
	if (conf_keys[key].name == NULL)
		return problem(reading, number, arena_printf(arena, "unknown key: %s", name));
	if (reading->seen & (1u << key))
		return problem(reading, number, arena_printf(arena, "%s is set twice", name));
	reading->seen |= 1u << key;
	wrong = set_key(arena, reading->conf, key, value);
	if (wrong != NULL)
		return problem(reading, number, arena_printf(arena, "%s %s", name, wrong));
	return OK;
}

static enum status
read_lines(struct reading *reading, FILE *file)
{
	enum status status = OK;
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	for (int number = 1; status == OK && (length = getline(&line, &room, file)) >= 0; number++) {
		if (length > LONGEST_LINE)
			status = problem(reading, number, "line too long");
		else if (number > LINES_MAX)
			status = problem(reading, number, "too many lines");
		else if (strlen(line) != (size_t)length)
			status = problem(reading, number, "holds a NUL byte");
		else
			status = read_line(reading, number, line);
	}
	free(line);
	return status;
}

/* Why renown.conf could not be opened. A file that this user may not read must not be reported as missing. */
static const char *
unreadable(struct arena *arena, const char *path, int error)
{
	const char *closed = error == EACCES ? folder_access_message(arena, path) : NULL;

	if (closed != NULL)
		return arena_printf(arena, "%s cannot be read: %s", path, closed);
	if (error == EACCES)
		return arena_printf(arena, "%s cannot be read by the user %s: it must belong to the site's user, or to a group of theirs", path, folder_access_user(arena));
	return arena_printf(arena, "%s cannot be read: run `renown init` or name the site's folder with --site", path);
}

enum status
conf_read(struct arena *arena, const char *folder, struct conf *ret_conf, const char **ret_problem)
{
	struct conf conf = { .folder = folder };
	struct reading reading = { .arena = arena, .conf = &conf, .ret_problem = ret_problem,
		.path = arena_printf(arena, "%s/renown.conf", folder) };
	enum status status = OK;
	FILE *file = fopen(reading.path, "re");
	int error = errno;

	for (size_t key = 0; conf_keys[key].name != NULL; key++)
		if (conf_keys[key].default_value[0] != '\0')
			(void)set_key(arena, &conf, key, conf_keys[key].default_value);
	if (file != NULL)
		status = read_lines(&reading, file);
	/* fopen() succeeds for a folder; only reading fails. */
	if (file == NULL || ferror(file)) {
		*ret_problem = unreadable(arena, reading.path, file == NULL ? error : 0);
		status = NOT_FOUND;
	}
	if (file != NULL)
		(void)fclose(file);
	if (status == OK && conf.base_url == NULL)
		status = problem(&reading, 1, "base_url is missing");
	if (status == OK && conf.mail_from == NULL)
		conf.mail_from = standard_from(arena, &conf);
	if (status == OK)
		*ret_conf = conf;
	return status;
}
