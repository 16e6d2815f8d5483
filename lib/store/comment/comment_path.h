/*
 * The place of a comment in its thread: the ids, of ten digits each, of the comments from depth 1 down to itself. Compared byte by
 * byte, the paths of a thread are in reading order. A reply to a comment of depth 6 has
 * depth 6 as well.
 */
#ifndef STORE_COMMENT_PATH_H
#define STORE_COMMENT_PATH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"

/* Bytes of an id, the longest path, and the first id that does not fit. */
enum { COMMENT_PATH_ID = 10, COMMENT_PATH_MAX = 6 * COMMENT_PATH_ID };
#define COMMENT_ID_END INT64_C(10000000000)

/* The path of a reply with that id to a comment with that path ("" at the top). */
const char *comment_path_add(struct arena *arena, const char *parent, int64_t id);

/* The short form for addresses, "12.40.41", and back. NULL: not such a text. "" is "". */
const char *comment_path_short(struct arena *arena, const char *path);
const char *comment_path_long(struct arena *arena, const char *text);

#endif
