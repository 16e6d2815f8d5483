/*
 * Parses forms with files: multipart/form-data (RFC 7578, as defined by WHATWG HTML, 4.10.21.8).
 *
 * File contents are written straight to temporary files. All other values are checked by the same table and rules
 * as in any form (core/field.h). Everything has a limit: the boundary, the headers, the number of parts, and each
 * part by its field. A body that breaks the rules in any way is BAD_REQUEST.
 */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include <stdint.h>

#include "core/field.h"

enum {
	MULTIPART_HEAD_MAX = 4096,   /* bytes of headers of one part */
};

/* One uploaded file. */
struct upload {
	const struct upload *next;
	const char *field; /* name of its field */
	const char *name;  /* the file name sent by the browser, only to be displayed; never use it as a path */
	const char *path;  /* temporary file, removed when the request ends; the handler moves or copies it */
	int64_t bytes;
};

/* A form to be parsed, and where its bytes come from. */
struct multipart {
	const struct field *fields;
	const char *type;   /* the Content-Type, including the boundary */
	int64_t length;     /* Content-Length, bytes */
	const char *folder; /* folder for temporary files "incoming-XXXXXX"; NULL: files are read and discarded */
	size_t (*read)(void *context, char *bytes, size_t length); /* returns length bytes, or fewer at the end */
	void *context;
};

/*
 * Reads and parses the whole form. OK, or INVALID for bad values: both results are set. BAD_REQUEST: malformed.
 * TOO_LARGE: a part exceeds its field, or the form all limits. FULL, READ_ONLY or FAULT, logged: a file cannot be
 * written. Temporary files are removed with the arena.
 */
enum status multipart_read(struct arena *arena, const struct multipart *form, struct field_values **ret_values,
	const struct upload **ret_uploads);

#endif
