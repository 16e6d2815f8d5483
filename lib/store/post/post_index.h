/* A post's rows in the full-text indexes (store/index/search_index.h). All that writes runs inside the transaction that changes the post. */
#ifndef STORE_POST_INDEX_H
#define STORE_POST_INDEX_H

#include "store/post/post.h"

/*
 * The next free search_id for that second: numbers grow with the time of publishing. CONFLICT when there is none, which takes a
 * million posts of one time.
 */
enum status post_index_free_id(struct db *db, int64_t published, int64_t *ret_id);

/*
 * What a post can be narrowed by, as words: "a3 t12 t7 lzh p5 xpaid" for author, tags, language, the post
 * itself and access. Rights narrow a search by these words too, so they are written again when access changes.
 */
const char *post_facets(struct arena *arena, const struct post *post);

/* Writes the row of a post as it is stored now: published posts into one index, all others into the other. */
enum status post_index_put(struct db *db, struct arena *arena, int64_t id);

/* Removes the row from whichever index holds it. */
enum status post_index_remove(struct db *db, int64_t search_id);

#endif
