/* The language of a response: that of the address, of the reader's browser, or of the site. */
#include "http/request.h"

#include <string.h>

#include "core/str.h"
#include "page/lang/lang.h"

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
request_front_language(const struct request *req)
{
	if (req->prefix[0] == '\0' && !str_empty(req->accept_language) && request_speaks(req, req->accept_language))
		return req->accept_language;
	return request_language(req);
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
