#include "store/auth/guest_cookie.h"

#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "store/db/site_key.h"

static enum status
sign(struct db *db, struct arena *arena, const char *id, const char *time, const char **ret_signature)
{
	return site_key_sign(db, arena, "comment", arena_printf(arena, "guest cookie %s %s", id, time), ret_signature);
}

static enum status
person_of(struct db *db, struct arena *arena, const char *id, const char **ret_person)
{
	return site_key_sign(db, arena, "comment", arena_printf(arena, "guest %s", id), ret_person);
}

enum status
guest_cookie_new(struct db *db, struct arena *arena, int64_t now, const char **ret_cookie, const char **ret_person)
{
	const char *id = token_new(arena), *time = arena_printf(arena, "%lld", (long long)now), *signature;

	TRY(sign(db, arena, id, time, &signature));
	TRY(person_of(db, arena, id, ret_person));
	*ret_cookie = arena_printf(arena, "%s.%s.%s", id, time, signature);
	return OK;
}

enum status
guest_cookie_person(struct db *db, struct arena *arena, const char *cookie, int64_t now, const char **ret_person)
{
	char *rest = arena_dup(arena, cookie), *id, *time;
	const char *signature;
	long long made;

	*ret_person = "";
	id = strsep(&rest, ".");
	time = strsep(&rest, ".");
	if (str_empty(rest) || !str_to_integer(time, &made) || made > now || now - made >= GUEST_SECONDS)
		return OK;
	TRY(sign(db, arena, id, time, &signature));
	return token_is_same(signature, rest) ? person_of(db, arena, id, ret_person) : OK;
}
