/* What the pages for readers share: the handlers of the program blog begin with these. */
#ifndef CGI_BIN_BLOG_BLOG_PAGE_H
#define CGI_BIN_BLOG_BLOG_PAGE_H

#include "http/request.h"
#include "page/feed/metadata.h"

/* The site's metadata, for page/feed/metadata.h. */
struct metadata_site blog_page_site(const struct request *req);

/* Adds <heading>, the title of the document, and the description for search engines and previews. After request_page(). */
void blog_page_heading(struct request *req, const char *heading, const char *title);

/* The local, encoded path of the page that was asked for, with the language that the address names: "/zh/blog". */
const char *blog_page_path(const struct request *req);

/* The language that the address names, "en" or "zh", or NULL: a list then holds posts in all languages. */
const char *blog_page_language(const struct request *req);

/* Adds <element> with the text of a setting that holds Markdown. Adds nothing when the setting is empty. */
enum status blog_page_words(struct request *req, const char *element, const char *setting);

#endif
