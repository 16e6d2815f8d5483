/* Reads values that are too long for the command line. */
#ifndef BIN_RENOWN_INPUT_H
#define BIN_RENOWN_INPUT_H

#include <stddef.h>

#include "core/arena.h"
#include "core/text.h"

/*
 * Reads all of standard input, without the newlines at its end, into the arena. NULL when it cannot be read or has
 * more than most bytes.
 */
const char *input_read(struct arena *arena, size_t most, size_t *ret_length);

/*
 * The word itself or, when it is "-", standard input. The text is checked (core/text.h) and in the arena; NULL when
 * it is not accepted.
 */
const char *input_text(struct arena *arena, const char *word, enum text_kind kind, size_t most);

#endif
