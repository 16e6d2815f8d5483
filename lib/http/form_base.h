/*
 * What a form started from, as it travels in its field "base": for each name a keyed digest of the value, such as "title:9ce8c93fa40b5e7b", with
 * a blank between. "!title:…" says that its author was asked to choose (http/form_merge.h). The digests are BLAKE2b (RFC 7693) with a key of
 * this site and of the form's address, so nobody else can make them, and those of another form are worth nothing here. For form_merge.c.
 */
#ifndef HTTP_FORM_BASE_H
#define HTTP_FORM_BASE_H

#include "core/field.h"
#include "http/request.h"

struct form_base {
	struct arena *arena;
	const char *key;
	const char *sent; /* what came with the form, whoever wrote it; NULL: the form was not sent */
};

/* path: where the form is sent to, local and encoded. Its language makes no difference. */
enum status form_base_open(struct request *req, const char *path, const char *sent, struct form_base *ret_base);

/* The entry that stands for a value. field: NULL for what is no field. */
const char *form_base_entry(const struct form_base *base, const struct field *field, const char *name, const char *value);

/* Whether the form that was sent started from that value; false when it does not say. */
bool form_base_is(const struct form_base *base, const struct field *field, const char *name, const char *value);

/* Whether the author of the form was asked to choose a value. */
bool form_base_asks(const struct form_base *base, const char *name);

/* Whether the list of names (MERGE_SET) that the form started from had that name. */
bool form_base_has(const struct form_base *base, const char *name, const char *member);

/* The next name of such a list, or NULL; moves *rest. */
const char *form_base_member(struct arena *arena, const char **rest);

#endif
