/*
 * Text in mail that is seven bits wide: words of a header field (RFC 2047) and bodies in base64 (RFC 2045, 6.8).
 * Text must have passed the gate (core/text.h): no line break gets into a header field.
 */
#ifndef CORE_MAIL_ENCODING_H
#define CORE_MAIL_ENCODING_H

#include "core/arena.h"

/*
 * A line for a header field: as it is when it is ASCII and short, else encoded words of whole characters, a line each. used: characters
 * of the first line that stand before it, such as those of "Subject: ".
 */
char *mail_encoded_words(struct arena *arena, const char *text, size_t used);

/* A whole text with lines ended by CRLF, in base64 of 76 characters a line. */
char *mail_base64(struct arena *arena, const char *text);

#endif
