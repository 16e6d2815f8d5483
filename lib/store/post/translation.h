/* Translations: posts that share a work_id are translations of one another. A work has each language once. */
#ifndef STORE_POST_TRANSLATION_H
#define STORE_POST_TRANSLATION_H

#include "store/post/post.h"
#include "store/user/user.h"

/* The first other post of the same work that this user may edit; NOT_FOUND when there is none. */
enum status translation_other(struct db *db, struct arena *arena, const struct user *user, const struct post *post,
	struct post *ret_other);

/*
 * Finds the post that an author named as the original: by its address on this site, its slug or a former slug, or its
 * whole title. Only posts that the user may edit. NOT_FOUND when there is none.
 */
enum status translation_find(struct db *db, struct arena *arena, const struct user *user, const char *text,
	struct post *ret_post);

/* OK when no other post of that work has that language, otherwise CONFLICT. id: the post itself; 0: a new post. */
enum status translation_free(struct db *db, int64_t work_id, const char *lang, int64_t id);

/*
 * Call it before a post leaves its work, inside a write transaction. If the work has the post's id, the other posts
 * get a new work_id.
 */
enum status translation_regroup(struct db *db, const struct post *post);

#endif
