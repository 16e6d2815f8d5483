/*
 * Parses the delimiter between the parts of a form with files (RFC 7578), and the one header of a part that is
 * used. multipart.c reads the bytes.
 */
#ifndef HTTP_MULTIPART_HEADER_H
#define HTTP_MULTIPART_HEADER_H

#include <stddef.h>

#include "core/arena.h"
#include "core/status.h"

enum {
	MULTIPART_BOUNDARY_MAX = 70, /* RFC 2046, 5.1.1 */
	PART_NAME_MAX = 100,
	PART_DELIMITER_ROOM = MULTIPART_BOUNDARY_MAX + 4, /* CR LF "--" and the boundary */
};

/* The headers of a part. Set it to zero before the first one. */
struct multipart_header {
	char name[PART_NAME_MAX + 1]; /* of its field; "" until read */
	const char *file_name;         /* the name sent with a file, only to be displayed; NULL: not a file */
};

/*
 * Finds the delimiter in the Content-Type of a form. ret_delimiter has PART_DELIMITER_ROOM bytes and gets no NUL.
 * BAD_REQUEST if there is none.
 */
enum status multipart_header_delimiter(const char *type, char *ret_delimiter, size_t *ret_length);

/* Parses one line of a part's headers, without its line end. BAD_REQUEST for a malformed or repeated header. */
enum status multipart_header_line(struct arena *arena, const char *line, size_t length, struct multipart_header *head);

#endif
