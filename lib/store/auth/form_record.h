/*
 * Forms that were processed, with their results. When a form is sent again, its row is found here and nothing is
 * created a second time. http/form_once.h makes the ids and digests.
 */
#ifndef STORE_AUTH_FORM_RECORD_H
#define STORE_AUTH_FORM_RECORD_H

#include <stdbool.h>

#include "store/db/db.h"

struct form_record {
	const char *id;      /* digest of the sender, the route and the form's one-time id */
	const char *content; /* digest of the field values */
	const char *result;  /* the response, encrypted */
	int64_t created, expires;
};

/* Finds a form's record; NOT_FOUND when it was not processed yet. Reads only. */
enum status form_record_find(struct db *db, struct arena *arena, const char *id, struct form_record *ret_row);

/*
 * Requires this transaction to save a form record: otherwise db_commit() returns FAULT. This finds a handler that
 * commits itself and forgets the record.
 */
void form_record_expect(struct db *db);

/* Saves that a form was processed, inside the write transaction that does so. Replaces a row with the same id. */
enum status form_record_save(struct db *db, const struct form_record *row);

/* Whether form_record_sweep() would remove anything. Reads only. */
enum status form_record_is_due(struct db *db, int64_t now, bool *ret_due);
/* Removes expired rows, at most 100, inside a write transaction. */
enum status form_record_sweep(struct db *db, int64_t now);

#endif
