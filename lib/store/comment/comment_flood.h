/*
 * A flood: more comments of guests in an hour than the setting comments_flood. Then all comments of guests are held
 * and no moderator is emailed about them, and their forms must be open longer before they can be sent. So many
 * addresses have no more effect than one.
 */
#ifndef STORE_COMMENT_FLOOD_H
#define STORE_COMMENT_FLOOD_H

#include "store/db/db.h"
#include "store/setting/setting.h"

/* How often comments_flood was exceeded: 0 not at all, 1 once, 2 at least twice. Reads only. */
enum status comment_flood_level(struct db *db, struct arena *arena, const struct setting_values *values, int64_t now, int *ret_level);

/* Counts a comment of a guest, inside a write transaction. */
enum status comment_flood_count(struct db *db, struct arena *arena, int64_t now);

/* Seconds that a form for comments must have been open: 3, for guests in a flood 30 or 120. Reads only. */
enum status comment_flood_age(struct db *db, struct arena *arena, const struct setting_values *values, bool guest, int64_t now,
	int64_t *ret_seconds);

#endif
