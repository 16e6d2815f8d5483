/* A user's personal data as a JSON file (RFC 8259). */
#ifndef PAGE_ACCOUNT_PERSONAL_DATA_JSON_H
#define PAGE_ACCOUNT_PERSONAL_DATA_JSON_H

#include "core/arena.h"
#include "core/status.h"
#include "store/db/db.h"
#include "store/user/user.h"

/*
 * Writes one object. Each table of store/account/personal_data.h is an array of its rows, newest first. Times are
 * strings such as 2026-11-24T05:23:42Z, or null. "more" lists the tables of which only the newest PERSONAL_DATA_MAX rows are
 * included. *ret_bytes is in the arena.
 */
enum status personal_data_json_write(struct db *db, struct arena *arena, const struct user *user, char **ret_bytes, size_t *ret_length);

#endif
