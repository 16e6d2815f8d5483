/*
 * The navigation for signed-in users, the same on all their pages. To add an entry, add a row to the table in
 * navigation.c.
 */
#ifndef HTTP_NAVIGATION_H
#define HTTP_NAVIGATION_H

#include "http/request.h"

/* Adds <navigation> with the entries that this viewer may open, to pages that need a role. */
void navigation_add(struct request *req);

#endif
