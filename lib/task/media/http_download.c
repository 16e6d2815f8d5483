#include "task/media/http_download.h"

#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <curl/curl.h>

#include "core/clock.h"
#include "core/ip_address.h"
#include "core/stop_signal.h"
#include "core/str.h"
#include "core/text.h"

enum { CONNECT_SECONDS = 15, SLOW_BYTES = 20 * 1024, SLOW_SECONDS = 30, REDIRECTIONS = 5, URGENT_SECONDS = 2, NAME_LENGTH_MAX = 150 };

struct transfer {
	const struct http_download *download;
	int64_t bytes;
	int64_t looked;               /* when run_urgent() was last called */
	enum http_download_end stopped;    /* why it was stopped here; DOWNLOADED: it was not */
};

static size_t
take(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t length = size * count;

	transfer->bytes += (int64_t)length;
	if (transfer->bytes > transfer->download->most)
		transfer->stopped = DOWNLOAD_LARGE;
	else if (file_write(transfer->download->into, bytes, length) != OK)
		transfer->stopped = DOWNLOAD_BROKEN;
	return transfer->stopped == DOWNLOADED ? length : 0;
}

/* libcurl calls this about once a second, whether data arrives or not. */
static int
on_progress(void *context, curl_off_t all, curl_off_t now, curl_off_t c, curl_off_t d)
{
	struct transfer *transfer = context;

	(void)now;
	(void)c;
	(void)d;
	if (stop_signal_pending())
		transfer->stopped = DOWNLOAD_ENDED;
	if (all > transfer->download->most)
		transfer->stopped = DOWNLOAD_LARGE;
	if (transfer->stopped == DOWNLOADED && transfer->looked + URGENT_SECONDS <= clock_now()) {
		transfer->download->run_urgent(transfer->download->context);
		transfer->looked = clock_now();
	}
	return transfer->stopped != DOWNLOADED;
}

/*
 * Refuses private addresses. This happens after names were resolved, and again for each redirection, so a name that
 * later resolves to another host does not help an attacker.
 */
static curl_socket_t
open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer *transfer = context;

	(void)purpose;
	if (!transfer->download->conf->fetch_private && ip_address_is_private(&address->addr)) {
		transfer->stopped = DOWNLOAD_PRIVATE;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void
set_options(struct arena *arena, CURL *curl, struct transfer *transfer)
{
	const struct http_download *download = transfer->download;

	(void)curl_easy_setopt(curl, CURLOPT_URL, download->address);
#if LIBCURL_VERSION_NUM >= 0x075500
	(void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	(void)curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
	(void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
	(void)curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
	(void)curl_easy_setopt(curl, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTIONS);
	(void)curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	(void)curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)DOWNLOAD_SECONDS);
	(void)curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
	(void)curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
	(void)curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	(void)curl_easy_setopt(curl, CURLOPT_USERAGENT, arena_printf(arena, "renown (+%s)", download->conf->base_url));
	(void)curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	(void)curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, transfer);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
	(void)curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	(void)curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	(void)curl_easy_setopt(curl, CURLOPT_XFERINFODATA, transfer);
}

/* The last part of the URL's path, percent-decoded and cleaned for display. */
static const char *
name_of(struct arena *arena, CURL *curl)
{
	const char *address = NULL, *path, *slash, *name = "";
	char *plain;
	int length;

	if (curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &address) != CURLE_OK || address == NULL)
		return "";
	path = arena_bytes(arena, address, strcspn(address, "?#"));
	slash = strrchr(path, '/');
	plain = curl_easy_unescape(curl, slash == NULL ? path : slash + 1, 0, &length);
	if (plain != NULL)
		name = text_shorten(arena, text_clean(arena, plain, (size_t)length, TEXT_LINE), NAME_LENGTH_MAX);
	curl_free(plain);
	slash = strrchr(name, '/');
	return slash == NULL ? name : slash + 1;
}

static enum http_download_end
classify(const struct transfer *transfer, CURLcode code, long answer)
{
	if (transfer->stopped != DOWNLOADED)
		return transfer->stopped;
	if (code == CURLE_OK)
		return DOWNLOADED;
	/* 408 and 429 are temporary (RFC 9110, section 15.5.9; RFC 6585, section 4). */
	if ((answer >= 400 && answer < 500 && answer != 408 && answer != 429) || code == CURLE_TOO_MANY_REDIRECTS ||
		code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT)
		return DOWNLOAD_NEVER;
	return DOWNLOAD_LATER;
}

enum http_download_end
http_download(struct arena *arena, const struct http_download *download, const char **ret_name, const char **ret_detail)
{
	struct transfer transfer = { .download = download, .looked = clock_now() };
	char words[CURL_ERROR_SIZE] = "";
	CURL *curl = curl_easy_init();
	enum http_download_end end;
	CURLcode code;
	long answer = 0;

	*ret_name = *ret_detail = "";
	if (curl == NULL)
		return DOWNLOAD_LATER;
	(void)curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
	set_options(arena, curl, &transfer);
	code = curl_easy_perform(curl);
	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
	end = classify(&transfer, code, answer);
	*ret_name = name_of(arena, curl);
	if (end == DOWNLOAD_NEVER || end == DOWNLOAD_LATER)
		*ret_detail = arena_dup(arena, *words == '\0' ? curl_easy_strerror(code) : words);
	curl_easy_cleanup(curl);
	return end;
}
