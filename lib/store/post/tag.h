/* Tags, and how many listed posts each has. */
#ifndef STORE_POST_TAG_H
#define STORE_POST_TAG_H

#include "store/db/db.h"

struct tag {
	int64_t id;
	const char *slug, *name;
	int64_t posts; /* visible posts in the language asked for; only set by tag_list() */
};

enum status tag_by_slug(struct db *db, struct arena *arena, const char *slug, struct tag *ret_tag);
/* The tag that tag_need() would give for that name, when there is one. */
enum status tag_by_name(struct db *db, struct arena *arena, const char *name, struct tag *ret_tag);

/*
 * The 500 most used tags with at least one post that is due, by name. lang may
 * be "" for all languages. Posts still to come are not counted.
 */
enum status tag_list(struct db *db, struct arena *arena, const char *lang, int64_t now,
	struct tag **ret_tags, size_t *ret_count);

/* The tag of that name (compared by its slug), made when there is none; in a write transaction. It never changes: posts hold its words. */
enum status tag_need(struct db *db, struct arena *arena, const char *name, bool sample,
	struct tag *ret_tag);

#endif
