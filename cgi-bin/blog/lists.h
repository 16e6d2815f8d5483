/* Pages that list posts. The routes are in blog.c. */
#ifndef CGI_BIN_BLOG_LISTS_H
#define CGI_BIN_BLOG_LISTS_H

#include "blog_handlers.h"
#include "http/serve.h"

extern const struct field list_fields[];
extern const struct field search_fields[];

#endif
