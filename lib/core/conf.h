/*
 * renown.conf: flat "key = value" lines, '#' comments. An unknown key, a key
 * given twice, a missing value or one that does not fit is an error that names
 * file and line: a setting that is silently ignored is worse than none.
 *
 * What belongs to the machine stands here; what belongs to the site's words
 * and looks is a setting in the store (store/setting/setting.h).
 */
#ifndef CORE_CONF_H
#define CORE_CONF_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/status.h"

enum mail_way { MAIL_FOLDER, MAIL_SENDMAIL, MAIL_SMTP };

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
	enum mail_way mail_way; /* how mail goes out */
	const char *mail;      /* folder: its absolute path; sendmail: the program's; smtp, smtps: the whole address */
	const char *mail_from; /* the address that mail comes from */
	const char *mail_login; /* file with the mail server's user and password, a line each, absolute; or NULL */
	const char *mail_ca;   /* file of the certificates that vouch for the mail server, absolute; or NULL: the system's */
	bool mail_starttls;    /* smtp: only over TLS; default true */
	bool fetch_private;    /* recordings may come from this machine and its own network, too; default false */
	bool https;            /* base_url begins with https: cookies are __Host- and Secure */
};

/* One row for each key, for the man page, the shell completion and `renown config`. */
struct conf_key {
	const char *name, *standard, *help;
};
extern const struct conf_key conf_keys[];

/*
 * Finds the site's folder: given (--site), else $RENOWN_SITE, else the current
 * folder if it holds renown.conf, else /etc/renown. The result is absolute.
 */
const char *conf_find_site(struct arena *arena, const char *given);

/*
 * Reads folder/renown.conf. On INVALID or NOT_FOUND *ret_problem is a sentence
 * for the operator, with file and line.
 */
enum status conf_read(struct arena *arena, const char *folder, struct conf *ret_conf,
	const char **ret_problem);

/* Where the project's own data is: $RENOWN_DATA while it runs from its build folder, else the installed folder. */
const char *conf_data_folder(void);

#endif
