/*
 * A compiled catalogue of messages (GNU gettext manual, "The Format of GNU MO Files"), read by ourselves. gettext
 * translates in no locale but "C", and a system may have none besides; this is for such a system.
 */
#ifndef PAGE_CATALOGUE_H
#define PAGE_CATALOGUE_H

#include <stddef.h>

struct catalogue;

/* Reads a file; NULL when there is none, or when it is no catalogue of this machine's byte order. */
struct catalogue *catalogue_open(const char *path);
void catalogue_close(struct catalogue *catalogue);

/*
 * A message in the catalogue's language, or NULL when it has none. form is which of its plural forms; one
 * that it does not have is the first.
 */
const char *catalogue_find(const struct catalogue *catalogue, const char *message, size_t form);

#endif
