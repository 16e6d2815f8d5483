/* Pages that list posts. The routes are in blog.c. */
#ifndef CGI_BIN_BLOG_LISTS_H
#define CGI_BIN_BLOG_LISTS_H

#include "http/serve.h"

extern const struct field list_fields[];
extern const struct field search_fields[];

enum status show_blog(struct request *req);
enum status show_tags(struct request *req);
enum status show_tag(struct request *req);
enum status show_author(struct request *req);
enum status show_archive(struct request *req);
enum status show_month(struct request *req);
enum status show_search(struct request *req);

#endif
