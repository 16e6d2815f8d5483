/*
 * Reads a table as comma-separated values (RFC 4180), one record at a time, in bounded memory.
 *
 * Lines may end in CRLF or LF, and a byte order mark at the beginning is skipped. A quotation mark inside of a field
 * that does not begin with one is an ordinary character. An empty line is skipped.
 */
#ifndef CORE_CSV_H
#define CORE_CSV_H

#include <stddef.h>
#include <stdio.h>

#include "core/arena.h"
#include "core/status.h"

enum {
	CSV_FIELDS_MAX = 256,          /* of a record */
	CSV_RECORD_BYTES = 1024 * 1024, /* of all its fields */
};

struct csv;

/* A reader of a stream, which stays the caller's. The reader is in the arena. */
struct csv *csv_new(struct arena *arena, FILE *stream);

/*
 * Reads the next record. The fields are in the arena of this call; *ret_line is the line that it begins in, counted from
 * 1. NOT_FOUND at the end. INVALID when the record breaks the format: *ret_problem
 * is a sentence that says why, and *ret_line the line of the problem. FAULT when the stream cannot be read; errno says why.
 */
enum status csv_next(struct csv *csv, struct arena *arena, const char ***ret_fields, size_t *ret_count, size_t *ret_line,
	const char **ret_problem);

#endif
