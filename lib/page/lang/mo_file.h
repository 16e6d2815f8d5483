/*
 * A reader for compiled message catalogues (GNU gettext manual, "The Format of GNU MO Files"). gettext() itself depends
 * on the locale: in "C" it translates nothing, since glibc 2.38 it also ignores LANGUAGE in "C.UTF-8", and many systems
 * have no other locale. So the gettext tools compile the catalogues, and this file reads them.
 */
#ifndef PAGE_LANG_MO_FILE_H
#define PAGE_LANG_MO_FILE_H

#include <stddef.h>

struct mo_file;

/*
 * Reads a file. NULL when it is missing, too damaged to read, or has another byte order than this machine.
 * mo_file_close() frees it.
 */
struct mo_file *mo_file_open(const char *path);
void mo_file_close(struct mo_file *mo_file);

/*
 * The translation of a message, or NULL. form selects a plural form; if it is missing, the first form is returned. The
 * string belongs to the catalogue.
 */
const char *mo_file_find(const struct mo_file *mo_file, const char *message, size_t form);

#endif
