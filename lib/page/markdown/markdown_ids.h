/* Names that must differ from one another in one text: ids of headings, labels of tables. */
#ifndef PAGE_MARKDOWN_IDS_H
#define PAGE_MARKDOWN_IDS_H

#include "core/arena.h"

struct markdown_ids;

struct markdown_ids *markdown_ids_new(struct arena *arena);

/* The wanted name, or with "-2", "-3" and so on behind it (separator "-") when it is taken. Linear in all. */
const char *markdown_ids_take(struct markdown_ids *names, const char *wanted, const char *separator);

#endif
