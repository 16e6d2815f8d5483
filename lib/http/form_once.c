#include "http/form_once.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "core/encrypt.h"
#include "core/str.h"
#include "core/token.h"
#include "http/form.h"
#include "http/multipart.h"
#include "http/response.h"
#include "http/route_table.h"
#include "page/lang/lang.h"
#include "store/auth/form_record.h"
#include "store/auth/session_cookie.h"

enum { FILE_PART = 64 * 1024 };

/* The prefix of a stored answer: a redirect with its location, or a page with the text that it showed. */
static const char led_to[] = "303 ", showed[] = "200 ";

static bool
is_taken_once(const struct request *req)
{
	return req->route->method == POST && req->route->repeat != REPEATABLE;
}

/* Only the same user can send the same form again. For visitors the user is 0: only their browser knows the id. */
static const char *
row_id(struct request *req)
{
	long long user = req->route->role == ANYONE || req->viewer.user == NULL ? 0 : (long long)req->viewer.user->id;

	return digest_text(req->arena, arena_printf(req->arena, "%lld %s %s", user, req->path, req->form_id));
}

/* Adds the first and the last bytes of a file. Reading all of a large file would take as long as storing it. */
static void
add_file(struct digest *digest, struct arena *arena, const struct upload *upload)
{
	int file = open(upload->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char *bytes = arena_alloc(arena, FILE_PART);
	ssize_t got;

	for (int i = 0; i < 2 && file >= 0; i++) {
		got = pread(file, bytes, FILE_PART, i == 0 || upload->bytes < FILE_PART ? 0 : upload->bytes - FILE_PART);
		if (got > 0)
			digest_add(digest, bytes, (size_t)got);
	}
	if (file >= 0)
		(void)close(file);
}

/*
 * A digest of all values except the proof, including the choices of a merge (form_merge.h). Keyed, since the form
 * may contain a password.
 */
static const char *
content(struct request *req)
{
	struct digest *digest = digest_new(req->arena);
	struct str text = str_init(req->arena);

	if (req->form_content != NULL)
		return req->form_content;
	for (const struct field *field = form_fields(req->arena, req->route->fields); field->name != NULL; field++) {
		const char *value = field->type == FIELD_FILE || form_is_proof(field) ? NULL : request_field(req, field->name);
		if (value != NULL)
			str_printf(&text, "%s=%zu:%s\n", field->name, strlen(value), value);
	}
	for (const struct upload *upload = req->uploads; upload != NULL; upload = upload->next) {
		str_printf(&text, "%s=%zu:%s %lld\n", upload->field, strlen(upload->name), upload->name, (long long)upload->bytes);
		add_file(digest, req->arena, upload);
	}
	digest_add(digest, text.bytes, text.length);
	req->form_content = digest_keyed(req->arena, digest_text(req->arena, req->form_id), digest_end(req->arena, digest));
	return req->form_content;
}

/* NOT_FOUND when the form was not carried out yet. Otherwise OK, and *ret_same says whether the values are the same. */
static enum status
find(struct request *req, bool *ret_same)
{
	struct form_record row;
	char *answer;

	TRY(form_record_find(req->db, req->arena, row_id(req), &row));
	*ret_same = str_equal(row.content, content(req));
	if (!*ret_same)
		return OK;
	if (!decrypt_text(req->arena, req->form_id, row.result, &answer)) {
		log_line(LOG_ERROR, "form", "the stored answer of a form cannot be decrypted");
		return FAULT;
	}
	req->first_answer = answer;
	return OK;
}

enum status
form_once_look(struct request *req)
{
	enum status status;
	bool same;

	if (!is_taken_once(req))
		return OK;
	(void)content(req); /* before a handler moves a file or replaces a value */
	status = find(req, &same);
	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	/* With other values the handler decides: one that does not write, such as a preview, may continue. */
	if (same)
		req->once = ONCE_REPEATED;
	return OK;
}

enum status
form_once_claim(struct request *req)
{
	enum status status;
	bool same = false;

	if (!is_taken_once(req) || req->once == ONCE_SPENT)
		return OK;
	status = find(req, &same);
	if (status != NOT_FOUND)
		TRY(status);
	if (status == OK && same) {
		req->once = ONCE_REPEATED;
		return CONFLICT;
	}
	if (status == OK && req->route->repeat == ONCE) {
		req->once = ONCE_SPENT;
		(void)form_wrong(req, "", _("You already sent this form, and what it contained then was saved. What you see here now is "
			"different and not saved yet: send it again to save it as well."));
		return CONFLICT;
	}
	req->once = ONCE_CLAIMED;
	form_record_expect(req->db);
	return OK;
}

enum status
form_once_save(struct request *req)
{
	struct form_record row = { .created = req->viewer.now,
		.expires = req->viewer.now + (req->route->proof == FORM_STAMP ? FORM_STAMP_SECONDS : SESSION_SECONDS) };
	const char *answer;

	if (req->once != ONCE_CLAIMED)
		return OK;
	if (req->location != NULL) {
		answer = arena_printf(req->arena, "%s%s", led_to, req->location);
	} else if (req->route->repeated != NULL && req->shown_once != NULL) {
		answer = arena_printf(req->arena, "%s%s", showed, req->shown_once);
	} else {
		log_line(LOG_ERROR, "bug", "%s answers with a page, so its route needs .repeated and its handler must set shown_once", req->route->pattern);
		return FAULT;
	}
	row.id = row_id(req);
	row.content = content(req);
	row.result = encrypt_text(req->arena, req->form_id, answer);
	return form_record_save(req->db, &row);
}

enum status
form_once_settle(struct request *req, enum status status)
{
	enum status found;
	bool same = false;

	if (req->once == ONCE_REPEATED)
		return form_once_repeat(req);
	if (req->once == ONCE_SPENT || req->access_revoked || !is_taken_once(req) || db_is_broken(req->db))
		return status;
	db_end(req->db);
	found = db_set_query_only(req->db, true);
	if (found == OK)
		found = db_begin_read(req->db);
	if (found == OK)
		found = find(req, &same);
	return found == OK && same ? form_once_repeat(req) : status;
}

enum status
form_once_repeat(struct request *req)
{
	const char *answer = req->first_answer;

	db_end(req->db);
	req->once = ONCE_REPEATED;
	req->page = NULL;
	req->cookie = NULL;
	req->guest_cookie = NULL;
	req->problems = NULL;
	req->retry_after = 0;
	if (str_starts(answer, led_to)) {
		req->location = answer + strlen(led_to);
		return SEE_OTHER;
	}
	req->shown_once = answer + strlen(showed);
	TRY(db_set_query_only(req->db, true));
	TRY(db_begin_read(req->db));
	return req->route->repeated(req);
}
