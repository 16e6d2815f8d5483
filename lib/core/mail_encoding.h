/*
 * Encodes text for mail in ASCII: header field words (RFC 2047) and base64 bodies (RFC 2045, section 6.8). The text
 * must have passed text_accept() (core/text.h), so that no line break gets into a header field.
 */
#ifndef CORE_MAIL_ENCODING_H
#define CORE_MAIL_ENCODING_H

#include "core/arena.h"

/*
 * Encodes one line for a header field: unchanged when it is short ASCII, else as encoded words of whole characters,
 * one per line. used: characters before it on the first line, such as those of "Subject: ". In the arena.
 */
char *mail_encoded_words(struct arena *arena, const char *text, size_t used);

/* Encodes a whole text in base64, 76 characters per line, lines ended by CRLF. In the arena. */
char *mail_base64(struct arena *arena, const char *text);

#endif
