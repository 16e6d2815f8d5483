#include "store/auth/throttle_count.h"

#include <arpa/inet.h>
#include <string.h>

#include "core/str.h"
#include "store/db/site_key.h"

enum {
	QUIET_SECONDS = 24 * 3600,
	LONGEST_WAIT = 15 * 60,
};

/* The number of free attempts, then the first and the longest wait in seconds. Waits double. */
static const struct { const char *name; int64_t free, first, longest; } kinds[] = {
	[THROTTLE_ACCOUNT] = { "account", 5, 1, LONGEST_WAIT },
	[THROTTLE_NETWORK] = { "network", 30, 1, LONGEST_WAIT },
	[THROTTLE_MAIL] = { "mail", 5, 3600, 3600 },
};

struct throttle {
	int64_t failed, last_failed;
};
static const struct column throttle_columns[] = {
	COLUMN_INT(struct throttle, failed),
	COLUMN_INT(struct throttle, last_failed),
	{ 0 },
};
static const struct row throttle_row = { sizeof(struct throttle), throttle_columns };

/* A keyed digest: without the key, neither an email address nor an account can be read from the table. */
static enum status
id_of(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, const char **ret_id)
{
	return site_key_sign(db, arena, "throttle", arena_printf(arena, "%s %s", kinds[kind].name, name), ret_id);
}

const char *
throttle_code_name(struct arena *arena, const struct user *user, enum throttle_way way)
{
	static const char *const ways[] = { [BY_PASSWORD] = "code", [BY_LINK] = "code-link", [BY_SESSION] = "code-session" };

	return arena_printf(arena, "%s %s", ways[way], user->email);
}

const char *
throttle_mail_name(struct arena *arena, const char *address, bool joins)
{
	return arena_printf(arena, joins ? "join %s" : "sign-in %s", address);
}

QUERY(throttle_by_id, "SELECT failed, last_failed FROM throttle WHERE id = :id");

enum status
throttle_wait(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t now, int64_t *ret_seconds)
{
	const int64_t longest = kinds[kind].longest;
	struct throttle throttle;
	int64_t wait = kinds[kind].first, over;
	const char *id;
	enum status status;

	TRY(id_of(db, arena, kind, name, &id));
	status = query_one(db, arena, throttle_by_id, &throttle_row, &throttle, BIND(TEXT("id", id)));
	*ret_seconds = 0;
	if (status == NOT_FOUND || (status == OK && throttle.failed < kinds[kind].free))
		return OK;
	TRY(status);
	for (int64_t i = kinds[kind].free; i < throttle.failed && wait < longest; i++)
		wait *= 2;
	over = throttle.last_failed + (wait < longest ? wait : longest) - now;
	/* If the clock was set back, nobody must wait for longer than the longest wait. */
	*ret_seconds = over <= 0 ? 0 : over < longest ? over : longest;
	return OK;
}

QUERY(sweep_throttle,
	"DELETE FROM throttle WHERE id IN (SELECT id FROM throttle WHERE last_failed < :quiet ORDER BY last_failed LIMIT 100)");
QUERY(add_throttle,
	"INSERT INTO throttle (id, failed, last_failed) VALUES (:id, 1, :now)"
	" ON CONFLICT (id) DO UPDATE SET failed = throttle.failed + 1, last_failed = excluded.last_failed");

enum status
throttle_add(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t now)
{
	const char *id;

	TRY(id_of(db, arena, kind, name, &id));
	TRY(query_run(db, sweep_throttle, BIND(INT("quiet", now - QUIET_SECONDS))));
	return query_run(db, add_throttle, BIND(TEXT("id", id), INT("now", now)));
}

QUERY(subtract_throttle, "UPDATE throttle SET failed = failed - 1 WHERE id = :id AND failed > 0");

enum status
throttle_subtract(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name)
{
	const char *id;

	TRY(id_of(db, arena, kind, name, &id));
	return query_run(db, subtract_throttle, BIND(TEXT("id", id)));
}

enum status
throttle_read(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name, int64_t *ret_failed, int64_t *ret_last)
{
	struct throttle throttle;
	const char *id;

	TRY(id_of(db, arena, kind, name, &id));
	TRY(query_one(db, arena, throttle_by_id, &throttle_row, &throttle, BIND(TEXT("id", id))));
	*ret_failed = throttle.failed;
	*ret_last = throttle.last_failed;
	return OK;
}

QUERY(end_throttle, "DELETE FROM throttle WHERE id = :id");

enum status
throttle_end(struct db *db, struct arena *arena, enum throttle_kind kind, const char *name)
{
	const char *id;

	TRY(id_of(db, arena, kind, name, &id));
	return query_run(db, end_throttle, BIND(TEXT("id", id)));
}

const char *
throttle_network(struct arena *arena, const char *address)
{
	static const unsigned char mapped[12] = { [10] = 0xFF, [11] = 0xFF };
	unsigned char bytes[16];

	if (address == NULL)
		return "";
	if (inet_pton(AF_INET, address, bytes) == 1)
		return arena_printf(arena, "%d.%d.%d", bytes[0], bytes[1], bytes[2]);
	if (inet_pton(AF_INET6, address, bytes) != 1)
		return "";
	if (memcmp(bytes, mapped, sizeof(mapped)) == 0)
		return arena_printf(arena, "%d.%d.%d", bytes[12], bytes[13], bytes[14]);
	return arena_printf(arena, "%02x%02x:%02x%02x:%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
}

/* --- expired rows --------------------------------------------------------------- */

QUERY(throttle_due, "SELECT EXISTS (SELECT 1 FROM throttle WHERE last_failed < :quiet)");

enum status
throttle_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, throttle_due, ret_due, BIND(INT("quiet", now - QUIET_SECONDS)));
}

enum status
throttle_sweep(struct db *db, int64_t now)
{
	return query_run(db, sweep_throttle, BIND(INT("quiet", now - QUIET_SECONDS)));
}
