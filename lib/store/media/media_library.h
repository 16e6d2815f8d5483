/*
 * The media library: files as those who write see them. All of this takes the user who asks, and finds nothing that is not theirs:
 * what they brought, or with RIGHT_EDIT everything.
 */
#ifndef STORE_MEDIA_LIBRARY_H
#define STORE_MEDIA_LIBRARY_H

#include "store/media/media.h"
#include "store/post/post.h"
#include "store/user/user.h"

enum { MEDIA_LIBRARY_PAGE = 48, MEDIA_LIBRARY_USES = 50, MEDIA_LIBRARY_ALT_MOST = 500 };

/*
 * Newest first: those with an id below before_id (0: from the newest) whose type begins with type ("image/", or "" for all) and
 * whose name or alternative text holds the words ("": any); at most MEDIA_LIBRARY_PAGE + 1.
 */
enum status media_library_list(struct db *db, struct arena *arena, const struct user *user, const char *type, const char *words,
	int64_t before_id, struct media **ret_media, size_t *ret_count);

/* One of them; NOT_FOUND when there is none that this user has. */
enum status media_library_get(struct db *db, struct arena *arena, const struct user *user, int64_t id, struct media *ret_media);

/* The posts that show it, newest first; at most MEDIA_LIBRARY_USES + 1. */
enum status media_library_uses(struct db *db, struct arena *arena, int64_t media_id, struct post **ret_posts, size_t *ret_count);

/* How many bytes may still come, of a quota in MiB; never below 0. Quota 0: nothing is counted, INT64_MAX. */
enum status media_library_room(struct db *db, long long quota_mib, int64_t *ret_bytes);

/* --- writing (inside a write transaction) ------------------------------------------ */

/*
 * Puts a file that media_take_file() stored into somebody's library; sets media->id. BUSY when its bytes were removed at this very
 * moment: to be sent again.
 */
enum status media_library_add(struct db *db, struct arena *arena, const char *folder, const struct user *user, struct media *media);

enum status media_library_describe(struct db *db, int64_t media_id, const char *alt);

/* Whether others have it in their library too, show it in posts of theirs, or the site wears it: then replacing it is an editor's to decide. */
enum status media_library_is_shared(struct db *db, const struct user *user, const struct media *media, bool *ret_shared);

/*
 * Lets another file stand in for one that media_library_get() has found, wherever it is used: covers, recordings, links. The row stays to
 * lead its old address on. Texts that show it are marked as stale: post_render_stale() renders them.
 */
enum status media_library_replace(struct db *db, struct arena *arena, const struct media *old, const struct media *fresh);

/*
 * Takes a file out of somebody's library; *ret_gone: nobody else has it, and its row is gone. CONFLICT while a post or the site's own
 * words use it. Its bytes are to be removed with media_library_sweep() when this is kept.
 */
enum status media_library_remove(struct db *db, struct arena *arena, const struct user *user, const struct media *media, bool *ret_gone);

/* --- by itself ------------------------------------------------------------------------ */

/* Removes the bytes of a file that has no row any more, or one that another stands in for; in a transaction of its own. */
enum status media_library_sweep(struct db *db, struct arena *arena, const char *folder, const struct media *media);

#endif
