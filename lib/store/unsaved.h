/* What somebody typed and has not saved, sent by their browser while they write; one text for each of their posts. */
#ifndef STORE_UNSAVED_H
#define STORE_UNSAVED_H

#include "store/db.h"

struct unsaved {
	int64_t user_id, post_id;  /* post_id 0: of a post that is not there yet */
	int64_t revision;          /* that the form was opened with */
	const char *title, *summary, *tags, *markdown;
	int64_t saved;             /* when it came */
};

/* NOT_FOUND when nothing is kept. */
enum status unsaved_read(struct db *db, struct arena *arena, int64_t user_id, int64_t post_id, struct unsaved *ret_unsaved);

/* In a private transaction: it changes no page that others see. */
enum status unsaved_keep(struct db *db, const struct unsaved *unsaved);

/* OK when there was nothing. */
enum status unsaved_remove(struct db *db, int64_t user_id, int64_t post_id);

#endif
