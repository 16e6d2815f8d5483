/* Sends email through a mail server, with libcurl. */
#include "task/mail/mail_transport.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <curl/curl.h>

#include "core/stop_signal.h"
#include "core/str.h"

enum { CONNECT_SECONDS = 15, LOGIN_LINE = 500 };

struct transfer {
	const struct mail_delivery *delivery;
	size_t done;    /* bytes that libcurl has */
	bool is_sending;    /* libcurl has some of them */
	bool asked;     /* the server has asked for the text */
};

/* Called when the server asks for the text. */
static size_t
give(char *room, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	const struct mail_message *message = &transfer->delivery->message;
	size_t length = size * count, left = message->length - transfer->done;

	if (!transfer->asked && transfer->delivery->mark_sending(transfer->delivery->context) != OK)
		return CURL_READFUNC_ABORT;
	transfer->asked = transfer->is_sending = true;
	length = length < left ? length : left;
	memcpy(room, message->bytes + transfer->done, length);
	transfer->done += length;
	return length;
}

/* Stops when the process must end, unless the server may already have the email. */
static int
on_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct transfer *transfer = context;

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return !transfer->is_sending && stop_signal_pending();
}

static bool
read_login_lines(int file, char *user, char *password)
{
	FILE *stream = fdopen(file, "r");
	bool read;

	if (stream == NULL) {
		(void)close(file);
		return false;
	}
	read = fgets(user, LOGIN_LINE, stream) != NULL && fgets(password, LOGIN_LINE, stream) != NULL;
	(void)fclose(stream);
	user[strcspn(user, "\r\n")] = '\0';
	password[strcspn(password, "\r\n")] = '\0';
	return read && *user != '\0' && *password != '\0';
}

/* Sets user and password. NULL, or why they cannot be used. */
static const char *
set_login(struct arena *arena, CURL *curl, const struct conf *conf)
{
	char user[LOGIN_LINE] = "", password[LOGIN_LINE] = "";
	struct stat found;
	int file;

	if (conf->mail_login == NULL)
		return NULL;
	if (!conf->mail_starttls && !str_starts(conf->mail, "smtps:"))
		return "mail_login is never used without TLS: set mail_starttls = yes, or use smtps://";
	file = open(conf->mail_login, O_RDONLY | O_CLOEXEC);
	if (file < 0 || fstat(file, &found) != 0 || !S_ISREG(found.st_mode) || (found.st_mode & S_IRWXO) != 0) {
		if (file >= 0)
			(void)close(file);
		return arena_printf(arena, "%s cannot be read, or others can read it. Run: chmod o-rwx", conf->mail_login);
	}
	if (!read_login_lines(file, user, password))
		return arena_printf(arena, "%s must contain two lines: user and password", conf->mail_login);
	(void)curl_easy_setopt(curl, CURLOPT_USERNAME, user);
	(void)curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
	explicit_bzero(password, sizeof(password));
	return NULL;
}

static void
set_options(struct arena *arena, CURL *curl, struct transfer *transfer, struct curl_slist *recipients)
{
	const struct conf *conf = transfer->delivery->conf;
	const char *host = strchr(conf->mail_from, '@') + 1;

	/* The part after the slash is the name in EHLO. */
	(void)curl_easy_setopt(curl, CURLOPT_URL, arena_printf(arena, "%s/%s", conf->mail, host));
	(void)curl_easy_setopt(curl, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	(void)curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TRANSPORT_SECONDS);
	(void)curl_easy_setopt(curl, CURLOPT_USE_SSL, conf->mail_starttls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
	/* Set explicitly, because emails contain sign-in links: a server without a valid certificate is refused. */
	(void)curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	if (conf->mail_ca != NULL) {
		(void)curl_easy_setopt(curl, CURLOPT_CAINFO, conf->mail_ca);
		(void)curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	(void)curl_easy_setopt(curl, CURLOPT_MAIL_FROM, arena_printf(arena, "<%s>", conf->mail_from));
	(void)curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
	(void)curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	(void)curl_easy_setopt(curl, CURLOPT_READDATA, transfer);
	(void)curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	(void)curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	(void)curl_easy_setopt(curl, CURLOPT_XFERINFODATA, transfer);
}

/*
 * The outcome for a result code and the server's last reply. 354 is the reply that asks for the text. If it was the
 * last one, the server may or may not have accepted the email (RFC 5321, section 6.1), and another attempt could send
 * it twice.
 */
static enum mail_outcome
classify(const struct transfer *transfer, CURLcode code, long answer)
{
	if (code == CURLE_OK)
		return SENT;
	if (answer >= 500 && code != CURLE_LOGIN_DENIED) /* a wrong login can be corrected */
		return NEVER;
	if (answer >= 400 || !transfer->is_sending)
		return LATER;
	return UNKNOWN;
}

enum mail_outcome
mail_transport_smtp(struct arena *arena, const struct mail_delivery *delivery, const char **ret_problem)
{
	struct transfer transfer = { .delivery = delivery };
	char words[CURL_ERROR_SIZE] = "";
	struct curl_slist *recipients = curl_slist_append(NULL, arena_printf(arena, "<%s>", delivery->to));
	CURL *curl = curl_easy_init();
	enum mail_outcome outcome = LATER;
	CURLcode code;
	long answer = 0;

	if (curl == NULL || recipients == NULL) {
		*ret_problem = "libcurl could not be initialised.";
	} else if ((*ret_problem = set_login(arena, curl, delivery->conf)) == NULL) {
		(void)curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
		set_options(arena, curl, &transfer, recipients);
		code = curl_easy_perform(curl);
		(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
		outcome = classify(&transfer, code, answer);
		*ret_problem = arena_printf(arena, "%s: %s%s", delivery->conf->mail, *words == '\0' ? curl_easy_strerror(code) : words,
			outcome == UNKNOWN ? "; the mail may have arrived, and is not sent twice" : "");
	}
	curl_slist_free_all(recipients);
	curl_easy_cleanup(curl);
	return outcome;
}
