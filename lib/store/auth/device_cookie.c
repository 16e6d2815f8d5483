#include "store/auth/device_cookie.h"

#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "store/db/site_key.h"

/*
 * An entry is "ID.TIME.SIGNATURE"; colons separate entries. Half of a digest is a 128-bit signature, and three
 * entries fit into one cookie.
 */
enum { ID_LETTERS = 16, TIME_MAX = 12, SIGNATURE_LETTERS = 32 };
static const char hexadecimal[] = "0123456789abcdef", digits[] = "0123456789";

struct entry {
	const char *text;      /* the whole entry */
	const char *id, *signature;
	long long time;
};

/* Parses an entry. True does not mean that its signature is valid. */
static bool
read_entry(struct arena *arena, const char *bytes, size_t length, struct entry *ret_entry)
{
	const char *text = arena_bytes(arena, bytes, length), *time, *signature;
	size_t time_length;
	struct entry entry = { .text = text };

	if (strspn(text, hexadecimal) != ID_LETTERS || text[ID_LETTERS] != '.')
		return false;
	time = text + ID_LETTERS + 1;
	time_length = strspn(time, digits);
	if (time_length == 0 || time_length > TIME_MAX || time[time_length] != '.')
		return false;
	signature = time + time_length + 1;
	if (strlen(signature) != SIGNATURE_LETTERS || strspn(signature, hexadecimal) != SIGNATURE_LETTERS)
		return false;
	if (!str_to_integer(arena_bytes(arena, time, time_length), &entry.time))
		return false;
	entry.id = arena_bytes(arena, text, ID_LETTERS);
	entry.signature = signature;
	*ret_entry = entry;
	return true;
}

/* Parses the entries of a cookie, at most DEVICE_ACCOUNTS. */
static size_t
read_entries(struct arena *arena, const char *cookie, struct entry *entries)
{
	size_t count = 0;

	while (cookie != NULL && *cookie != '\0' && count < DEVICE_ACCOUNTS) {
		size_t length = strcspn(cookie, ":");
		if (read_entry(arena, cookie, length, &entries[count]))
			count++;
		cookie += length + (cookie[length] == ':');
	}
	return count;
}

static enum status
sign(struct db *db, struct arena *arena, const char *id, long long time, const char *address, const char **ret_signature)
{
	const char *whole;

	TRY(site_key_sign(db, arena, "device", arena_printf(arena, "%s %lld %s", id, time, address), &whole));
	*ret_signature = arena_bytes(arena, whole, SIGNATURE_LETTERS);
	return OK;
}

/* Finds the account's entry; NOT_FOUND when there is none with a valid signature. */
static enum status
find_entry(struct db *db, struct arena *arena, const struct entry *entries, size_t count, const char *address, size_t *ret_place)
{
	for (size_t i = 0; i < count; i++) {
		const char *signature;
		TRY(sign(db, arena, entries[i].id, entries[i].time, address, &signature));
		if (token_is_same(signature, entries[i].signature)) {
			*ret_place = i;
			return OK;
		}
	}
	return NOT_FOUND;
}

enum status
device_cookie_id(struct db *db, struct arena *arena, const char *cookie, const char *address, int64_t now, const char **ret_id)
{
	struct entry entries[DEVICE_ACCOUNTS];
	size_t count = read_entries(arena, cookie, entries), place;

	TRY(find_entry(db, arena, entries, count, address, &place));
	if (now - entries[place].time >= DEVICE_SECONDS)
		return NOT_FOUND;
	*ret_id = entries[place].id;
	return OK;
}

enum status
device_cookie_add(struct db *db, struct arena *arena, const char *cookie, const char *address, int64_t now, const char **ret_cookie)
{
	struct entry entries[DEVICE_ACCOUNTS];
	size_t count = read_entries(arena, cookie, entries), place = DEVICE_ACCOUNTS, kept = 1;
	const char *id, *signature;
	struct str value = str_init(arena);
	enum status found = find_entry(db, arena, entries, count, address, &place);

	if (found != NOT_FOUND)
		TRY(found);
	/* The id stays the same, so that signing in again does not give a second counter. */
	id = found == OK ? entries[place].id : token_short(arena);
	TRY(sign(db, arena, id, (long long)now, address, &signature));
	str_printf(&value, "%s.%lld.%s", id, (long long)now, signature);
	for (size_t i = 0; i < count && kept < DEVICE_ACCOUNTS; i++) {
		if (i == place)
			continue;
		str_printf(&value, ":%s", entries[i].text);
		kept++;
	}
	*ret_cookie = value.bytes;
	return OK;
}
