/* Addresses as authors write them: which may stay, how they are written, and bare ones in a text. */
#ifndef PAGE_MARKDOWN_ADDRESS_H
#define PAGE_MARKDOWN_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/*
 * An address as an href or src may carry it: no white space around, tabs and newlines gone (browsers
 * drop them, so "java&#10;script:" is a scheme), what no address may hold percent-encoded. Letters of
 * every script stay (RFC 3987). NULL for "" and for any scheme but http, https and, unless for an
 * image, mailto; an address without a scheme is relative (WHATWG URL, section 4.4).
 */
char *markdown_address_clean(struct arena *arena, const char *address, bool is_image);

/* True when it names a host, so that it may lead to another site. */
bool markdown_address_is_absolute(const char *address);

/*
 * The next bare address (http:// or https://) in a text: its place and length in bytes; false when
 * there is none. It ends before white space, quotation marks, CJK characters and any punctuation that rather
 * belongs to the sentence; a closing bracket stays when its opening one is inside.
 */
bool markdown_address_find(const char *text, size_t *ret_start, size_t *ret_length);

#endif
