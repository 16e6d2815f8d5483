#include "throttle.h"

#include "core/password.h"
#include "core/str.h"
#include "http/form.h"
#include "page/lang/lang.h"
#include "store/auth/credential.h"
#include "store/auth/device_cookie.h"
#include "store/auth/session.h"

enum { TURN_SECONDS = 2 }; /* until a busy server should be tried again */

/* --- counters -------------------------------------------------------------------- */

enum status
throttle_of_browser(struct request *req, const char *name, const char *address, struct throttle *ret_throttle)
{
	const char *device;
	enum status status = device_cookie_id(req->db, req->arena, req->device, address, req->viewer.now, &device);

	if (status == NOT_FOUND) {
		*ret_throttle = (struct throttle){ .name = name };
		return OK;
	}
	TRY(status);
	*ret_throttle = (struct throttle){ .name = arena_printf(req->arena, "device %s %s", device, name), .own = true };
	return OK;
}

struct throttle
throttle_of_session(struct request *req, const char *name)
{
	return (struct throttle){ .own = true,
		.name = arena_printf(req->arena, "session %s %s", session_id(req->arena, req->token), name) };
}

/*
 * The network to count, or "". If the web server does not pass addresses, all clients must not be counted as one
 * network.
 */
static const char *
network_of(struct request *req, const struct throttle *throttle)
{
	return throttle->own ? "" : throttle_network(req->arena, req->address);
}

static enum status
must_wait(struct request *req, bool last, int64_t seconds)
{
	long long minutes = (long long)(seconds + 59) / 60;

	req->retry_after = (int)seconds;
	if (last) {
		(void)form_wrong(req, "", lang_count(req->arena, "Too many attempts. Wait %lld minute and try again.",
			"Too many attempts. Wait %lld minutes and try again.", minutes));
		return TOO_MANY;
	}
	(void)form_wrong(req, "", lang_count(req->arena, "Too many attempts. Wait %lld minute and try again, or ask for a sign-in link.",
		"Too many attempts. Wait %lld minutes and try again, or ask for a sign-in link.", minutes));
	return TOO_MANY;
}

static enum status
network_wait(struct request *req, const char *network, int64_t *ret_seconds)
{
	*ret_seconds = 0;
	return *network == '\0' ? OK : throttle_wait(req->db, req->arena, THROTTLE_NETWORK, network, req->viewer.now, ret_seconds);
}

static enum status
network_failed(struct request *req, const char *network)
{
	return *network == '\0' ? OK : throttle_add(req->db, req->arena, THROTTLE_NETWORK, network, req->viewer.now);
}

enum status
throttle_check(struct request *req, const struct throttle *throttle, bool last)
{
	int64_t account_wait, other_wait;

	TRY(throttle_wait(req->db, req->arena, THROTTLE_ACCOUNT, throttle->name, req->viewer.now, &account_wait));
	TRY(network_wait(req, network_of(req, throttle), &other_wait));
	if (account_wait > 0 || other_wait > 0)
		return must_wait(req, last, account_wait > other_wait ? account_wait : other_wait);
	return OK;
}

enum status
throttle_count(struct request *req, const struct throttle *throttle, bool last)
{
	const char *network = network_of(req, throttle);

	TRY(request_write_aside(req));
	TRY(throttle_check(req, throttle, last));
	TRY(throttle_add(req->db, req->arena, THROTTLE_ACCOUNT, throttle->name, req->viewer.now));
	TRY(network_failed(req, network));
	return db_commit(req->db);
}

enum status
throttle_count_network(struct request *req, const struct throttle *throttle)
{
	const char *network = network_of(req, throttle);
	int64_t seconds;

	TRY(request_write_aside(req));
	TRY(network_wait(req, network, &seconds));
	if (seconds > 0)
		return must_wait(req, true, seconds);
	TRY(network_failed(req, network));
	return db_commit(req->db);
}

enum status
throttle_forget(struct request *req, const struct throttle *throttle)
{
	TRY(throttle_end(req->db, req->arena, THROTTLE_ACCOUNT, throttle->name));
	/*
	 * Only one of the network's attempts: otherwise anybody with an account could reset the count and keep guessing
	 * at other accounts.
	 */
	return throttle_subtract(req->db, req->arena, THROTTLE_NETWORK, network_of(req, throttle));
}

/* --- locks for password hashing ---------------------------------------------------- */

static enum status
take_lock(struct request *req, const char *name, struct file_lock **ret_lock)
{
	return file_lock_take(req->arena, arena_printf(req->arena, "%s/run/%s.lock", req->conf->folder, name), ret_lock);
}

enum status
throttle_password_lock(struct request *req, bool own, struct file_lock **ret_lock)
{
	struct file_lock *lock = NULL;
	enum status status = BUSY;

	if (own)
		status = take_lock(req, "password-known", &lock);
	if (status == BUSY)
		status = take_lock(req, "password", &lock);
	if (status == BUSY) {
		req->retry_after = TURN_SECONDS;
		(void)form_wrong(req, "", _("Many people are signing in right now. Wait a few seconds, then try again."));
		return BUSY;
	}
	/* If the lock file cannot be created there is no limit, but users can still sign in. The error is in the log. */
	*ret_lock = status == OK ? lock : NULL;
	return OK;
}

/* --- checking passwords and codes ---------------------------------------------------- */

enum status
throttle_try_code(struct request *req, const struct user *user, enum throttle_way way, struct throttle *ret_throttle)
{
	const char *name = throttle_code_name(req->arena, user, way);
	struct throttle throttle;

	if (way == BY_SESSION)
		throttle = throttle_of_session(req, name);
	else
		TRY(throttle_of_browser(req, name, user->email, &throttle));
	*ret_throttle = throttle;
	return throttle_count(req, &throttle, way != BY_PASSWORD);
}

enum status
throttle_try_password(struct request *req, const char *hash, const char *text, bool *ret_right)
{
	struct throttle throttle = throttle_of_session(req, req->viewer.user->email);
	struct file_lock *lock;
	bool right, stale;

	TRY(throttle_check(req, &throttle, true));
	TRY(throttle_password_lock(req, true, &lock));
	TRY(throttle_count(req, &throttle, true));
	TRY(password_check(hash, text == NULL ? "" : text, &right, &stale));
	file_lock_release(lock);
	*ret_right = right;
	if (!right)
		return OK;
	TRY(request_write_aside(req));
	TRY(throttle_forget(req, &throttle));
	return db_commit(req->db);
}

enum status
throttle_take_back_password(struct request *req)
{
	struct throttle throttle = throttle_of_session(req, req->viewer.user->email);

	return throttle_subtract(req->db, req->arena, THROTTLE_ACCOUNT, throttle.name);
}

enum status
throttle_password(struct request *req, const char *field, const char *wrong)
{
	const char *hash;
	bool right;

	TRY(credential_password(req->db, req->arena, req->viewer.user->id, &hash));
	TRY(throttle_try_password(req, hash, request_field(req, field), &right));
	return right ? OK : form_wrong(req, field, wrong);
}
