/* robots.txt. */
#include "blog_handlers.h"

#include <string.h>

#include "core/str.h"
#include "http/request.h"

/* GET /robots.txt (RFC 9309). */
enum status
show_robots(struct request *req)
{
	bool welcome = str_equal(setting_value(req->settings, "search_engines", ""), "yes");

	TRY(request_fresh(req, request_language(req)));
	req->content_type = "text/plain; charset=utf-8";
	req->body = welcome
		? arena_printf(req->arena, "User-agent: *\nDisallow: %s/search\nSitemap: %s\n", req->conf->base_path,
			request_url(req, "/sitemap.xml"))
		: "User-agent: *\nDisallow: /\n";
	req->body_length = strlen(req->body);
	return OK;
}
