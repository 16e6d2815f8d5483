/*
 * Forms that were carried out, and what each led to. A form that is sent again finds its row here and creates nothing; see
 * http/form_once.h, which makes the ids and digests.
 */
#ifndef STORE_AUTH_FORM_RECORD_H
#define STORE_AUTH_FORM_RECORD_H

#include <stdbool.h>

#include "store/db/db.h"

struct form_record {
	const char *id;      /* digest of who sent it, where to, and its one-time id */
	const char *content; /* digest of what the fields held */
	const char *result;  /* the answer, sealed */
	int64_t created, expires;
};

/* The row of a form; NOT_FOUND when it was not carried out. Reads only. */
enum status form_record_find(struct db *db, struct arena *arena, const char *id, struct form_record *ret_row);

/*
 * From here on this transaction is kept only if it also holds the row of the form that caused it: db_commit() answers FAULT to a
 * handler that commits by itself and forgets it.
 */
void form_record_expect(struct db *db);

/* Notes that a form was carried out, inside the write transaction that does so. A row with this id is replaced. */
enum status form_record_save(struct db *db, const struct form_record *row);

enum status form_record_is_due(struct db *db, int64_t now, bool *ret_due);
/* Removes a hundred rows that have expired, inside a write transaction. */
enum status form_record_sweep(struct db *db, int64_t now);

#endif
