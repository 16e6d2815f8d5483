#include "http/request.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/str.h"
#include "page/lang/lang.h"
#include "store/db/db_location.h"
#include "store/auth/session.h"

const char *
route_text(const struct request *req, size_t nth)
{
	if (nth >= ROUTE_TEXTS_MAX || req->texts[nth] == NULL)
		abort(); /* the pattern has no such part */
	return req->texts[nth];
}

const char *
request_field(const struct request *req, const char *name)
{
	return field_value(req->fields, name);
}

const char *
request_setting(const struct request *req, const char *name)
{
	return setting_value(req->settings, name, req->lang);
}

bool
request_speaks(const struct request *req, const char *lang)
{
	const char *spoken = setting_value(req->settings, "languages", "");

	/* Codes have two letters and are separated by a space, so strstr() finds only whole codes. */
	return language_is(lang) && strstr(spoken, lang) != NULL;
}

const char *
request_language(const struct request *req)
{
	return req->prefix[0] == '/' ? req->prefix + 1 : setting_value(req->settings, "language", "");
}

const char *
request_prefix(const struct request *req)
{
	if (req->prefix[0] != '\0')
		return req->prefix;
	if (str_equal(req->lang, setting_value(req->settings, "language", "")))
		return "";
	return arena_printf(req->arena, "/%s", req->lang);
}

void
request_translation(struct request *req, const char *lang, const char *path)
{
	for (size_t i = 0; languages[i].code != NULL && i < REQUEST_LANGUAGES_MAX; i++)
		if (str_equal(languages[i].code, lang))
			req->translations[i] = path;
}

enum status
request_page(struct request *req, const char *lang, const char *name)
{
	TRY(request_fresh(req, lang));
	req->page = page_new(req->arena, lang, req->conf->base_url, req->conf->base_path);
	page_attr(req->page->root, "name", name);
	return layout_begin(req);
}

char *
request_url(const struct request *req, const char *path)
{
	return arena_printf(req->arena, "%s%s", req->conf->base_url, path);
}

enum status
request_moved(struct request *req, const char *path)
{
	req->location = request_url(req, path);
	return MOVED;
}

enum status
request_see(struct request *req, const char *path)
{
	req->location = request_url(req, path);
	return SEE_OTHER;
}

void
request_warn_no_worker(const struct request *req)
{
	if (db_worker_is_stopped(req->arena, req->conf, req->viewer.now))
		(void)page_element(req->page->root, "worker-stopped");
}

void
request_extend_timeout(const struct request *req)
{
	(void)alarm((unsigned)req->conf->timeout * 6);
}
