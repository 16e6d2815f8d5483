/*
 * Forms that bring files: multipart/form-data (RFC 7578, in the form that the WHATWG's HTML gives it, 4.10.21.8).
 *
 * Bytes of files go straight into temporary files; the words beside them pass the same table and the same gates as those of
 * any form (core/field.h). Everything is bounded: boundary, headers, parts, and each part by its field. What does not keep to
 * the rules to the letter is BAD_REQUEST.
 */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include <stdint.h>

#include "core/field.h"

enum {
	MULTIPART_HEAD_MOST = 4096,   /* bytes of headers of one part */
};

/* One file of a form. */
struct upload {
	const struct upload *next;
	const char *field; /* its field's name */
	const char *name;  /* what it was called where it came from: words to be shown, never a path */
	const char *path;  /* where its bytes are until the request ends: whoever wants them moves or copies the file */
	int64_t bytes;
};

/* What is read, and from where. */
struct multipart {
	const struct field *fields;
	const char *type;   /* the Content-Type with its boundary */
	int64_t length;     /* bytes that were announced */
	const char *folder; /* for temporary files, "incoming-XXXXXX"; NULL: files are read and forgotten */
	size_t (*read)(void *context, char *bytes, size_t length); /* as many as asked for, or the end */
	void *context;
};

/*
 * Reads all of it. OK or, for words that cannot be kept, INVALID with both results; BAD_REQUEST; TOO_LARGE when a part exceeds its
 * field; FULL, READ_ONLY or FAULT when a file cannot be written. Temporary files are removed with the arena.
 */
enum status multipart_read(struct arena *arena, const struct multipart *form, struct field_values **ret_values,
	const struct upload **ret_uploads);

#endif
