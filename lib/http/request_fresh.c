/* Whether the copy of a browser or a cache is current (RFC 9110, 13). Declared in request.h. */
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "http/request.h"
#include "http/response.h"
#include "http/route_table.h"
#include "page/lang/lang.h"

bool
response_etag_is_in(const char *list, const char *etag)
{
	static const char blank[] = " \t,";
	size_t length = strlen(etag);

	list += strspn(list, blank);
	if (*list == '*')
		return list[1 + strspn(list + 1, blank)] == '\0';
	while (*list != '\0') {
		const char *quote = list + (str_starts(list, "W/") ? 2 : 0), *end = *quote == '"' ? strchr(quote + 1, '"') : NULL;
		if (end == NULL)
			return false; /* not a list of tags */
		if ((size_t)(end + 1 - quote) == length && memcmp(quote, etag, length) == 0)
			return true;
		list = end + 1 + strspn(end + 1, blank);
	}
	return false;
}

bool
request_is_current(const struct request *req)
{
	int64_t since;

	if (req->no_store || (req->viewer.user != NULL && (req->route == NULL || !req->route->reading)))
		return false;
	if (req->if_none_match != NULL)
		return response_etag_is_in(req->if_none_match, response_etag(req, false)) ||
			(req->accepts_gzip && response_etag_is_in(req->if_none_match, response_etag(req, true)));
	/* A right can end without a later time, so a signed-in reader's copy has only an ETag. */
	return req->viewer.user == NULL && req->if_modified_since != NULL && response_modified(req) > 0 &&
		clock_parse_http(req->if_modified_since, &since) && response_modified(req) <= since;
}

enum status
request_fresh(struct request *req, const char *lang)
{
	req->lang = lang;
	lang_use(lang);
	req->etag = NULL;
	req->etag = response_etag(req, false);
	return request_is_current(req) ? NOT_MODIFIED : OK;
}
