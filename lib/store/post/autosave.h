/*
 * Autosaved forms: what somebody typed and has not saved, sent by their browser while they write. One copy for each open form, with all
 * of its fields. It makes no revision and changes no post. All of this takes the user, and finds only their own copies.
 */
#ifndef STORE_POST_AUTOSAVE_H
#define STORE_POST_AUTOSAVE_H

#include "store/db/db.h"

enum {
	AUTOSAVES_MOST = 100,               /* copies of one user; more are refused until some are saved or discarded */
	AUTOSAVE_KEY_MOST = 64,
	AUTOSAVE_SECONDS = 180 * 24 * 3600, /* a copy that has not changed for so long is deleted */
};

struct autosave {
	int64_t id;
	int64_t user_id, post_id;    /* post_id 0: of a post that is not there yet */
	const char *form_key;        /* random; of the form that it came from */
	const char *title, *lang;    /* as typed */
	const char *post_title;      /* of the stored post, or "" */
	int64_t post_author;         /* likewise, or 0 */
	int64_t saved;               /* when it came */
};

struct autosave_field {
	const char *name, *value;
};

/* Newest first, at most AUTOSAVES_MOST. post_id: of that post, 0 of new ones, -1 of all. */
enum status autosave_list(struct db *db, struct arena *arena, int64_t user_id, int64_t post_id, struct autosave **ret_autosaves, size_t *ret_count);

/* One of them with its fields. NOT_FOUND. */
enum status autosave_read(struct db *db, struct arena *arena, int64_t user_id, const char *form_key, struct autosave *ret_autosave,
	struct autosave_field **ret_fields, size_t *ret_count);

/* --- writing: in a private transaction, since it changes no page that others see -------- */

/* Keeps a form in the place of its former copy. TOO_MANY when this user has AUTOSAVES_MOST others. */
enum status autosave_keep(struct db *db, const struct autosave *autosave, const struct autosave_field *fields, size_t count);

/* OK when there was none. */
enum status autosave_remove(struct db *db, int64_t user_id, const char *form_key);

/* The same, unless its form was autosaved again since then: another window still writes there. */
enum status autosave_remove_unchanged(struct db *db, int64_t user_id, const char *form_key, int64_t saved);

/* Whether something is old enough to go; deletes it, at most so many in one transaction. */
enum status autosave_is_due(struct db *db, int64_t now, bool *ret_due);
enum status autosave_sweep(struct db *db, int64_t now, int64_t limit);

#endif
