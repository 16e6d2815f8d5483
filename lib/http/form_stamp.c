#include "http/form_stamp.h"
#include "http/form_internal.h"

#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "http/response.h"
#include "http/route_table.h"
#include "page/lang/lang.h"
#include "page/post/entry.h"
#include "store/auth/credential.h"
#include "store/auth/session.h"
#include "store/comment/comment_flood.h"
#include "store/db/site_key.h"

static enum status
sign(struct request *req, const char *path, const char *time, const char *id, const char **ret_signature)
{
	const char *session = req->viewer.user == NULL ? "" : session_id(req->arena, req->token);

	return site_key_sign(req->db, req->arena, "comment", arena_printf(req->arena, "stamp %s %s %s %s %s", time, id, path,
		throttle_network(req->arena, req->address), session), ret_signature);
}

enum status
form_stamp_make(struct request *req, const char *path, const char *id, int64_t time, const char **ret_stamp)
{
	const char *when = arena_printf(req->arena, "%lld", (long long)time), *signature;

	TRY(sign(req, path, when, id, &signature));
	*ret_stamp = arena_printf(req->arena, "%s.%s.%s", when, id, signature);
	return OK;
}

/* Whether somebody writes a text into the form, which takes time. */
static bool
is_written(const struct field *fields)
{
	for (; fields != NULL && fields->name != NULL; fields++)
		if (fields->type == FIELD_TEXT)
			return true;
	return false;
}

/* Seconds that must pass before a form with these fields can be sent. */
static enum status
age_of(struct request *req, const struct field *fields, int64_t *ret_seconds)
{
	*ret_seconds = 0;
	return is_written(fields) ? comment_flood_age(req->db, req->arena, req->settings, req->viewer.user == NULL, req->viewer.now, ret_seconds) : OK;
}

static enum status
refuse(struct request *req, const char *sentence)
{
	(void)form_wrong(req, "", sentence);
	return FORBIDDEN;
}

enum status
form_stamp_check(struct request *req, const char *path, const char *given)
{
	char *rest = arena_dup(req->arena, given), *time = strsep(&rest, "."), *id = strsep(&rest, "."), *signature = rest;
	int64_t age;
	long long made;
	const char *expected;

	if (str_empty(signature) || str_empty(id) || !str_to_integer(time, &made))
		return refuse(req, _("This form was open too long, or was sent from another site. Send it again."));
	TRY(sign(req, path, time, id, &expected));
	if (!token_is_same(signature, expected) || made > req->viewer.now || made < req->viewer.now - FORM_STAMP_SECONDS)
		return refuse(req, _("This form was open too long, or was opened from another network or account. Send it again."));
	req->form_id = id;
	TRY(age_of(req, req->route->fields, &age));
	if (req->viewer.now - made >= age)
		return OK;
	/* The same stamp becomes valid: a new one would have to wait again. */
	req->form_time = made;
	return refuse(req, lang_count(req->arena, "That was very fast. Wait %lld second, then send it again.",
		"That was very fast. Wait %lld seconds, then send it again.", (long long)(age - (req->viewer.now - made))));
}

enum status
form_stamp_send(struct request *req, const struct field *fields)
{
	static const char tail[] = "/stamp";
	const char *path = page_encode_path(req->arena, arena_printf(req->arena, "%s%.*s", req->prefix,
		(int)(strlen(req->path) - strlen(tail)), req->path)), *stamp;
	int64_t age;

	req->no_store = true;
	req->lang = request_language(req);
	TRY(age_of(req, fields, &age));
	TRY(form_stamp_make(req, path, token_new(req->arena), req->viewer.now, &stamp));
	req->content_type = "text/plain; charset=utf-8";
	req->body = arena_printf(req->arena, "%lld %s\n", (long long)age, stamp);
	req->body_length = strlen(req->body);
	return OK;
}

const char *
form_stamp_digest(struct request *req)
{
	return digest_keyed(req->arena, digest_text(req->arena, req->form_id), "comment stamp");
}

enum status
form_stamp_used(struct request *req)
{
	req->once = ONCE_SPENT;
	return refuse(req, _("You already sent this form, and what it contained then was saved. What you see here now is "
		"different and not saved yet: send it again to save it as well."));
}
