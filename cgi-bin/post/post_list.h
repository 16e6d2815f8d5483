/* The handlers of the program post. */
#ifndef CGI_BIN_POST_LIST_H
#define CGI_BIN_POST_LIST_H

#include "http/form.h"
#include "http/serve.h"
#include "store/post/post.h"
#include "store/post/autosave.h"

extern const struct field post_list_fields[], edit_fields[], post_fields[], forget_fields[], trash_fields[], compare_fields[];

/* desk.c: what there is. */
enum status show_post_list(struct request *req);

#define POST_LIST_QUEUE "slot" /* the action that schedule_offer() words */

/* post_edit.c: one post. */
enum status show_new(struct request *req);
enum status take_new(struct request *req);
enum status show_edit(struct request *req);
enum status take_edit(struct request *req);

/* unsaved.c: what a browser autosaved while somebody wrote. */
enum status take_forget(struct request *req);

/* versions.c, compare.c: what it was before. */
enum status show_versions(struct request *req);
enum status show_version(struct request *req);
enum status take_version(struct request *req);
enum status show_compare(struct request *req);

/* bin.c: thrown away, brought back, deleted. */
enum status show_trash(struct request *req);
enum status take_trash(struct request *req);
enum status show_delete(struct request *req);
enum status take_delete(struct request *req);

/* export.c: all that one has written, as a file. */
enum status show_export(struct request *req);
enum status take_export(struct request *req);
enum status send_export(struct request *req);

/* import.c: many texts at once, as files; and what became of them. */
extern const struct field import_fields[], report_fields[];
enum status show_import(struct request *req);
enum status take_import(struct request *req);
enum status show_report(struct request *req);

/* --- what they share ----------------------------------------------------------- */

/* The word for a post's state as a reader would see it now: "Draft", "Waits for Tuesday, 24 November 2026, 08:00", "Published", "Withdrawn". */
const char *post_list_state(struct request *req, const char *state, int64_t published);

/* Begins a page of the desk: name, title, heading, and the way back to the list. */
enum status post_list_page(struct request *req, const char *name, const char *title);

/* What the form shows and what it saves to: a stored post, or one that is to be. */
struct post_form {
	struct post post;        /* id 0: new */
	const char *markdown;
	const char *translation; /* address part of the post that it is a translation of, or "" */
};

/* post_form.c: the post in the address, or a new one; NOT_FOUND when it is not this reader's to write. */
enum status post_form_load(struct request *req, struct post_form *ret_draft);
const char *post_form_path(struct request *req, const struct post_form *draft);

/* What stands in the form when nothing was typed yet: pairs for form_add(). */
const char **post_form_values(struct request *req, const struct post_form *draft);

/* The form's fields and buttons for whoever asks, and what completes them; kinds and marks that are not theirs to give are left out. */
const struct field *post_form_fields(struct request *req, const struct post_form *draft);

/* The state of the post, which buttons change: a form must not publish, or be published, without a look. */
const struct form_watched *post_form_watched(struct request *req, const struct post_form *draft);
enum status post_form_suggest(struct request *req, xmlNodePtr form, const struct post_form *draft);

/* Everything from the form over what is stored; form_wrong() when some of it cannot be kept. */
enum status post_form_take(struct request *req, const struct post_form *draft, struct post_save *ret_save);

/* In the write transaction: finds the work that the post belongs to. */
enum status post_form_join_work(struct request *req, const struct post_form *draft, struct post_save *save);

/* post_merge.c: the text that the form started from, for form_add(); NULL when it is not known. And how two texts are merged. */
enum status post_merge_started(struct request *req, const struct post_form *draft, const char *const **ret_started);
enum status post_merge_merge(struct request *req, const char *base, const char *mine, const char *theirs, char **ret_text, size_t *ret_places);

/* Whether a text still holds a place where two ways of saying it stand side by side. */
bool post_merge_is_open(const char *markdown);

/* unsaved.c: keeps all that the form holds, and answers with the time. */
enum status autosave_take(struct request *req, const struct post_form *draft);

/*
 * Adds the autosaved copies of this post, or of new ones, that this writer may open or discard. key: the one that is opened, or NULL; its
 * values are then in *ret_instead, for form_add().
 */
enum status autosave_offer(struct request *req, const struct post_form *draft, const char *key, const char *const **ret_instead);

/* For the list of posts: all of them. */
enum status autosave_list_all(struct request *req);

/* In the write transaction: the form was saved, so its copy goes. */
enum status autosave_done(struct request *req);

#endif
