/*
 * The way between the pages for those who are signed in, the same on all of them: the table in navigation.c. A page of yours that others
 * should find is a row there.
 */
#ifndef HTTP_NAVIGATION_H
#define HTTP_NAVIGATION_H

#include "http/request.h"

/* Adds <rooms> with those that this viewer may enter, on pages that are not for everybody. */
void navigation_add(struct request *req);

#endif
