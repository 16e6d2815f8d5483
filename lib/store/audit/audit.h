/*
 * The audit trail: who changed what, and when. Every function that changes what an owner answers for adds its line itself:
 *
 *     TRY(audit_add(db, AUDIT_SETTING, setting->name, old, new));
 *
 * in the same transaction, so that neither is kept without the other. Who it was is known to the connection (db_set_actor()).
 * A transaction that changed a setting, a rule of the plan or a person and added no line is not kept: db_commit() answers FAULT. A new kind
 * of event is a row of the table in audit.c. Nothing secret ever belongs here: no password, no token, no link.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/db/db.h"

enum audit_event {
	AUDIT_SETTING = 1,
	AUDIT_SCHEDULE_RULE_ADDED,
	AUDIT_SCHEDULE_RULE_REMOVED,
	AUDIT_USER_ADDED,
	AUDIT_ROLE,
	AUDIT_USER_SUSPENDED,
	AUDIT_USER_REACTIVATED,
	AUDIT_USER_CHANGED,
	AUDIT_ADDRESS,
	AUDIT_USER_DELETED,
	AUDIT_ACCESS_GRANTED,
	AUDIT_ACCESS_ENDED,
	AUDIT_SIGN_IN_LINK,
	AUDIT_INVITED,
	AUDIT_INVITATION_REVOKED,
	AUDIT_MAIL_TESTED,
	AUDIT_SESSION,
	AUDIT_SESSIONS_ENDED,
	AUDIT_PASSWORD,
	AUDIT_SECOND_FACTOR_ON,
	AUDIT_SECOND_FACTOR_OFF,
	AUDIT_PUBLISHED,
	AUDIT_UNPUBLISHED,
	AUDIT_DELETED,
	AUDIT_IMPORTED,
	AUDIT_SAMPLE,
	AUDIT_BACKUP_REQUESTED,
	AUDIT_BACKUP_MADE,
	AUDIT_BACKUP_DOWNLOADED,
	AUDIT_CHECK_REQUESTED,
	AUDIT_EVENTS
};

/* What a line says, in English for lang_text(). */
struct audit_kind {
	const char *code, *area, *words;
};
extern const struct audit_kind audit_kinds[AUDIT_EVENTS];
const struct audit_kind *audit_kind_of(const char *code);

/* The areas with their words, ended by a NULL code. */
struct audit_area {
	const char *code, *words;
};
extern const struct audit_area audit_areas[];

/* The longest value that a line holds; more is cut. */
enum { AUDIT_VALUE_MOST = 200, AUDIT_SECONDS = 2 * 365 * 24 * 3600 };

/* Adds a line, inside a write transaction; before and after may be NULL. Lines that are too old go. */
enum status audit_add(struct db *db, enum audit_event event, const char *subject, const char *before, const char *after);

/* The same about a person: shown by the name that they have, and by their number once they have left. */
enum status audit_add_user(struct db *db, enum audit_event event, int64_t user_id, const char *before, const char *after);

/* --- the list ----------------------------------------------------------------------- */

struct audit_line {
	int64_t id, time, user_id;
	const char *user_name; /* "" for who is no person, or not here any more */
	const char *event, *subject, *before, *after;
};

enum { AUDIT_ANYONE = -2 };

/* Lines before that one (0: the newest), newest first, at most limit: of one person or AUDIT_ANYONE, of one area or "". */
enum status audit_list(struct db *db, struct arena *arena, int64_t user_id, const char *area, int64_t before, int64_t limit,
	struct audit_line **ret_lines, size_t *ret_count);

/* Whether it has happened, as far as lines are kept. */
enum status audit_has(struct db *db, enum audit_event event, bool *ret_has);

#endif
