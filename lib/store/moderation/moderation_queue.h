/*
 * Lists of comments for moderators: the moderation queue (held comments, and those with flags) and the list of all comments
 * by state, post, person, name or network. All are keyset lists over index ranges; comments in every state are listed.
 */
#ifndef STORE_MODERATION_QUEUE_H
#define STORE_MODERATION_QUEUE_H

#include "store/db/db.h"

/* Comments of the queue that are read at once; comments on a page of a list; comments that a search covers; characters of a text in lists. */
enum { QUEUE_WINDOW = 200, QUEUE_PAGE = 50, QUEUE_SEARCHED = 10000, QUEUE_TEXT = 1000 };

struct queue_item {
	int64_t id, version, post_id, parent_id, user_id;
	const char *name, *link, *person, *network, *state, *reason, *reason_note;
	const char *text;      /* as typed, the first QUEUE_TEXT characters */
	int64_t created, flags, decided;
	size_t similar;        /* set by queue_group(): the number of the group's first item in the list; its own when it is the first */
};

/* A position in a list by time: the comment after which it continues. All zero: from the beginning. */
struct queue_place {
	int64_t created, id;
};

/* Lists the queue after that place, the oldest first, at most `most`. */
enum status queue_list(struct db *db, struct arena *arena, struct queue_place after, size_t most, struct queue_item **ret_items, size_t *ret_count);

/*
 * Finds similar items of a list: the same letters of the text, or a link to the same host. Sets `similar`. An item belongs
 * to the first item that it is similar to.
 */
void queue_group(struct arena *arena, struct queue_item *items, size_t count);

/* The number of comments in the queue, counted up to most. Reads only. */
enum status queue_count(struct db *db, int64_t most, int64_t *ret_count);

/* When the oldest comment of the queue was written. NOT_FOUND: the queue is empty. */
enum status queue_oldest(struct db *db, int64_t *ret_created);

/* Which comments a list contains. One of the members is set; comment_id says whose network or cookie is meant. */
struct queue_filter {
	const char *state;      /* or NULL */
	int64_t post_id;        /* or 0 */
	int64_t user_id;        /* or 0 */
	const char *name;       /* exactly as shown; or NULL */
	const char *person;     /* keyed digest of a guest's cookie; or NULL */
	const char *network;    /* keyed digest of a network; or NULL */
	const char *words;      /* a search in the newest QUEUE_SEARCHED comments; or NULL */
};

/*
 * Lists comments, the newest first, before that place (all zero: from the newest), at most QUEUE_PAGE + 1. Without a filter:
 * all comments.
 */
enum status queue_find(struct db *db, struct arena *arena, const struct queue_filter *filter, struct queue_place before,
	struct queue_item **ret_items, size_t *ret_count);

#endif
