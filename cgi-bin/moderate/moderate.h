/* The handlers of the program moderate, and what they share. */
#ifndef CGI_BIN_MODERATE_H
#define CGI_BIN_MODERATE_H

#include "moderate_handlers.h"
#include "http/form.h"
#include "http/serve.h"
#include "store/comment/comment.h"
#include "store/moderation/decision.h"
#include "store/moderation/moderation_queue.h"

extern const struct field queue_fields[], decide_fields[], undo_fields[], comments_fields[], log_fields[], public_log_fields[], try_fields[], rule_form_fields[], id_fields[],
	feed_fields[], edit_fields[], ban_fields[], trust_fields[], flag_fields[];

/* The most comments that one form decides about, and checkboxes on a page. */
enum { DECISIONS_MAX = 50 };

/* --- moderate_page.c ------------------------------------------------------------------- */

/* Begins a page for moderators: heading, tabs; never cached. heading: translated. */
enum status moderate_page(struct request *req, const char *name, const char *heading);

/* A path below /moderate in the language of the address, such as "/rules". In the arena. */
const char *moderate_path(struct request *req, const char *rest);
const char *moderate_comment_path(struct request *req, int64_t id);

/* The comment in the address. NOT_FOUND. */
enum status moderate_comment(struct request *req, struct comment *ret_comment);

/* A field of a GET as a number; 0 when it is missing, not a number, or the request is a POST. */
int64_t moderate_number(const struct request *req, const char *field);

/* A cursor "TIME-ID" of a GET; all zero when it is missing or the request is a POST. NOT_FOUND: it is not a cursor. */
enum status moderate_place(const struct request *req, const char *field, struct queue_place *ret_place);

/* A state's name in the page's language. */
const char *moderate_state_text(const char *state);

/* The name to show: that of the author, "Deleted user", or "Guest". */
const char *moderate_name(const char *name);

/* One line of a text, for lists. In the arena. */
const char *moderate_excerpt(struct request *req, const char *text);

/* --- moderate_item.c ------------------------------------------------------------------- */

/*
 * Adds <item>: the comment, large, with its post, the thread above it, the person's record, the flags, why it is held, and the
 * form for decisions about it and the similar ones. items: the value of the form's field "items". back: where the form returns to.
 */
enum status moderate_item_add(struct request *req, const struct comment *comment, const char *items, size_t similar, const char *back);

/* The headings of the rules page, ended by NULL; for suggestions. */
enum status moderate_rule_headings(struct request *req, const char *const **ret_headings);

/* --- moderate_classifier.c ------------------------------------------------------------- */

/* Adds <classifier>: the probability of spam now, and the features that matter most. */
enum status moderate_classifier_add(struct request *req, const struct comment *comment);

/* --- moderate_notice.c ----------------------------------------------------------------- */

/*
 * Adds what the last form did, by the fields "done", "missed" and "undone" of the address: <notice>, with a form that undoes it, and <missed>
 * for comments that somebody else had decided about.
 */
enum status moderate_notice_add(struct request *req, const char *back);

/* --- moderate_log.c -------------------------------------------------------------------- */

/* Adds <decision> to a list. with_undo: for moderators, with a link to the comment and a button while it can be undone. */
enum status moderate_decision_add(struct request *req, xmlNodePtr list, const struct decision *decision, bool with_names, bool with_undo);

/* --- moderate_list.c ------------------------------------------------------------------- */

/* Adds <entry> to a list: one comment in one line. */
xmlNodePtr moderate_entry_add(struct request *req, xmlNodePtr list, const struct queue_item *item);

/* The address to return to after a form: a path below /moderate, or the queue. */
const char *moderate_back(struct request *req);

#endif
