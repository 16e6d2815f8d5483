/* The type of a file: by its first bytes, never by its name. */
#include "support/suite.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "store/media/media.h"

struct sample {
	const char *name;  /* with the suffix that such a file has */
	const char *type, *suffix;
	int width, height;
	const char *bytes;
	size_t length;
};
#define BYTES(text) text, sizeof(text) - 1

/* Headers of real files, cut after the bytes that decide the type and the size. */
static const struct sample samples[] = {
	{ "plain.jpg", "image/jpeg", "jpg", 30, 20, BYTES("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
		"\xff\xc0\0\x11\x08\0\x14\0\x1e\3\1\x22\0\2\x11\1\3\x11\1\xff\xda") },
	{ "progressive.jpeg", "image/jpeg", "jpg", 30, 20, BYTES("\xff\xd8\xff\xdb\0\4\0\0\xff\xff\xff\xc2\0\x11\x08\0\x14\0\x1e\3") },
	/* Exif, little endian, orientation 6: the camera was held upright, browsers turn it. */
	{ "turned.jpg", "image/jpeg", "jpg", 20, 30, BYTES("\xff\xd8\xff\xe1\0\x22" "Exif\0\0II*\0\x08\0\0\0\1\0"
		"\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0" "\xff\xc0\0\x11\x08\0\x14\0\x1e\3") },
	/* The same, big endian, orientation 3: upside down is as wide. */
	{ "upside.jpg", "image/jpeg", "jpg", 30, 20, BYTES("\xff\xd8\xff\xe1\0\x22" "Exif\0\0MM\0*\0\0\0\x08\0\1"
		"\1\x12\0\3\0\0\0\1\0\3\0\0\0\0\0\0" "\xff\xc0\0\x11\x08\0\x14\0\x1e\3") },
	{ "a.png", "image/png", "png", 30, 20, BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x1e\0\0\0\x14\x08\2\0\0\0") },
	{ "a.gif", "image/gif", "gif", 30, 20, BYTES("GIF89a\x1e\0\x14\0\x80\0\0") },
	{ "old.gif", "image/gif", "gif", 258, 1, BYTES("GIF87a\2\1\1\0\x80\0\0") },
	{ "lossy.webp", "image/webp", "webp", 30, 20, BYTES("RIFF\x4c\0\0\0WEBPVP8 \x40\0\0\0\xf0\1\0\x9d\1\x2a\x1e\0\x14\0\2\0") },
	{ "lossless.webp", "image/webp", "webp", 30, 20, BYTES("RIFF\x1c\0\0\0WEBPVP8L\x0f\0\0\0\x2f\x1d\xc0\4\0\7") },
	{ "alpha.webp", "image/webp", "webp", 30, 20, BYTES("RIFF\x56\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x1d\0\0\x13\0\0") },
	{ "a.avif", "image/avif", "avif", 0, 0, BYTES("\0\0\0\x1c" "ftypavif\0\0\0\0avifmif1miaf\0\0") },
	{ "other-brand.avif", "image/avif", "avif", 0, 0, BYTES("\0\0\0\x1c" "ftypmif1\0\0\0\0mif1avifmiaf\0\0") },
	{ "tagged.mp3", "audio/mpeg", "mp3", 0, 0, BYTES("ID3\4\0\0\0\0\0\x0a\0\0\0\0\0\0\0\0\0\0") },
	{ "a.m4a", "audio/mp4", "m4a", 0, 0, BYTES("\0\0\0\x18" "ftypM4A \0\0\2\0isomiso2") },
	{ "a.ogg", "audio/ogg", "ogg", 0, 0, BYTES("OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\x1e\1vorbis\0\0\0\0\2\x44\xac\0\0") },
	{ "a.opus", "audio/ogg", "ogg", 0, 0, BYTES("OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\x13OpusHead\1\1") },
	{ "a.flac", "audio/flac", "flac", 0, 0, BYTES("fLaC\0\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x40\xf0\0\0\0\0") },
	{ "a.wav", "audio/wav", "wav", 0, 0, BYTES("RIFF\x24\0\0\0WAVEfmt \x10\0\0\0") },
	{ "a.mp4", "video/mp4", "mp4", 0, 0, BYTES("\0\0\0\x18" "ftypisom\0\0\2\0isomavc1") },
	{ "a.webm", "video/webm", "webm", 0, 0, BYTES("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\x82\x84webm\x42\x87\x81\4") },
	{ "a.pdf", "application/pdf", "pdf", 0, 0, BYTES("%PDF-1.7\n") },
};
enum { SAMPLES = sizeof(samples) / sizeof(samples[0]) };

START_TEST(each_type_is_recognised_by_its_first_bytes)
{
	for (size_t i = 0; i < SAMPLES; i++) {
		struct media media;
		ck_assert_msg(media_probe((const unsigned char *)samples[i].bytes, samples[i].length, &media) == OK, "%s",
			samples[i].name);
		ck_assert_msg(str_equal(media.type, samples[i].type), "%s: %s", samples[i].name, media.type);
		ck_assert_str_eq(media.suffix, samples[i].suffix);
		ck_assert_msg(media.width == samples[i].width && media.height == samples[i].height, "%s: %lld x %lld",
			samples[i].name, (long long)media.width, (long long)media.height);
	}
}
END_TEST

START_TEST(other_types_are_refused)
{
	static const struct {
		const char *bytes;
		size_t length;
	} rows[] = {
		{ BYTES("") },
		{ BYTES("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>") },
		{ BYTES("<!DOCTYPE html><script>alert(1)</script>") },
		{ BYTES("<?xml version='1.0'?><svg/>") },
		{ BYTES("MZ\x90\0") },
		{ BYTES("\x7f" "ELF") },
		{ BYTES("PK\3\4") },
		{ BYTES("#!/bin/sh\n") },
		{ BYTES("BM\x36\0\0\0") },
		{ BYTES("\0\0\0\x18" "ftypqt  \0\0\2\0qt  ") },
		{ BYTES("\0\0\0\x18" "ftypheic\0\0\0\0mif1heic") },
		{ BYTES("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\x82\x88matroska") },
		{ BYTES("RIFF\x24\0\0\0AVI LIST") },
		{ BYTES("OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\x2a\x80theora\3\2\1") },
		{ BYTES("plain text, ID3 and GIF89a inside") },
		/* A single MPEG frame header can occur in any file, and a UTF-16 file begins like one. */
		{ BYTES("\xff\xfb\x90\0abcdefgh") },
		{ BYTES("\xff\xfe<\0s\0v\0g\0") },
		/* Images that cannot be shown. */
		{ BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\0\0\0\0\x14\x08\2\0\0\0") },
		{ BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0dIDAT\0\0\0\x1e\0\0\0\x14\x08\2\0\0\0") },
		{ BYTES("GIF89a\0\0\0\0\x80\0\0") },
		{ BYTES("\xff\xd8\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0") },
		{ BYTES("\xff\xd8\xff\xc0\0\x11\x08\0\0\0\x1e\3\1\x22\0") },
		/* More than 20,000 pixels a side: 20,001 each. */
		{ BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x4e\x21\0\0\0\1\x08\2\0\0\0") },
		{ BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\1\0\0\x4e\x21\x08\2\0\0\0") },
		{ BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\xff\xff\xff\xff\0\0\0\1\x08\2\0\0\0") },
		{ BYTES("GIF89a\x21\x4e\1\0\x80\0\0") },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct media media = { .type = "untouched" };
		ck_assert_msg(media_probe((const unsigned char *)rows[i].bytes, rows[i].length, &media) == INVALID,
			"row %zu is accepted as %s", i, media.type);
		ck_assert_str_eq(media.type, "untouched");
	}
	/* 20,000 pixels are accepted. */
	struct media media;
	ck_assert_int_eq(media_probe((const unsigned char *)"GIF89a\x20\x4e\1\0\x80\0\0", 13, &media), OK);
}
END_TEST

/* In a block of exactly that size, so that ASan and valgrind report a byte that is read beyond it. */
START_TEST(no_byte_is_read_beyond_the_length)
{
	for (size_t i = 0; i < SAMPLES; i++)
		for (size_t length = 0; length <= samples[i].length; length++) {
			unsigned char *bytes = malloc(length + (length == 0));
			struct media media;
			enum status status;
			ck_assert_ptr_nonnull(bytes);
			memcpy(bytes, samples[i].bytes, length);
			status = media_probe(bytes, length, &media);
			ck_assert(status == OK || status == INVALID);
			/* An incomplete size must not be used. */
			if (status == OK && length < samples[i].length)
				ck_assert_msg(media.width == 0 || (media.width == samples[i].width && media.height == samples[i].height),
					"%s of %zu bytes: %lld x %lld", samples[i].name, length, (long long)media.width, (long long)media.height);
			free(bytes);
		}
}
END_TEST

/* A camera's preview can come before the size. Beyond 64 KiB the width is 0, never a wrong one. */
START_TEST(a_long_jpeg_header_gives_no_wrong_size)
{
	size_t length = 0, room = 200000;
	unsigned char *bytes = calloc(1, room);
	struct media media;

	memcpy(bytes, "\xff\xd8", 2);
	length = 2;
	for (int i = 0; i < 2; i++, length += 2 + 0xfff0)
		memcpy(bytes + length, "\xff\xe2\xff\xf0", 4);
	memcpy(bytes + length, "\xff\xc0\0\x11\x08\0\x14\0\x1e\3", 10);
	ck_assert_int_eq(media_probe(bytes, 65536, &media), OK);
	ck_assert_int_eq(media.width, 0);
	ck_assert_int_eq(media_probe(bytes, length + 10, &media), OK);
	ck_assert_int_eq(media.width, 30);
	free(bytes);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("media_type");
	TCase *cases = tcase_create("media_type");

	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, each_type_is_recognised_by_its_first_bytes);
	tcase_add_test(cases, other_types_are_refused);
	tcase_add_test(cases, no_byte_is_read_beyond_the_length);
	tcase_add_test(cases, a_long_jpeg_header_gives_no_wrong_size);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
