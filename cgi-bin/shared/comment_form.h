/* The form for a comment: below a post, where caches keep the page, and on pages of its own. */
#ifndef CGI_BIN_SHARED_COMMENT_FORM_H
#define CGI_BIN_SHARED_COMMENT_FORM_H

#include "http/form.h"
#include "http/request.h"
#include "store/comment/comment_access.h"
#include "store/post/post.h"

/* The fields of POST /comment/on/:slug. A member's form shows only comment_member_fields of them. */
extern const struct field comment_fields[], comment_member_fields[];

/* The field that only programs fill in: people do not see it. */
extern const char comment_honeypot[];

/* Where the comments of a post are written: "/comment/on/SLUG", encoded. In the arena. */
const char *comment_form_path(struct arena *arena, const struct post *post);

/*
 * Adds <write>: the form, or why the viewer may not write. Inside a page whose language is set.
 * open: for a page that caches keep; the form has no stamp and no values. Otherwise it has a stamp and the values that were typed.
 * rules: whether to list the headings of the rules (setting rules_page).
 * values: as for form_add(); may be NULL.
 */
enum status comment_form_add(struct request *req, xmlNodePtr parent, const struct post *post, const struct comment_access *access, bool open,
	bool rules, const char *const *values);

/* The same below a post: open, and only when somebody like this viewer can write or could after signing in. */
enum status comment_form_add_below(struct request *req, xmlNodePtr entry, const struct post *post);

#endif
