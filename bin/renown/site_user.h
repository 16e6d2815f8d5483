/*
 * Acting as the user to whom the site belongs.
 *
 * Root may run renown on another user's site. Nothing that this user can change may then control what root does: not
 * renown.conf, which names the program that sends email, not the database, not a symbolic link (CWE-250, CWE-59). So
 * every command that uses a site enters it here before it reads anything in it. Root becomes the owner of the site's
 * folder permanently, and stays root only if no other user can change the site.
 */
#ifndef BIN_RENOWN_SITE_USER_H
#define BIN_RENOWN_SITE_USER_H

#include "command.h"

/* Whether --site or $RENOWN_SITE names a site. */
bool site_user_is_given(const struct context *context);

/*
 * Finds the site's folder, becomes its owner if this process is root, and sets context->folder. Leaves a process behind
 * for context->caller (caller.h). With NEEDS_NEW_FOLDER a missing folder is created first, by the owner of its parent
 * folder. DONE, or FAILED or CONFIGURATION with the reason printed.
 */
int site_user_enter(struct context *context);

/*
 * Explains what root, when it stays root, must not use: files and folders of the site that another user can change.
 * Checks the entries of the site's folder, and with conf also all paths in it. NULL when there is no problem, and
 * always for users other than root. The sentence says what to do, and is in the arena.
 */
const char *site_user_problem(struct arena *arena, const char *folder, const struct conf *conf);

/*
 * Reads renown.conf into context->conf if site_user_problem() finds nothing before and after. FORBIDDEN, with
 * *ret_problem, if it does; otherwise like conf_read().
 */
enum status site_user_read_conf(struct context *context, const char **ret_problem);

#endif
