#include "http/form_base.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "core/token.h"
#include "store/db/site_key.h"

enum { ENTRY_DIGITS = 16 };

enum status
form_base_open(struct request *req, const char *path, const char *sent, struct form_base *ret_base)
{
	struct form_base base = { .arena = req->arena, .sent = sent };

	TRY(site_key_sign(req->db, req->arena, "base", str_starts(path, req->prefix) ? path + strlen(req->prefix) : path, &base.key));
	*ret_base = base;
	return OK;
}

static const char *
digest_of(const struct form_base *base, const char *name, const char *value)
{
	return arena_bytes(base->arena, digest_keyed(base->arena, base->key, arena_printf(base->arena, "%s\n%s", name, value)), ENTRY_DIGITS);
}

/* For a list of names: one digest per name, separated by ".". */
const char *
form_base_entry(const struct form_base *base, const struct field *field, const char *name, const char *value)
{
	struct str entry = str_init(base->arena);
	const char *member;

	if (field == NULL || field->merge != MERGE_SET)
		return digest_of(base, name, value);
	while ((member = text_list_next(base->arena, &value)) != NULL)
		str_printf(&entry, "%s%s", entry.length == 0 ? "" : ".", digest_of(base, name, member));
	return entry.bytes;
}

static const char *
find_entry(const struct form_base *base, const char *name, bool *ret_asks)
{
	size_t length = strlen(name);

	for (const char *entry = base->sent; entry != NULL && *entry != '\0'; entry += strcspn(entry, " "), entry += *entry == ' ') {
		const char *word = entry + (*entry == '!');
		if (strncmp(word, name, length) != 0 || word[length] != ':')
			continue;
		*ret_asks = *entry == '!';
		word += length + 1;
		return arena_bytes(base->arena, word, strcspn(word, " "));
	}
	*ret_asks = false;
	return NULL;
}

bool
form_base_is(const struct form_base *base, const struct field *field, const char *name, const char *value)
{
	bool asks;
	const char *entry = find_entry(base, name, &asks);

	return entry != NULL && str_equal(entry, form_base_entry(base, field, name, value));
}

bool
form_base_asks(const struct form_base *base, const char *name)
{
	bool asks;

	return find_entry(base, name, &asks) != NULL && asks;
}

bool
form_base_has(const struct form_base *base, const char *name, const char *member)
{
	bool asks;
	const char *entry = find_entry(base, name, &asks);

	return entry != NULL && strstr(entry, digest_of(base, name, member)) != NULL;
}
