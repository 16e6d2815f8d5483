/*
 * Autosaved forms: text that a user has typed but not saved, sent by the browser while typing. There is one copy per
 * open form, with all of its fields. Autosaving makes no revision and changes no post. All functions take the user
 * and find only that user's copies. Times are Unix seconds.
 */
#ifndef STORE_POST_AUTOSAVE_H
#define STORE_POST_AUTOSAVE_H

#include "store/db/db.h"

enum {
	AUTOSAVES_MAX = 100,               /* copies of one user; more are refused until some are saved or discarded */
	AUTOSAVE_KEY_MAX = 64,
	AUTOSAVE_SECONDS = 180 * 24 * 3600, /* a copy that has not changed for so long is deleted */
};

struct autosave {
	int64_t id;
	int64_t user_id, post_id;    /* post_id 0: a post that does not exist yet */
	const char *form_key;        /* random key of the form that it came from */
	const char *title, *lang;    /* as typed */
	const char *post_title;      /* of the stored post, or "" */
	int64_t post_author;         /* of the stored post, or 0 */
	int64_t saved;               /* when the browser last sent it */
};

struct autosave_field {
	const char *name, *value;
};

/*
 * Lists a user's copies, newest first, at most AUTOSAVES_MAX. post_id: only those of that post; 0: of new posts; -1:
 * all. In the arena.
 */
enum status autosave_list(struct db *db, struct arena *arena, int64_t user_id, int64_t post_id, struct autosave **ret_autosaves, size_t *ret_count);

/* Reads one copy with its fields; NOT_FOUND when there is none. In the arena. */
enum status autosave_read(struct db *db, struct arena *arena, int64_t user_id, const char *form_key, struct autosave *ret_autosave,
	struct autosave_field **ret_fields, size_t *ret_count);

/* --- writing: in a private transaction, since no page that others see changes ----------- */

/* Saves a copy, or replaces the former copy of the same form. TOO_MANY: this user has AUTOSAVES_MAX others. */
enum status autosave_keep(struct db *db, const struct autosave *autosave, const struct autosave_field *fields, size_t count);

/* Removes a copy; OK when there is none. */
enum status autosave_remove(struct db *db, int64_t user_id, const char *form_key);

/* Removes a copy unless the form was autosaved again since then, because another window is still editing. */
enum status autosave_remove_unchanged(struct db *db, int64_t user_id, const char *form_key, int64_t saved);

/* Whether a copy is old enough to be deleted; deletes such copies, at most limit in one transaction. */
enum status autosave_is_due(struct db *db, int64_t now, bool *ret_due);
enum status autosave_sweep(struct db *db, int64_t now, int64_t limit);

#endif
