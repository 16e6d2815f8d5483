/* The write transaction of a handler, declared in request.h. */
#include "core/str.h"
#include "http/form_once.h"
#include "http/request.h"
#include "http/route_table.h"
#include "store/auth/session.h"

/*
 * Before a write begins, others may have written; one of them may have revoked a session or a role. So check both
 * again.
 */
static enum status
recheck_viewer(struct request *req)
{
	const struct user *user = req->viewer.user;
	struct user now;
	enum status status;

	/* A form with COMMENT_STAMP is for everybody, but acts for the account of a signed-in user. */
	if (user == NULL || (req->route->role == ANYONE && req->route->proof != COMMENT_STAMP))
		return OK;
	status = session_user(req->db, req->arena, req->token, req->viewer.now, &now);
	if (status == OK && now.id == user->id && str_equal(now.role, user->role))
		return OK;
	if (status != NOT_FOUND)
		TRY(status);
	req->access_revoked = true;
	req->viewer = (struct viewer){ .now = req->viewer.now };
	return FORBIDDEN;
}

enum status
request_write(struct request *req, bool private)
{
	db_end(req->db);
	TRY(private ? db_begin_private(req->db) : db_begin_write(req->db));
	TRY(recheck_viewer(req));
	return form_once_claim(req);
}

enum status
request_write_comment(struct request *req)
{
	db_end(req->db);
	TRY(db_begin_comment(req->db));
	TRY(recheck_viewer(req));
	return form_once_claim(req);
}

enum status
request_write_aside(struct request *req)
{
	db_end(req->db);
	TRY(db_begin_private(req->db));
	return recheck_viewer(req);
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
