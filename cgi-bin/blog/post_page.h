/* One post, one static page, and the home page. The routes are in blog.c. */
#ifndef CGI_BIN_BLOG_POST_PAGE_H
#define CGI_BIN_BLOG_POST_PAGE_H

#include "http/serve.h"

enum status show_home(struct request *req);
enum status show_post(struct request *req);
enum status show_page(struct request *req);
enum status show_about(struct request *req);

#endif
