#include "store/auth/session_cookie.h"

#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "store/db/site_key.h"

static enum status
sign(struct db *db, struct arena *arena, const char *token, int64_t seen, const char **ret_signature)
{
	return site_key_sign(db, arena, "session", arena_printf(arena, "%lld %s", (long long)seen, token), ret_signature);
}

enum status
session_cookie_add(struct db *db, struct arena *arena, const char *token, int64_t seen, const char **ret_cookie)
{
	const char *signature;

	TRY(sign(db, arena, token, seen, &signature));
	*ret_cookie = arena_printf(arena, "%s.%lld.%s", token, (long long)seen, signature);
	return OK;
}

enum status
session_cookie_read(struct db *db, struct arena *arena, const char *cookie, const char **ret_token, int64_t *ret_seen)
{
	const char *first = cookie == NULL ? NULL : strchr(cookie, '.'), *second = first == NULL ? NULL : strchr(first + 1, '.');
	const char *token, *signature;
	long long seen;

	if (second == NULL || !str_to_integer(arena_bytes(arena, first + 1, (size_t)(second - first - 1)), &seen))
		return NOT_FOUND;
	token = arena_bytes(arena, cookie, (size_t)(first - cookie));
	TRY(sign(db, arena, token, seen, &signature));
	if (!token_is_same(signature, second + 1))
		return NOT_FOUND;
	*ret_token = token;
	*ret_seen = seen;
	return OK;
}

bool
session_cookie_is_valid(const struct user *user, int64_t seen, int64_t now)
{
	bool trusted = user_may(user, RIGHT_EDIT) || user_may(user, RIGHT_RUN);

	return now - seen < (trusted ? SESSION_COOKIE_IDLE_TRUSTED : SESSION_COOKIE_IDLE);
}
