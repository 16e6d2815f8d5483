/*
 * The pages that readers can ask for, of all programs: a program knows its own routes only, but every page has a menu, and the
 * sitemap names the pages of each program. tools/routes.awk makes the list from the tables of routes when renown is built:
 * GET rows for ANYONE whose last part has no suffix (".rss").
 */
#ifndef HTTP_PAGE_ADDRESSES_H
#define HTTP_PAGE_ADDRESSES_H

#include <stdbool.h>

struct page_address {
	const char *pattern; /* of the route: "/tag/:slug"; NULL ends the list */
	bool languages;      /* also below /en and /zh */
	bool in_sitemap;     /* the sitemap names it; the pattern then has no :name */
};

/* In the order of conf/programs and of the tables. */
extern const struct page_address page_addresses[];

/* Whether the local path, without a language, is that of a page that is also below /en and /zh. */
bool page_address_has_languages(const char *path);

#endif
