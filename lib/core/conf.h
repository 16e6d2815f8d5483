/*
 * renown.conf: "key = value" lines, comments with '#'. An unknown key, a repeated key, a missing value and an
 * unsuitable value are errors that name file and line, because a setting that is silently ignored is worse than
 * none.
 *
 * This file holds what depends on the machine. The site's texts and appearance are settings in the database
 * (store/setting/setting.h).
 */
#ifndef CORE_CONF_H
#define CORE_CONF_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/status.h"

enum mail_transport { MAIL_FOLDER, MAIL_SENDMAIL, MAIL_SMTP };

struct conf {
	const char *folder;    /* the site's folder, absolute; relative paths start here */
	const char *base_url;  /* "https://example.org/sub", without a slash at the end */
	const char *base_path; /* "/sub", or "" at the root; from base_url */
	const char *origin;    /* "https://example.org"; from base_url */
	const char *store;     /* the SQLite file, absolute; default renown.db */
	const char *media;     /* folder of uploaded files, absolute; default media */
	const char *themes;    /* folder of the site's own themes, absolute; default themes */
	const char *log_level; /* error, warning, info or debug */
	long long requests;    /* requests that one worker answers before it is replaced */
	long long timeout;     /* seconds that one request may take */
	enum mail_transport mail_transport; /* how mail is sent */
	const char *mail;      /* folder: its absolute path; sendmail: the program's path; smtp, smtps: the whole URL */
	const char *mail_from; /* sender address of mail */
	const char *mail_login; /* file with user name and password for the mail server, one per line, absolute; or NULL */
	const char *mail_ca;   /* CA certificates to trust for the mail server, absolute; NULL: those of the system */
	bool mail_starttls;    /* smtp: require TLS; default true */
	bool fetch_private;    /* recordings may also be fetched from this machine and its local network; default false */
	bool https;            /* base_url begins with https: cookies are __Host- and Secure */
};

/* One row per key, for the man page, the shell completion and `renown config`. Ended by a row without a name. */
struct conf_key {
	const char *name, *default_value, *help;
};
extern const struct conf_key conf_keys[];

/*
 * Finds the site's folder: given (--site), else $RENOWN_SITE, else the current folder if it contains renown.conf,
 * else /etc/renown. The result is absolute and in the arena.
 */
const char *conf_find_site(struct arena *arena, const char *given);

/*
 * Reads folder/renown.conf. INVALID: a line is wrong; NOT_FOUND: the file cannot be read. Then *ret_problem is a
 * message for the operator, with the file and, for INVALID, the line. The strings are in the arena.
 */
enum status conf_read(struct arena *arena, const char *folder, struct conf *ret_conf,
	const char **ret_problem);

/*
 * The folder of the program's own data: $RENOWN_DATA (set when running from the build folder), else the installed
 * folder.
 */
const char *conf_data_folder(void);

#endif
