/*
 * The values that a form started from. They are sent in the form's field "base" as one keyed digest per name, such
 * as "title:9ce8c93fa40b5e7b", separated by spaces. "!title:…" means that the author was asked to choose
 * (http/form_merge.h). The digests are BLAKE2b (RFC 7693) with a key made from the site's key and the form's
 * address. So nobody else can make them, and those of another form are not valid here. Used by form_merge.c.
 */
#ifndef HTTP_FORM_BASE_H
#define HTTP_FORM_BASE_H

#include "core/field.h"
#include "http/request.h"

struct form_base {
	struct arena *arena;
	const char *key;
	const char *sent; /* what came with the form, not trusted; NULL: the form was not sent */
};

/* Prepares the base of a form. path: where the form is sent to, local and encoded; its language prefix is ignored. */
enum status form_base_open(struct request *req, const char *path, const char *sent, struct form_base *ret_base);

/* The entry for a value, in the arena. field: NULL for a watched value (struct form_watched). */
const char *form_base_entry(const struct form_base *base, const struct field *field, const char *name, const char *value);

/* Whether the form that was sent started from that value; false when the form has no entry for it. */
bool form_base_is(const struct form_base *base, const struct field *field, const char *name, const char *value);

/* Whether the form asked its author to choose a value. */
bool form_base_asks(const struct form_base *base, const char *name);

/* Whether the list of names (MERGE_SET) that the form started from contained member. */
bool form_base_has(const struct form_base *base, const char *name, const char *member);

#endif
