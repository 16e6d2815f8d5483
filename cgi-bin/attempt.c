#include "attempt.h"

#include "core/password.h"
#include "core/str.h"
#include "http/form.h"
#include "page/lang.h"
#include "store/door.h"

/* last: there is no other way that a mailed link would open. */
static enum status
must_wait(struct request *req, bool last, int64_t seconds)
{
	long long minutes = (long long)(seconds + 59) / 60;

	req->retry_after = (int)seconds;
	if (last) {
		(void)form_wrong(req, "", lang_count(req->arena, "That was tried too often. Wait %lld minute.",
			"That was tried too often. Wait %lld minutes.", minutes));
		return TOO_MANY;
	}
	(void)form_wrong(req, "", lang_count(req->arena, "That was tried too often. Wait %lld minute, or ask for a link that signs in.",
		"That was tried too often. Wait %lld minutes, or ask for a link that signs in.", minutes));
	return TOO_MANY;
}

static enum status
count_try(struct request *req, bool last, const char *name)
{
	/* A web server that does not say where somebody is must not make all of them one. */
	const char *network = attempt_network(req->arena, req->address);
	int64_t account_wait, network_wait = 0;

	TRY(request_note(req));
	TRY(attempt_wait(req->db, req->arena, ATTEMPT_ACCOUNT, name, req->viewer.now, &account_wait));
	if (*network != '\0')
		TRY(attempt_wait(req->db, req->arena, ATTEMPT_NETWORK, network, req->viewer.now, &network_wait));
	if (account_wait > 0 || network_wait > 0)
		return must_wait(req, last, account_wait > network_wait ? account_wait : network_wait);
	TRY(attempt_failed(req->db, req->arena, ATTEMPT_ACCOUNT, name, req->viewer.now));
	if (*network != '\0')
		TRY(attempt_failed(req->db, req->arena, ATTEMPT_NETWORK, network, req->viewer.now));
	return db_commit(req->db);
}

enum status
account_try(struct request *req, const char *name)
{
	return count_try(req, false, name);
}

enum status
account_try_code(struct request *req, const struct user *user, enum door_way way)
{
	return count_try(req, way != BY_PASSWORD, door_code_name(req->arena, user, way));
}

enum status
account_forget(struct request *req, const char *name)
{
	TRY(attempt_forget(req->db, req->arena, ATTEMPT_ACCOUNT, name));
	return attempt_take_back(req->db, req->arena, ATTEMPT_NETWORK, attempt_network(req->arena, req->address));
}

enum status
account_try_password(struct request *req, const char *hash, const char *text, bool *ret_right)
{
	const struct user *user = req->viewer.user;
	bool right, stale;

	TRY(account_try(req, user->email));
	TRY(password_check(hash, text == NULL ? "" : text, &right, &stale));
	*ret_right = right;
	if (!right)
		return OK;
	TRY(request_note(req));
	TRY(account_forget(req, user->email));
	return db_commit(req->db);
}

enum status
account_password(struct request *req, const char *field, const char *wrong)
{
	const char *hash;
	bool right;

	TRY(password_of_user(req->db, req->arena, req->viewer.user->id, &hash));
	TRY(account_try_password(req, hash, request_field(req, field), &right));
	return right ? OK : form_wrong(req, field, wrong);
}
