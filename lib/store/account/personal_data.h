/*
 * All that is kept about one person, table by table: what they may see and take along. Every table that names a user stands here, with the
 * question that finds their rows, or with the reason why it is left out; tests/unit/store/account/check_personal_data.c holds it against the schema.
 */
#ifndef STORE_ACCOUNT_PERSONAL_DATA_H
#define STORE_ACCOUNT_PERSONAL_DATA_H

#include "store/db/db.h"
#include "store/user/user.h"

/* The newest rows of a table that are taken along. With texts of a comment's length that is a few MiB at most. */
enum { PERSONAL_DATA_MOST = 2000 };

/* A row of any of these tables: own_row's columns say which member holds what. */
struct personal_data_record {
	int64_t number[3];
	int64_t time[4]; /* unix seconds; 0: never */
	const char *text[8];
};

struct personal_data_table {
	const char *table;
	const char *what;          /* in plain words, in English for lang_text() */
	const struct column *columns; /* names as in the file, members of struct personal_data_record; NULL: left out */
	const struct query *query; /* :user, :most; NULL: own.c knows another way */
	const char *left_out;      /* why; or NULL */
};

/* Ended by a NULL table. */
extern const struct personal_data_table personal_data_tables[];

/* What the file that a person takes along calls it. */
const char *personal_data_name(const struct personal_data_table *table);

/* Whether a column of it holds a time. */
bool personal_data_is_time(const struct column *column);

/* A user's rows of one of them, newest first; at most PERSONAL_DATA_MOST, and *ret_more when there are others. */
enum status personal_data_list(struct db *db, struct arena *arena, const struct personal_data_table *table, const struct user *user,
	struct personal_data_record **ret_records, size_t *ret_count, bool *ret_more);

#endif
