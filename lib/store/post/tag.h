/* Tags, and the number of their listed posts. */
#ifndef STORE_POST_TAG_H
#define STORE_POST_TAG_H

#include "store/db/db.h"

struct tag {
	int64_t id;
	const char *slug, *name;
	int64_t posts; /* visible posts in the requested language; set only by tag_list() */
};

/* The tag with that slug; NOT_FOUND when there is none. In the arena. */
enum status tag_by_slug(struct db *db, struct arena *arena, const char *slug, struct tag *ret_tag);
/* The tag that tag_find_or_add() would return for that name; NOT_FOUND when it does not exist yet. */
enum status tag_by_name(struct db *db, struct arena *arena, const char *name, struct tag *ret_tag);

/*
 * Lists the 500 most used tags that have a due post, sorted by name. lang "" or NULL: all languages. Scheduled posts
 * are not counted. In the arena.
 */
enum status tag_list(struct db *db, struct arena *arena, const char *lang, int64_t now,
	struct tag **ret_tags, size_t *ret_count);

/*
 * Finds the tag of that name (compared by its slug), or creates it, inside a write transaction. Tags never change,
 * because posts store their names. INVALID: the name has no letter or digit.
 */
enum status tag_find_or_add(struct db *db, struct arena *arena, const char *name, bool sample,
	struct tag *ret_tag);

#endif
