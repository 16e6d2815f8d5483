/* The handlers of the program post. */
#ifndef CGI_BIN_POST_LIST_H
#define CGI_BIN_POST_LIST_H

#include "post_handlers.h"
#include "http/form.h"
#include "http/serve.h"
#include "store/post/post.h"
#include "store/post/autosave.h"

extern const struct field post_list_fields[], edit_fields[], post_fields[], discard_fields[], trash_fields[], compare_fields[];

#define POST_LIST_QUEUE "slot" /* the action whose label schedule_offer() makes */

/* import.c: uploading many texts as files, and the report */
extern const struct field import_fields[], report_fields[];

/* --- shared by these files ------------------------------------------------------- */

/*
 * A post's state as text: "Draft", "Scheduled for Tuesday, 24 November 2026, 08:00", "Published" or "Unpublished".
 * In the page's language.
 */
const char *post_list_state(struct request *req, const char *state, int64_t published);

/* Begins a page of this program: its name, title, heading, and the link back to the list. */
enum status post_list_page(struct request *req, const char *name, const char *title);

/* What the form edits: a stored post, or a new one. */
struct post_form {
	struct post post;        /* id 0: new */
	const char *markdown;
	const char *translation; /* slug of the post that it is a translation of, or "" */
};

/*
 * post_form.c: loads the post in the address, or an empty one for a new post. NOT_FOUND when this user may not edit
 * it.
 */
enum status post_form_load(struct request *req, struct post_form *ret_draft);
const char *post_form_path(struct request *req, const struct post_form *draft);

/* The values of the form when nothing was typed yet, as pairs for form_add(). */
const char **post_form_values(struct request *req, const struct post_form *draft);

/*
 * The form's fields for this user; choices that need more rights are left out. post_form_suggest() adds suggestions
 * to them.
 */
const struct field *post_form_fields(struct request *req, const struct post_form *draft);

/* The post's state, which buttons change: the form must notice when somebody else published or unpublished the post. */
const struct form_watched *post_form_watched(struct request *req, const struct post_form *draft);
enum status post_form_suggest(struct request *req, xmlNodePtr form, const struct post_form *draft);

/* Applies the submitted form to the stored post. INVALID, reported in the form, when something is not acceptable. */
enum status post_form_take(struct request *req, const struct post_form *draft, struct post_save *ret_save);

/* Inside the write transaction: sets the translation group that the post belongs to. */
enum status post_form_join_work(struct request *req, const struct post_form *draft, struct post_save *save);

/*
 * post_merge.c: post_merge_started() returns the text that the form started from, as pairs for form_add(), or NULL
 * if it is unknown. post_merge_lines() merges two texts by lines.
 */
enum status post_merge_started(struct request *req, const struct post_form *draft, const char *const **ret_started);
enum status post_merge_lines(struct request *req, const char *base, const char *mine, const char *theirs, char **ret_text, size_t *ret_places);

/* Whether a text still contains conflict markers from a merge. */
bool post_merge_is_open(const char *markdown);

/* autosave_form.c: saves a copy of everything in the form, and answers with the time */
enum status autosave_take(struct request *req, const struct post_form *draft);

/*
 * Adds the autosaved copies of this post, or of new posts, for the user to open or discard. key: the copy to be
 * opened, or NULL. If it exists, its values are in *ret_instead, for form_add(); else *ret_instead is unchanged.
 */
enum status autosave_offer(struct request *req, const struct post_form *draft, const char *key, const char *const **ret_instead);

/* Adds all autosaved copies of the user, for the list of posts. */
enum status autosave_list_all(struct request *req);

/* Inside the write transaction: removes the copy of a form that was saved. */
enum status autosave_done(struct request *req);

#endif
