/* Which posts are translations of one another: they share a work_id, and each language stands in a work once. */
#ifndef STORE_POST_TRANSLATION_H
#define STORE_POST_TRANSLATION_H

#include "store/post/post.h"
#include "store/user/user.h"

/* The first other post of the same work that this user may write; NOT_FOUND when there is none. */
enum status translation_other(struct db *db, struct arena *arena, const struct user *user, const struct post *post,
	struct post *ret_other);

/*
 * What somebody typed to say which post theirs is a translation of: an address of this site or a slug, of a post that is
 * the user's to write, also a former one; or the whole title. NOT_FOUND when it is none of them.
 */
enum status translation_find(struct db *db, struct arena *arena, const struct user *user, const char *text,
	struct post *ret_post);

/* OK when no other post of that work is in that language; CONFLICT. A new post has the id 0. */
enum status translation_free(struct db *db, int64_t work_id, const char *lang, int64_t id);

/* Before a post leaves its work: when that has its number, the others get one of their own. In a write transaction. */
enum status translation_regroup(struct db *db, const struct post *post);

#endif
