/*
 * The rows of a post in the full-text indexes (store/index/search_index.h). All functions that write must be called
 * inside the transaction that changes the post.
 */
#ifndef STORE_POST_INDEX_H
#define STORE_POST_INDEX_H

#include "store/post/post.h"

/*
 * The next free search_id for that second. Ids grow with the publish date. CONFLICT when there is none, which takes a
 * million posts with one publish date.
 */
enum status post_index_free_id(struct db *db, int64_t published, int64_t *ret_id);

/*
 * The values that a search can filter by, as words, in the arena: "a3 t12 t7 lzh p5 xpaid" for author, tags,
 * language, the post itself and access. Access rights filter a search by these words too, so they are written again
 * when access changes.
 */
const char *post_facets(struct arena *arena, const struct post *post);

/* Writes the rows of a post as it is stored now. Published posts are in one index, all others in the other. */
enum status post_index_put(struct db *db, struct arena *arena, int64_t id);

/* Removes the rows of a post from both indexes. */
enum status post_index_remove(struct db *db, int64_t search_id);

#endif
