/*
 * The audit log: who changed what, and when. Every function that makes a change an owner must answer for adds its
 * line itself, in the same transaction, so that neither is saved without the other:
 *
 *     TRY(audit_add(db, AUDIT_SETTING, setting->name, old, new));
 *
 * The connection knows who makes the change (db_set_actor()). A transaction that changed a setting, a rule of the
 * publishing schedule or a user without adding a line is not saved: db_commit() returns FAULT. A new event needs a
 * row in the table in audit.c. Never add secrets: no password, token or link.
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
	AUDIT_RULE_ADDED,
	AUDIT_RULE_REMOVED,
	AUDIT_BAN_ADDED,
	AUDIT_BAN_ENDED,
	AUDIT_TRUST,
	AUDIT_EVENTS
};

/* An event's code and area in the database, and its text in English for lang_text(). */
struct audit_kind {
	const char *code, *area, *words;
};
extern const struct audit_kind audit_kinds[AUDIT_EVENTS];
/* The kind with that code, or NULL. */
const struct audit_kind *audit_kind_of(const char *code);

/* The areas with their texts in English, ended by a NULL code. */
struct audit_area {
	const char *code, *words;
};
extern const struct audit_area audit_areas[];

/* The most characters of a value, of which the rest is cut, and the seconds for which lines are kept. */
enum { AUDIT_VALUE_MAX = 200, AUDIT_SECONDS = 2 * 365 * 24 * 3600 };

/*
 * Adds a line, inside a write transaction. before and after may be NULL. Removes some of the lines that are too old.
 * Aborts for an event without a row in audit_kinds.
 */
enum status audit_add(struct db *db, enum audit_event event, const char *subject, const char *before, const char *after);

/*
 * The same for an event about a user. The list shows the user's current name, or the number once the user is deleted.
 */
enum status audit_add_user(struct db *db, enum audit_event event, int64_t user_id, const char *before, const char *after);

/* --- reading ------------------------------------------------------------------------ */

struct audit_line {
	int64_t id, time, user_id;
	const char *user_name; /* "" when it is not a user, or the user is deleted */
	const char *event, *subject, *before, *after;
};

/* For audit_list(): lines of all users. */
enum { AUDIT_ANYONE = -2 };

/*
 * Lists lines with an id below before (0: from the newest), newest first, at most limit. user_id: only changes by
 * that user, or AUDIT_ANYONE. area: only that area, or "" for all. In the arena.
 */
enum status audit_list(struct db *db, struct arena *arena, int64_t user_id, const char *area, int64_t before, int64_t limit,
	struct audit_line **ret_lines, size_t *ret_count);

/* Whether the log has a line for this event. Old lines are removed after AUDIT_SECONDS. */
enum status audit_has(struct db *db, enum audit_event event, bool *ret_has);

#endif
