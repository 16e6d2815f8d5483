/*
 * The media library: files as authors see them. The functions take the user, and find only files that the user may
 * manage: their own uploads, or with RIGHT_EDIT all.
 */
#ifndef STORE_MEDIA_LIBRARY_H
#define STORE_MEDIA_LIBRARY_H

#include "store/media/media.h"
#include "store/post/post.h"
#include "store/user/user.h"

enum { MEDIA_LIBRARY_PAGE = 48, MEDIA_LIBRARY_USES = 50, MEDIA_LIBRARY_ALT_MAX = 500 };

/*
 * Lists files, newest first, with an id below before_id (0: from the newest), whose type begins with type ("image/",
 * or "" for all) and whose name or alt text contains words ("": any); at most MEDIA_LIBRARY_PAGE + 1. In the arena.
 */
enum status media_library_list(struct db *db, struct arena *arena, const struct user *user, const char *type, const char *words,
	int64_t before_id, struct media **ret_media, size_t *ret_count);

/* One file; NOT_FOUND when there is none that this user may manage. */
enum status media_library_get(struct db *db, struct arena *arena, const struct user *user, int64_t id, struct media *ret_media);

/* Lists the posts that show a file, newest first; at most MEDIA_LIBRARY_USES + 1. In the arena. */
enum status media_library_uses(struct db *db, struct arena *arena, int64_t media_id, struct post **ret_posts, size_t *ret_count);

/* The bytes left of a storage limit in MiB; never below 0. Limit 0 means no limit: INT64_MAX. */
enum status media_library_room(struct db *db, long long quota_mib, int64_t *ret_bytes);

/* --- writing (inside a write transaction) ------------------------------------------ */

/*
 * Adds a file that media_store_upload() stored to the user's library and sets media->id. BUSY: its bytes were removed at
 * this moment, so it must be uploaded again.
 */
enum status media_library_add(struct db *db, struct arena *arena, const char *folder, const struct user *user, struct media *media);

/* Sets the alt text of a file. */
enum status media_library_describe(struct db *db, int64_t media_id, const char *alt);

/*
 * Whether other users have the file in their library or show it in their posts, or a setting of the site uses it.
 * Then only an editor may replace it.
 */
enum status media_library_is_shared(struct db *db, const struct user *user, const struct media *media, bool *ret_shared);

/*
 * Replaces a file that media_library_get() has found by another one, everywhere: covers, recordings, links. The row
 * stays, so that its old address redirects. Posts that show it are marked as stale; post_render_stale() renders them.
 */
enum status media_library_replace(struct db *db, struct arena *arena, const struct media *old, const struct media *fresh);

/*
 * Removes a file from the user's library, or with RIGHT_EDIT from all. *ret_gone: nobody else has it, and its row is
 * deleted. CONFLICT: a post or a setting uses it. After the commit, call media_library_sweep() to remove its bytes.
 */
enum status media_library_remove(struct db *db, struct arena *arena, const struct user *user, const struct media *media, bool *ret_gone);

/* --- deleting files ------------------------------------------------------------------- */

/* Removes the bytes of a file whose row is deleted or that was replaced. Runs in its own transaction. */
enum status media_library_sweep(struct db *db, struct arena *arena, const char *folder, const struct media *media);

#endif
