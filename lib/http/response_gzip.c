#include "http/response_gzip.h"

#include "core/str.h"
#include "http/request.h"

bool
response_gzip_allowed(const struct request *req, enum status status)
{
	if (req->no_store || req->sending.header != NULL || !(str_equal(req->method, "GET") || str_equal(req->method, "HEAD")))
		return false;
	if (req->viewer.user != NULL)
		return (status == OK || status == NOT_MODIFIED) && !req->has_query;
	return status == OK || status == NOT_MODIFIED || status == NOT_FOUND;
}
