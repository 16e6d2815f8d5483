#include "http/request.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/str.h"
#include "http/form_once.h"
#include "http/response.h"
#include "http/serve.h"
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

	/* Codes have two letters and are separated by a space. */
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
request_form(struct request *req, const char *lang, const char *path)
{
	for (size_t i = 0; languages[i].code != NULL && i < REQUEST_LANGUAGES_MAX; i++)
		if (str_equal(languages[i].code, lang))
			req->forms[i] = path;
}

/* Whether a list of entity tags (RFC 9110, 13.1.2) names ours; weak ones count. */
static bool
names_tag(const char *list, const char *etag)
{
	static const char blank[] = " \t,";
	size_t length = strlen(etag);

	list += strspn(list, blank);
	if (*list == '*')
		return list[1 + strspn(list + 1, blank)] == '\0';
	while (*list != '\0') {
		const char *quote = list + (str_starts(list, "W/") ? 2 : 0), *end = *quote == '"' ? strchr(quote + 1, '"') : NULL;
		if (end == NULL)
			return false; /* no list of tags at all */
		if ((size_t)(end + 1 - quote) == length && memcmp(quote, etag, length) == 0)
			return true;
		list = end + 1 + strspn(end + 1, blank);
	}
	return false;
}

static bool
is_current(const struct request *req)
{
	int64_t since;

	if (req->no_store || req->viewer.user != NULL)
		return false;
	if (req->if_none_match != NULL)
		return names_tag(req->if_none_match, response_etag(req));
	return req->if_modified_since != NULL && response_modified(req) > 0 &&
		clock_parse_http(req->if_modified_since, &since) && response_modified(req) <= since;
}

enum status
request_fresh(struct request *req, const char *lang)
{
	req->lang = lang;
	lang_use(lang);
	return is_current(req) ? NOT_MODIFIED : OK;
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
request_waits(const struct request *req)
{
	if (db_work_rests(req->arena, req->conf, req->viewer.now))
		(void)page_element(req->page->root, "worker-stopped");
}

void
request_patience(const struct request *req)
{
	(void)alarm((unsigned)req->conf->timeout * 6);
}

/* Between reading and writing lies the wait for others who write: one of them may have taken a right away. */
static enum status
know_again(struct request *req)
{
	const struct user *user = req->viewer.user;
	struct user now;
	enum status status;

	if (req->route->role == ANYONE || user == NULL)
		return OK;
	status = session_user(req->db, req->arena, req->token, req->viewer.now, &now);
	if (status == OK && now.id == user->id && str_equal(now.role, user->role))
		return OK;
	if (status != NOT_FOUND)
		TRY(status);
	req->narrowed = true;
	req->viewer = (struct viewer){ .now = req->viewer.now };
	return FORBIDDEN;
}

enum status
request_write(struct request *req, bool private)
{
	db_end(req->db);
	TRY(private ? db_begin_private(req->db) : db_begin_write(req->db));
	TRY(know_again(req));
	return form_once_claim(req);
}

enum status
request_note(struct request *req)
{
	db_end(req->db);
	TRY(db_begin_private(req->db));
	return know_again(req);
}

enum status
request_commit(struct request *req, const char *path)
{
	req->location = request_url(req, path);
	TRY(form_once_save(req));
	TRY(db_commit(req->db));
	if (req->once == ONCE_CLAIMED)
		req->once = ONCE_SPENT;
	return OK;
}
