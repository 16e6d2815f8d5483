/*
 * A compiled catalogue of messages (GNU gettext manual, "The Format of GNU MO Files"). gettext() itself depends on the
 * locale: in "C" it translates nothing, since glibc 2.38 it ignores LANGUAGE in "C.UTF-8" as well, and many systems have
 * no other locale. So the tools of gettext make the catalogues, and this reads them.
 */
#ifndef PAGE_LANG_MO_FILE_H
#define PAGE_LANG_MO_FILE_H

#include <stddef.h>

struct mo_file;

/* Reads a file; NULL when there is none, or when it is no catalogue of this machine's byte order. */
struct mo_file *mo_file_open(const char *path);
void mo_file_close(struct mo_file *mo_file);

/*
 * A message in the catalogue's language, or NULL when it has none. form is which of its plural forms; one
 * that it does not have is the first.
 */
const char *mo_file_find(const struct mo_file *mo_file, const char *message, size_t form);

#endif
