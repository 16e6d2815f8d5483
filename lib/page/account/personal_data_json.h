/* All that is kept about somebody, as a file that any program reads (RFC 8259). */
#ifndef PAGE_ACCOUNT_PERSONAL_DATA_JSON_H
#define PAGE_ACCOUNT_PERSONAL_DATA_JSON_H

#include "core/arena.h"
#include "core/status.h"
#include "store/db/db.h"
#include "store/user/user.h"

/*
 * One object: for each table of store/account/personal_data.h an array of its rows, newest first, times as 2026-11-24T05:23:42Z or null; and in "more" the names of
 * those tables of which only the newest PERSONAL_DATA_MOST rows are here.
 */
enum status personal_data_json_write(struct db *db, struct arena *arena, const struct user *user, char **ret_bytes, size_t *ret_length);

#endif
