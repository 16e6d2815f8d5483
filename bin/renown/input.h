/* Values that are longer than a word of the command line. */
#ifndef BIN_RENOWN_INPUT_H
#define BIN_RENOWN_INPUT_H

#include <stddef.h>

#include "core/arena.h"
#include "core/text.h"

/* All of standard input without the line ends at its end; NULL when it cannot be read or has more than most bytes. */
const char *input_read(struct arena *arena, size_t most, size_t *ret_length);

/* The word itself, or standard input when it is "-", through the gate for text; NULL when it cannot be taken. */
const char *input_text(struct arena *arena, const char *word, enum text_kind kind, size_t most);

#endif
