/*
 * Bans (table moderation_ban): accounts, networks and names that may not comment, for a limited time or for good. The
 * digest of a network is kept for 30 days at most, so such a ban ends by then.
 */
#ifndef STORE_MODERATION_BAN_H
#define STORE_MODERATION_BAN_H

#include <stdbool.h>

#include "core/field.h"
#include "store/db/db.h"

enum { BAN_NOTE_MAX = 500, BAN_NETWORK_SECONDS = 30 * 24 * 3600, BANS_PAGE = 50 };

struct ban {
	int64_t id;
	const char *kind;    /* account, network or name */
	const char *subject; /* see ban_subject_name(); id of the account; digest of the network */
	int64_t user_id;     /* of an account, else 0 */
	const char *name;    /* as moderators see it */
	const char *note;    /* why, for moderators */
	int64_t created, created_by;
	int64_t expires;     /* first second without it; 0: no end */
};

/* The kinds, and for how many days a ban can hold ("0": no end), with their names in English for lang_text(). */
extern const struct field_choice ban_kinds[], ban_days[];

/* A name as bans compare it: letters and digits only, folded, without accents. "" when none remain. In the arena. */
const char *ban_subject_name(struct arena *arena, const char *name);

/* Whether a ban of this account (0: guest), network or name holds. Both strings may be "". Reads only. */
enum status ban_holds(struct db *db, struct arena *arena, int64_t user_id, const char *network, const char *name, int64_t now, bool *ret_holds);

/*
 * Adds a ban, or replaces the one of the same kind and subject, inside a write transaction, with a line in the audit log.
 * Shortens that of a network to BAN_NETWORK_SECONDS. INVALID: the kind is unknown, the subject empty, or the account that
 * of somebody with any right (staff).
 */
enum status ban_add(struct db *db, struct arena *arena, const struct ban *ban, int64_t *ret_id);

/* Ends a ban, likewise. NOT_FOUND. */
enum status ban_end(struct db *db, struct arena *arena, int64_t id);

enum status ban_by_id(struct db *db, struct arena *arena, int64_t id, struct ban *ret_ban);

/* Lists bans with an id below before (0: from the newest), at most BANS_PAGE + 1. */
enum status ban_list(struct db *db, struct arena *arena, int64_t before, struct ban **ret_bans, size_t *ret_count);

/*
 * Lets the job "moderation" reject everything that the banned account, network or name wrote until now, as decisions of
 * that moderator. Inside the transaction that adds the ban.
 */
enum status ban_purge(struct db *db, int64_t ban_id, int64_t user_id, int64_t now);

/*
 * Rejects the next comments of a purge, at most 50, inside a transaction begun with db_begin_comment(). NOT_FOUND: none is
 * waiting.
 */
enum status ban_purge_next(struct db *db, struct arena *arena, int64_t now);
/* Whether a purge is waiting. Reads only. */
enum status ban_purge_is_due(struct db *db, bool *ret_due);

/* Removes bans that ended, at most 100, each with a line in the audit log. Inside a write transaction. */
enum status ban_sweep(struct db *db, struct arena *arena, int64_t now);
/* Whether ban_sweep() would remove anything. Reads only. */
enum status ban_is_due(struct db *db, int64_t now, bool *ret_due);

#endif
