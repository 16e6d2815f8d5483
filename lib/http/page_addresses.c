#include "http/page_addresses.h"

#include <stddef.h>
#include <string.h>

const struct page_address page_addresses[] = {
#include "http/page_addresses_list.h"
	{ NULL, false, false },
};

static bool
fits(const char *pattern, const char *path)
{
	while (*pattern != '\0') {
		size_t length;
		if (*pattern != ':') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		pattern += strcspn(pattern, "/");
		length = strcspn(path, "/");
		if (length == 0)
			return false;
		path += length;
	}
	return *path == '\0';
}

bool
page_address_has_languages(const char *path)
{
	for (const struct page_address *page = page_addresses; page->pattern != NULL; page++)
		if (page->languages && fits(page->pattern, path))
			return true;
	return false;
}
