/* Names that must be unique within one text: ids of headings, labels of tables. */
#ifndef PAGE_MARKDOWN_IDS_H
#define PAGE_MARKDOWN_IDS_H

#include "core/arena.h"

struct markdown_ids;

/* An empty set of names, freed with the arena. */
struct markdown_ids *markdown_ids_new(struct arena *arena);

/*
 * Returns the wanted name or, if it is taken, the name with the separator and 2, 3 and so on ("-2"). In the
 * arena. The total time is linear.
 */
const char *markdown_ids_take(struct markdown_ids *names, const char *wanted, const char *separator);

#endif
