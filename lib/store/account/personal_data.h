/*
 * The personal data of a user, table by table, for display and download. Every table that refers to a user is listed
 * here, with the query that finds the user's rows or with the reason why it is left out.
 * tests/unit/store/account/check_personal_data.c compares the list with the schema.
 */
#ifndef STORE_ACCOUNT_PERSONAL_DATA_H
#define STORE_ACCOUNT_PERSONAL_DATA_H

#include "store/db/db.h"
#include "store/user/user.h"

/* The newest rows of a table are included, at most this many. With texts as long as a comment that is a few MiB. */
enum { PERSONAL_DATA_MAX = 2000 };

/* A row of any of these tables. The table's columns say which member holds which column. */
struct personal_data_record {
	int64_t number[3];
	int64_t time[4]; /* Unix seconds; 0: never */
	const char *text[8];
};

struct personal_data_table {
	const char *table;
	const char *what;          /* description in plain words, in English for lang_text() */
	const struct column *columns; /* column names as in the download, with members of struct personal_data_record; NULL: left out */
	const struct query *query; /* has the parameters :user and :most; NULL: personal_data.c reads the table in another way */
	const char *left_out;      /* the reason why it is left out, or NULL */
};

/* All tables, ended by a NULL table. */
extern const struct personal_data_table personal_data_tables[];

/* The table's name in the download. The text lives as long as the program. */
const char *personal_data_name(const struct personal_data_table *table);

/* Whether the column is a time (Unix seconds). */
bool personal_data_is_time(const struct column *column);

/*
 * Reads a user's rows of one table, newest first where the table has an order in time; at most PERSONAL_DATA_MAX. *ret_more:
 * there are more. In the arena. Not for a table that is left out.
 */
enum status personal_data_list(struct db *db, struct arena *arena, const struct personal_data_table *table, const struct user *user,
	struct personal_data_record **ret_records, size_t *ret_count, bool *ret_more);

#endif
