/*
 * Comments of posts: adding, changing and removing them. comment_thread.h lists them for pages, comment_access.h says who
 * may read and write them. Strings are in the arena; times are Unix seconds.
 *
 * The functions that write need a transaction begun with db_begin_comment() or db_begin_write(); with db_begin_private() only while
 * nothing changes that readers see (a held comment). In the same transaction they keep the counts and versions: table thread,
 * comment.listed, comment.replies, post.comment_step and content_version.
 */
#ifndef STORE_COMMENT_H
#define STORE_COMMENT_H

#include <stdbool.h>

#include "store/db/db.h"

/* Characters of a comment, of a guest's name and of a guest's link; the deepest level of nesting, counted from 0. */
enum { COMMENT_TEXT_MAX = 10000, COMMENT_NAME_MAX = 60, COMMENT_LINK_MAX = 500, COMMENT_DEPTH_MAX = 6 };

struct comment {
	int64_t id, post_id;
	int64_t parent_id;     /* the comment that it replies to, or 0 */
	int64_t root_id;       /* the first comment of the thread; its own id at the top */
	int64_t depth;         /* 0 at the top, at most COMMENT_DEPTH_MAX */
	const char *path;      /* sorts a thread in reading order; "" at the top. See comment_path.h */
	int64_t user_id;       /* 0: a guest, or a deleted account */
	const char *name;      /* as shown; "" after the account was deleted, and of a placeholder */
	const char *role;      /* of the account now; "" for a guest, and while the account is disabled */
	const char *link;      /* typed by a guest, or "" */
	const char *person;    /* keyed digest of a guest's cookie, or "" */
	const char *network;   /* keyed digest of the network, or "" */
	const char *state;     /* held, shown, hidden (by flags), rejected, spam, deleted (a placeholder) */
	const char *reason;    /* code of the step that decided the state, or "" */
	const char *reason_note; /* such as the note of a rule, or "" */
	const char *text;      /* as typed by the author */
	const char *xhtml;     /* rendered from text by the site's own renderer */
	const char *lang;      /* "" is that of its post */
	int64_t created;
	int64_t edited;        /* when the text was last changed; 0: never */
	int64_t version;       /* from 1; incremented by each change of text or state */
	int64_t listed;        /* 1: has a place in its thread; it is shown, or a placeholder above a shown reply */
	int64_t replies;       /* at the top: number of listed comments below it; else 0 */
	int64_t helpful, not_helpful; /* weights of votes */
	int64_t rank;          /* Wilson lower bound of the share of helpful votes, 0 to 1,000,000 */
	int64_t flags;         /* weight of flags */
	const char *learned;   /* as what the classifier learned it: "", spam or ham */
	const char *stamp;     /* digest of the form's stamp, or "" for none */
	int64_t decided;       /* when a person last decided about it; 0: never */
	int64_t decided_by;    /* that user, or 0 */
	int64_t sample;        /* 1: sample content */
};

/* A decision about a comment's state. */
struct comment_decision {
	const char *state;       /* the new state, but not deleted: see comment_remove() */
	const char *reason, *reason_note; /* or "" */
	int64_t user_id;         /* who decided; 0: nobody, the site itself did (flags) */
};

/* Reads a comment in any state. NOT_FOUND. */
enum status comment_by_id(struct db *db, struct arena *arena, int64_t id, struct comment *ret_comment);

/* Reads the comment that was sent with that stamp (its digest). NOT_FOUND. */
enum status comment_by_stamp(struct db *db, struct arena *arena, const char *stamp, struct comment *ret_comment);

/* Finds a comment of a post by its time and text, in any state: *ret_id is its id, or 0. For what is added again and again, such as sample content. */
enum status comment_find(struct db *db, int64_t post_id, int64_t created, const char *text, int64_t *ret_id);

/*
 * Adds a comment in that state (held, shown, hidden, rejected or spam). From *comment it uses post_id, parent_id, user_id,
 * name, link, person, network, text, xhtml, lang, stamp (NULL or "": none), reason, reason_note, sample and created (0: now);
 * NULL text members count as "". Computes root, depth and path. INVALID: the parent is not shown or belongs to another post.
 * CONFLICT: the stamp was used before (the transaction is then over). FULL: no more ids of ten digits.
 */
enum status comment_add(struct db *db, struct arena *arena, const struct comment *comment, const char *state, int64_t *ret_id);

/*
 * Sets the state. version is the one that the moderator saw. CONFLICT: it has another version now; NOT_FOUND: there is no such comment;
 * INVALID: it was deleted by its author. The transaction stays usable in these cases.
 */
enum status comment_set_state(struct db *db, struct arena *arena, int64_t id, int64_t version, const struct comment_decision *decision);

/*
 * Saves another text as a new version and sets edited to now. xhtml is rendered from text. The state stays. Statuses as for
 * comment_set_state().
 */
enum status comment_save_text(struct db *db, struct arena *arena, int64_t id, int64_t version, const char *text, const char *xhtml,
	int64_t now);

/*
 * Removes a comment for its author. A comment with listed replies becomes a placeholder without any personal data; a comment
 * without is deleted, together with placeholders above it that have no other reply. NOT_FOUND.
 */
enum status comment_remove(struct db *db, struct arena *arena, int64_t id);

/* Removes all comments of a user, when the account is deleted. */
enum status comment_remove_by_user(struct db *db, struct arena *arena, int64_t user_id);

/*
 * Records that a shown comment looks different although its text and state did not change: its votes or its author's name changed.
 * Increments the version of the thread, not that of the comment.
 */
enum status comment_touch(struct db *db, const struct comment *comment);

#endif
