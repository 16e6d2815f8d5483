/* A file from elsewhere, by libcurl: bounded in every direction, and never from this machine or its own network unless that is wanted. */
#ifndef TASK_MEDIA_HTTP_DOWNLOAD_H
#define TASK_MEDIA_HTTP_DOWNLOAD_H

#include "core/conf.h"
#include "store/media/media_file.h"

enum http_download_end {
	DOWNLOADED,
	DOWNLOAD_LATER,    /* it may succeed another time */
	DOWNLOAD_NEVER,    /* there is nothing for us */
	DOWNLOAD_LARGE,    /* more than most */
	DOWNLOAD_PRIVATE,  /* its host is this machine, or one of its own network */
	DOWNLOAD_BROKEN,   /* it cannot be written here; logged */
	DOWNLOAD_ENDED,    /* the process was told to end */
};

struct http_download {
	const struct conf *conf;
	const char *address;
	int64_t most;                    /* bytes */
	const struct incoming *into;
	void (*meanwhile)(void *context); /* called every second or two, for what must not wait */
	void *context;
};

enum { DOWNLOAD_SECONDS = 600 }; /* the longest that one takes */

/*
 * Fetches it over http or https, following at most five redirections. *ret_name: what the last of the addresses calls it, or "";
 * *ret_detail: what the other side or the network said, when it failed. Both in the arena.
 */
enum http_download_end http_download(struct arena *arena, const struct http_download *download, const char **ret_name, const char **ret_detail);

#endif
