/*
 * Bytes that have caused errors in parsers, logs and readers, and what the check of text must report for each.
 * The text is `head`, followed by `unit` the given number of times.
 */
#ifndef UNIT_INVALID_BYTES_H
#define UNIT_INVALID_BYTES_H

#include <stdbool.h>
#include <stddef.h>

struct invalid_bytes {
	const char *name, *head;
	size_t head_length;
	const char *unit;
	size_t unit_length, times;
	bool line, block; /* whether text_accept() accepts it as that kind, perhaps without invisible characters */
};

#define BYTES(text) (text), sizeof(text) - 1

static const struct invalid_bytes invalid_bytes[] = {
	{ "overlong < 2-byte", BYTES("\xc0\xbc\x69\x6d\x67\x20\x73\x72\x63\x3d\x78\x20\x6f\x6e\x65\x72\x72\x6f\x72\x3d\x61\x6c\x65\x72\x74\x28\x31\x29\xc0\xbe"), BYTES(""), 0, false, false },
	{ "overlong < 3-byte", BYTES("\xe0\x80\xbc\x69\x6d\x67\x20\x73\x72\x63\x3d\x78\x20\x6f\x6e\x65\x72\x72\x6f\x72\x3d\x61\x6c\x65\x72\x74\x28\x31\x29\xe0\x80\xbe"), BYTES(""), 0, false, false },
	{ "overlong < 4-byte", BYTES("\xf0\x80\x80\xbc\x62\xf0\x80\x80\xbe"), BYTES(""), 0, false, false },
	{ "overlong NUL", BYTES("\x61\xc0\x80\x62"), BYTES(""), 0, false, false },
	{ "raw NUL", BYTES("\x61\x00\x62"), BYTES(""), 0, false, false },
	{ "5-byte form", BYTES("\xf8\x88\x80\x80\x80"), BYTES(""), 0, false, false },
	{ "6-byte form", BYTES("\xfc\x84\x80\x80\x80\x80"), BYTES(""), 0, false, false },
	{ "truncated 2", BYTES("\xc3"), BYTES(""), 0, false, false },
	{ "truncated 3", BYTES("\xe2\x82"), BYTES(""), 0, false, false },
	{ "truncated 4", BYTES("\xf0\x9f\x98"), BYTES(""), 0, false, false },
	{ "lone continuation", BYTES("\x80\xbf"), BYTES(""), 0, false, false },
	{ "latin-1 e9 mid-text", BYTES("\x63\x61\x66\xe9\x20\x6c\x61\x74\x69\x6e\x31"), BYTES(""), 0, false, false },
	{ "surrogate D800", BYTES("\xed\xa0\x80"), BYTES(""), 0, false, false },
	{ "surrogate pair CESU-8", BYTES("\xed\xa0\xbd\xed\xb8\x80"), BYTES(""), 0, false, false },
	{ "> 10FFFF", BYTES("\xf4\x90\x80\x80"), BYTES(""), 0, false, false },
	{ "FE FF bytes", BYTES("\xfe\xff"), BYTES(""), 0, false, false },
	{ "U+FFFE", BYTES("\xef\xbf\xbe"), BYTES(""), 0, true, true },
	{ "U+FFFF", BYTES("\xef\xbf\xbf"), BYTES(""), 0, true, true },
	{ "U+FDD0", BYTES("\xef\xb7\x90"), BYTES(""), 0, true, true },
	{ "U+1FFFE", BYTES("\xf0\x9f\xbf\xbe"), BYTES(""), 0, true, true },
	{ "U+0008", BYTES("\x61\x08\x62"), BYTES(""), 0, true, true },
	{ "U+000B", BYTES("\x61\x0b\x62"), BYTES(""), 0, true, true },
	{ "U+000C", BYTES("\x61\x0c\x62"), BYTES(""), 0, true, true },
	{ "U+001B ANSI log", BYTES("\x1b\x5b\x33\x31\x6d"), BYTES(""), 0, true, true },
	{ "U+007F", BYTES("\x7f"), BYTES(""), 0, true, true },
	{ "C1 NEL U+0085", BYTES("\xc2\x85"), BYTES(""), 0, true, true },
	{ "C1 CSI U+009B", BYTES("\xc2\x9b"), BYTES(""), 0, true, true },
	{ "U+2028", BYTES("\xe2\x80\xa8"), BYTES(""), 0, true, true },
	{ "U+2029", BYTES("\xe2\x80\xa9"), BYTES(""), 0, true, true },
	{ "RLO bidi", BYTES("\xe2\x80\xae"), BYTES(""), 0, true, true },
	{ "LRI without PDI", BYTES("\xe2\x81\xa6"), BYTES(""), 0, true, true },
	{ "zero width space in name", BYTES("\x61\xe2\x80\x8b\x64\x6d\x69\x6e"), BYTES(""), 0, true, true },
	{ "BOM inside", BYTES("\x61\xef\xbb\xbf\x62"), BYTES(""), 0, true, true },
	{ "word joiner", BYTES("\x61\xe2\x81\xa0\x62"), BYTES(""), 0, true, true },
	{ "cyrillic a in admin", BYTES("\xd0\xb0\x64\x6d\x69\x6e"), BYTES(""), 0, true, true },
	{ "combining flood", BYTES("\x61"), BYTES("\xcc\x81"), 500, false, false },
	{ "CRLF log/header", BYTES("\x61\x0d\x0a\x53\x65\x74\x2d\x43\x6f\x6f\x6b\x69\x65\x3a\x20\x78\x3d\x31"), BYTES(""), 0, false, true },
	{ "lone CR", BYTES("\x61\x0d\x62"), BYTES(""), 0, false, true },
	{ "UTF-7 script", BYTES("\x2b\x41\x44\x77\x2d\x73\x63\x72\x69\x70\x74\x2b\x41\x44\x34\x2d"), BYTES(""), 0, true, true },
	{ "UTF-16LE BOM", BYTES("\xff\xfe\x3c\x00\x73\x00\x63\x00\x72\x00"), BYTES(""), 0, false, false },
	{ "tag chars U+E0041", BYTES("\xf3\xa0\x81\x81"), BYTES(""), 0, true, true },
	{ "interlinear U+FFF9", BYTES("\xef\xbf\xb9"), BYTES(""), 0, true, true },
	{ "a mebibyte of C0 BC", BYTES(""), BYTES("\xc0\xbc"), 524288, false, false },
};

#endif
