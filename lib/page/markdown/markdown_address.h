/* Addresses in Markdown: which are allowed, how they are written, and bare URLs in a text. */
#ifndef PAGE_MARKDOWN_ADDRESS_H
#define PAGE_MARKDOWN_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/*
 * Prepares an address for href or src. Surrounding white space, tabs and newlines are removed (browsers
 * ignore them, so "java&#10;script:" is a scheme). Characters that no URL may contain are percent-encoded;
 * letters of every script stay (RFC 3987). NULL for "" and for any scheme except http, https and, unless it
 * is an image, mailto. An address without a scheme is relative (WHATWG URL, section 4.4). In the arena.
 */
char *markdown_address_clean(struct arena *arena, const char *address, bool is_image);

/* True when the address names a host, so that it may lead to another site. */
bool markdown_address_is_absolute(const char *address);

/*
 * Finds the next bare URL (http:// or https://) in a text: its offset and length in bytes. False when there
 * is none. The URL ends before white space, quotation marks, CJK characters and punctuation that probably
 * belongs to the sentence. A closing bracket is included when its opening bracket is.
 */
bool markdown_address_find(const char *text, size_t *ret_start, size_t *ret_length);

#endif
