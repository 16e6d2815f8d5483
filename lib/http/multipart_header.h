/*
 * What a form with files says of its parts (RFC 7578): what stands between them, and the one header of a part that counts. Where the
 * bytes come from and go to is multipart.c's.
 */
#ifndef HTTP_MULTIPART_HEADER_H
#define HTTP_MULTIPART_HEADER_H

#include <stddef.h>

#include "core/arena.h"
#include "core/status.h"

enum {
	MULTIPART_BOUNDARY_MOST = 70, /* RFC 2046, 5.1.1 */
	PART_NAME_MOST = 100,
	PART_DELIMITER_ROOM = MULTIPART_BOUNDARY_MOST + 4, /* CR LF "--" and the boundary */
};

/* What a part is; all zero before its headers are read. */
struct multipart_header {
	char name[PART_NAME_MOST + 1]; /* of its field; "" until it was said */
	const char *file_name;         /* what the file was called, for eyes only; NULL: words */
};

/* The delimiter that the Content-Type of a form names, without an end. BAD_REQUEST. */
enum status multipart_header_delimiter(const char *type, char *ret_delimiter, size_t *ret_length);

/* Takes one line of a part's headers, without its end. BAD_REQUEST for one that breaks the rules, or says the same twice. */
enum status multipart_header_header(struct arena *arena, const char *line, size_t length, struct multipart_header *head);

#endif
