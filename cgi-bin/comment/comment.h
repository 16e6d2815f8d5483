/* The handlers of the program comment, and what they share. */
#ifndef CGI_BIN_COMMENT_H
#define CGI_BIN_COMMENT_H

#include "comment_handlers.h"
#include "shared/comment_form.h"
#include "http/form.h"
#include "http/form_stamp.h"
#include "http/serve.h"
#include "store/comment/comment.h"
#include "store/comment/comment_access.h"
#include "store/comment/comment_author.h"
#include "store/moderation/comment_judge.h"

extern const struct field reply_fields[], own_fields[], vote_fields[], unsubscribe_fields[];

/* The post of an address "/comment/on/:slug" whose comments this viewer may read, also by a former slug. NOT_FOUND. */
enum status comment_post(struct request *req, struct post *ret_post, struct comment_access *ret_access);

/* The account or the guest that sent the request. */
enum status comment_sender(struct request *req, struct comment_author *ret_author);

/* Begins a page of this program: with a heading, not indexed, never cached. */
enum status comment_page(struct request *req, const char *lang, const char *name, const char *heading);

/* Adds <on>, the link to the post. */
void comment_page_post(struct request *req, const struct post *post);

/* Adds <comment> with the text and what is known about its author. name: of the element. */
void comment_page_comment(struct request *req, xmlNodePtr parent, const char *name, const struct comment *comment);

/* Renders a comment's text. INVALID, reported at the field "text", when it exceeds a limit. */
enum status comment_render(struct request *req, const char *text, const char **ret_xhtml);

/*
 * The address of the sender's own comment: "/comment/ID/mine", which the account or the guest's cookie opens, or the one with a secret
 * for any other guest. In the arena.
 */
enum status comment_own_path(struct request *req, const struct comment *comment, bool recognised, const char **ret_path);

/* Reports a verdict that refuses a comment, with the reason, in the form. Returns its status. */
enum status comment_refuse(struct request *req, const struct judge_verdict *verdict);

#endif
