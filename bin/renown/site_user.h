/*
 * Acting as the user that the site belongs to.
 *
 * Root may run renown on a site of another user. What that user can change must then never decide what root does: not renown.conf,
 * which names a program that sends the mail, not the database, not a symbolic link (CWE-250, CWE-59). So every command that touches
 * a site enters it here, before it reads anything of it. Root becomes the owner of the site's folder, for good, and stays root only
 * where nobody but root can change the site.
 */
#ifndef BIN_RENOWN_SITE_USER_H
#define BIN_RENOWN_SITE_USER_H

#include "command.h"

/*
 * Finds the site's folder, becomes its owner if this is root, and sets context->folder. Leaves a process behind for
 * context->caller (caller.h). With NEEDS_PLACE a folder that does not exist yet is made first, by the owner of the folder that will
 * hold it. DONE; FAILED or CONFIGURATION and said why.
 */
int site_user_enter(struct context *context);

/*
 * What root, who stays root, must refuse to use: files and folders of the site that another user can change. NULL: nothing; always so for others
 * than root. Looks at the entries of the site's folder, and with conf at all that it names. A sentence that says what to do.
 */
const char *site_user_problem(struct arena *arena, const char *folder, const struct conf *conf);

/* renown.conf into context->conf, if site_user_problem() finds nothing before and after. OK, or as conf_read(). */
enum status site_user_read_conf(struct context *context, const char **ret_problem);

#endif
