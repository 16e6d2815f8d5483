/*
 * Downloads a file with libcurl, with limits for size, time and redirections. Private addresses are refused unless the
 * configuration allows them.
 */
#ifndef TASK_MEDIA_HTTP_DOWNLOAD_H
#define TASK_MEDIA_HTTP_DOWNLOAD_H

#include "core/conf.h"
#include "store/media/media_file.h"

enum http_download_end {
	DOWNLOADED,
	DOWNLOAD_LATER,    /* another attempt may succeed */
	DOWNLOAD_NEVER,    /* another attempt would fail too */
	DOWNLOAD_LARGE,    /* larger than most */
	DOWNLOAD_PRIVATE,  /* its host is this machine or in its network */
	DOWNLOAD_BROKEN,   /* the file could not be written; logged */
	DOWNLOAD_ENDED,    /* the process must end */
};

struct http_download {
	const struct conf *conf;
	const char *address;
	int64_t most;                    /* bytes */
	const struct incoming *into;
	void (*run_urgent)(void *context); /* called every two seconds or so, for urgent jobs */
	void *context;
};

enum { DOWNLOAD_SECONDS = 600 }; /* the time limit of a download */

/*
 * Downloads it over http or https, following at most five redirections. *ret_name is the file name in the last URL, or
 * "". *ret_detail is the message of the server or network after a failure. Both are in the arena.
 */
enum http_download_end http_download(struct arena *arena, const struct http_download *download, const char **ret_name, const char **ret_detail);

#endif
