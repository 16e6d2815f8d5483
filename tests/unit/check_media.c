/*
 * Media: what a file is, by its first bytes and never by its name; and that a copy
 * is whole, named by its digest and readable for the web server before any row speaks of it.
 */
#include "store_fixture.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/str.h"
#include "core/token.h"
#include "store/media.h"

struct sample {
	const char *name;  /* with the suffix that such a file has */
	const char *type, *suffix;
	int width, height;
	const char *bytes;
	size_t length;
};
#define BYTES(text) text, sizeof(text) - 1

/* Headers of real files, cut after what decides. */
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

static struct store *store;

static void
setup(void)
{
	store = store_open();
	log_open("test", LOG_ERROR);
}

static void
teardown(void)
{
	store_close(store);
}

static const char *
write_file(const char *name, const char *bytes, size_t length)
{
	const char *path = arena_printf(store->arena, "%s/%s", store->folder, name);
	FILE *file = fopen(path, "wb");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
	ck_assert_int_eq(fclose(file), 0);
	return path;
}

START_TEST(each_kind_is_known_by_its_first_bytes)
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

START_TEST(everything_else_is_refused)
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
		/* One MPEG frame alone happens anywhere, and a UTF-16 file begins like one. */
		{ BYTES("\xff\xfb\x90\0abcdefgh") },
		{ BYTES("\xff\xfe<\0s\0v\0g\0") },
		/* Pictures that cannot be shown. */
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
			"row %zu is taken for %s", i, media.type);
		ck_assert_str_eq(media.type, "untouched");
	}
	/* 20,000 is still a picture. */
	struct media media;
	ck_assert_int_eq(media_probe((const unsigned char *)"GIF89a\x20\x4e\1\0\x80\0\0", 13, &media), OK);
}
END_TEST

/* In a block of exactly that size, so that ASan and valgrind see a byte read behind it. */
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
			/* A size that is not all there is no size. */
			if (status == OK && length < samples[i].length)
				ck_assert_msg(media.width == 0 || (media.width == samples[i].width && media.height == samples[i].height),
					"%s of %zu bytes: %lld x %lld", samples[i].name, length, (long long)media.width, (long long)media.height);
			free(bytes);
		}
}
END_TEST

/* A camera's preview before the size: beyond 64 KiB the width is 0, and no wrong one. */
START_TEST(a_jpeg_header_may_go_on_for_long)
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

/* --- the copy --------------------------------------------------------------------- */

static int
count_entries(const char *folder)
{
	DIR *entries = opendir(folder);
	int count = 0;

	ck_assert_ptr_nonnull(entries);
	while (readdir(entries) != NULL)
		count++;
	(void)closedir(entries);
	return count - 2;
}

START_TEST(a_copy_is_named_by_its_digest_and_readable)
{
	const struct sample *png = &samples[4];
	const char *path = write_file("Mein Foto.PNG", png->bytes, png->length), *copy;
	char bytes[100];
	struct media media, again;
	struct stat found;
	FILE *file;
	mode_t mask = umask(077);

	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), OK);
	(void)umask(mask);
	ck_assert_str_eq(media.digest, digest_bytes(store->arena, png->bytes, png->length));
	ck_assert_str_eq(media.name, "Mein Foto.PNG");
	ck_assert_int_eq(media.bytes, (int64_t)png->length);
	ck_assert_int_eq(media.width, 30);
	ck_assert_str_eq(media_path(store->arena, &media),
		arena_printf(store->arena, "%.2s/%s.png", media.digest, media.digest));
	copy = arena_printf(store->arena, "%s/%s", store->media, media_path(store->arena, &media));
	ck_assert_int_eq(stat(copy, &found), 0);
	ck_assert_int_eq(found.st_mode & 07777, 0644);
	ck_assert_int_eq(found.st_size, (int64_t)png->length);
	file = fopen(copy, "rb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fread(bytes, 1, sizeof(bytes), file), png->length);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_mem_eq(bytes, png->bytes, png->length);
	ck_assert_int_eq(stat(arena_printf(store->arena, "%s/%.2s", store->media, media.digest), &found), 0);
	ck_assert_int_eq(found.st_mode & 07777, 0755);
	/* Nothing else is left in the folder, and a second time changes nothing. */
	ck_assert_int_eq(count_entries(store->media), 1);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &again), OK);
	ck_assert_str_eq(again.digest, media.digest);
	ck_assert_int_eq(count_entries(store->media), 1);
	/* A copy that a crash or a hand cut short is replaced. */
	ck_assert_int_eq(truncate(copy, 3), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &again), OK);
	ck_assert_int_eq(stat(copy, &found), 0);
	ck_assert_int_eq(found.st_size, (int64_t)png->length);
}
END_TEST

START_TEST(the_type_is_by_bytes_and_the_name_must_fit_too)
{
	const struct sample *png = &samples[4];
	struct media media;

	/* Phones and chat programs write PNG into files called jpg. */
	ck_assert_int_eq(media_store_file(store->arena, store->media, write_file("a.jpg", png->bytes, png->length), &media), OK);
	ck_assert_str_eq(media.suffix, "png");
	const char *const wrong[] = { "a.html", "a.svg", "a", "a.png.exe", "png", "a.png/" };
	for (size_t i = 0; i < 5; i++)
		ck_assert_msg(media_store_file(store->arena, store->media, write_file(wrong[i], png->bytes, png->length), &media)
			== INVALID, "%s", wrong[i]);
	ck_assert_int_eq(media_store_file(store->arena, store->media,
		write_file("b.png", BYTES("<svg onload='alert(1)'/>")), &media), INVALID);
	ck_assert_int_eq(media_store_file(store->arena, store->media, write_file("c.png", "", 0), &media), INVALID);
	ck_assert_int_eq(count_entries(store->media), 1);
}
END_TEST

START_TEST(what_is_no_file_is_not_opened)
{
	struct media media;
	const char *path = arena_printf(store->arena, "%s/folder.png", store->folder);

	ck_assert_int_eq(media_store_file(store->arena, store->media,
		arena_printf(store->arena, "%s/missing.png", store->folder), &media), NOT_FOUND);
	ck_assert_int_eq(media_store_file(store->arena, store->media,
		arena_printf(store->arena, "%s/missing", store->folder), &media), NOT_FOUND);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), INVALID);
	/* A pipe that nobody writes to must not hold the import for ever. */
	path = arena_printf(store->arena, "%s/pipe.png", store->folder);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), INVALID);
	path = arena_printf(store->arena, "%s/loop.png", store->folder);
	ck_assert_int_eq(symlink("loop.png", path), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), NOT_FOUND);
	path = arena_printf(store->arena, "%s/huge.png", store->folder);
	ck_assert_ptr_nonnull(write_file("huge.png", samples[4].bytes, samples[4].length));
	ck_assert_int_eq(truncate(path, (off_t)MEDIA_MOST_BYTES + 1), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), TOO_LARGE);
	ck_assert_int_eq(media_store_file(store->arena, arena_printf(store->arena, "%s/nowhere", store->folder),
		write_file("a.png", samples[4].bytes, samples[4].length), &media), FAULT);
	ck_assert_int_eq(count_entries(store->media), 0);
}
END_TEST

/* A full disk leaves no half of a file behind. RLIMIT_FSIZE stands in for it, with its signal ignored. */
START_TEST(a_full_disk_leaves_nothing)
{
	struct rlimit limit = { 1000, 1000 };
	struct media media;
	char *bytes = calloc(1, 300000);
	const char *path;

	memcpy(bytes, samples[4].bytes, samples[4].length);
	path = write_file("big.png", bytes, 300000);
	free(bytes);
	(void)signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), FULL);
	ck_assert_int_eq(count_entries(store->media), 0);
}
END_TEST

/* --- how long --------------------------------------------------------------------- */

static struct media
stored(const char *name, const char *bytes, size_t length)
{
	struct media media = { 0 };

	ck_assert_int_eq(media_store_file(store->arena, store->media, write_file(name, bytes, length), &media), OK);
	return media;
}

START_TEST(sound_and_film_say_how_long_they_last)
{
	char frames[417 * 40];
	struct media media;

	/* 8,000 bytes of 8,000 a second; a recorder that was cut off wrote the greatest length. */
	char wav[44 + 8000] = "RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data\x40\x1f\0\0";
	ck_assert_int_eq(stored("a.wav", wav, sizeof(wav)).duration, 1);
	memcpy(wav + 40, "\xff\xff\xff\xff", 4);
	ck_assert_int_eq(stored("b.wav", wav, sizeof(wav)).duration, 1);
	/* 44,100 Hz, 36 bits of samples: 441,000. */
	ck_assert_int_eq(stored("a.flac", BYTES("fLaC\0\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x40\xf0\0\6\xba\xa8\0\0\0\0")).duration, 10);
	/* 128 kbit/s, 44,100 Hz: 417 bytes a frame; then the count of an encoder, 3,829 frames. */
	memset(frames, 0, sizeof(frames));
	for (size_t i = 0; i < 40; i++)
		memcpy(frames + i * 417, "\xff\xfb\x90\x40", 4);
	media = stored("a.mp3", frames, sizeof(frames));
	ck_assert_str_eq(media.type, "audio/mpeg");
	ck_assert_int_eq(media.duration, 1);
	memcpy(frames + 36, "Xing\0\0\0\1\0\0\x0e\xf5", 12);
	ck_assert_int_eq(stored("b.mp3", frames, sizeof(frames)).duration, 100);
	/* Opus: 48,000 a second less what is skipped, 312; the last page ends at 480,312. */
	ck_assert_int_eq(stored("a.opus", BYTES("OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\x13OpusHead\1\1\x38\1\x80\xbb\0\0\0\0\0"
		"OggS\0\4\x38\x54\7\0\0\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0\1\1x")).duration, 10);
	/* WebM: Segment of unknown size, Info with a scale of 1 ms and 2,500.0 of them. */
	ck_assert_int_eq(stored("a.webm", BYTES("\x1a\x45\xdf\xa3\x87\x42\x82\x84webm" "\x18\x53\x80\x67\1\xff\xff\xff\xff\xff\xff\xff"
		"\x15\x49\xa9\x66\x8e\x2a\xd7\xb1\x83\x0f\x42\x40\x44\x89\x84\x45\x1c\x40\0")).duration, 3);
}
END_TEST

#define MVHD "\0\0\0\x6cmvhd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3\xe8\0\0\x27\x10" \
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" \
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
_Static_assert(sizeof(MVHD) - 1 == 0x6c, "the length that it says");
#define TRAK(handler) "\0\0\0\x30trak\0\0\0\x28mdia\0\0\0\x20hdlr\0\0\0\0\0\0\0\0" handler "\0\0\0\0\0\0\0\0\0\0\0\0"

START_TEST(an_mp4_without_a_picture_is_sound)
{
	struct media media = stored("film.mp4", BYTES("\0\0\0\x10" "ftypisom\0\0\2\0" "\0\0\0\xd4moov" MVHD TRAK("soun") TRAK("vide")));

	ck_assert_str_eq(media.type, "video/mp4");
	ck_assert_int_eq(media.duration, 10);
	media = stored("sound.mp4", BYTES("\0\0\0\x10" "ftypisom\0\0\2\0" "\0\0\0\xa4moov" MVHD TRAK("soun")));
	ck_assert_str_eq(media.type, "audio/mp4");
	ck_assert_str_eq(media.suffix, "m4a");
	ck_assert_int_eq(media.duration, 10);
}
END_TEST

/* Boxes that hold themselves, run backwards or beyond the end: no length, and an end. */
START_TEST(files_that_contradict_themselves_have_no_length)
{
	static const struct {
		const char *name, *bytes;
		size_t length;
	} rows[] = {
		{ "a.mp4", BYTES("\0\0\0\x10" "ftypisom\0\0\2\0\0\0\0\1moov\xff\xff\xff\xff\xff\xff\xff\xff") },
		{ "b.mp4", BYTES("\0\0\0\x10" "ftypisom\0\0\2\0\0\0\0\1moov\0\0\0\0\0\0\0\0") },
		{ "c.mp4", BYTES("\0\0\0\x10" "ftypisom\0\0\2\0\0\0\0\4moov\0\0\0\4trak") },
		{ "d.mp4", BYTES("\0\0\0\x10" "ftypisom\0\0\2\0\0\0\0\x20moov\0\0\0\x18mvhd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0") },
		{ "a.wav", BYTES("RIFF\x24\0\0\0WAVEfmt \xf0\xff\xff\xff") },
		{ "b.wav", BYTES("RIFF\x24\0\0\0WAVEdata\x10\0\0\0abcdefgh") },
		{ "a.flac", BYTES("fLaC\0\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\0\0\0") },
		{ "a.mp3", BYTES("ID3\4\0\0\x7f\x7f\x7f\x7f") },
		{ "a.ogg", BYTES("OggS\0\2\xff\xff\xff\xff\xff\xff\xff\xff\1\0\0\0\0\0\0\0\0\0\0\0\1\x1e\1vorbis\0\0\0\0\2\0\0\0\0") },
		{ "a.webm", BYTES("\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x82\0\0\x44\x89\x88\x7f\xf0\0\0\0\0\0\0") },
		{ "b.webm", BYTES("\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\0\0\0\0\0\0\0\0") },
		{ "c.webm", BYTES("\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x44\x89\1\xff\xff\xff\xff\xff\xff\xff") },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct media media = stored(rows[i].name, rows[i].bytes, rows[i].length);
		ck_assert_msg(media.duration == 0, "%s: %lld s", rows[i].name, (long long)media.duration);
	}
}
END_TEST

/* --- rows ------------------------------------------------------------------------- */

static enum status
count_one(void *context, struct arena *arena, void *row)
{
	(void)arena;
	*(int64_t *)context += ((struct media *)row)->id;
	return OK;
}

START_TEST(one_file_has_one_row)
{
	struct media media = stored("a.gif", samples[5].bytes, samples[5].length), again = media, found;
	int64_t sum = 0;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(media_need(store->db, &media, false), OK);
	ck_assert_int_eq(media_need(store->db, &again, true), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_gt(media.id, 0);
	ck_assert_int_eq(again.id, media.id);
	ck_assert_int_eq(media_by_id(store->db, store->arena, media.id, &found), OK);
	ck_assert_str_eq(found.type, "image/gif");
	ck_assert_int_eq(found.height, 20);
	ck_assert_int_gt(found.created, 0);
	ck_assert_int_eq(media_by_digest(store->db, store->arena, media.digest, &found), OK);
	ck_assert_str_eq(found.name, "a.gif");
	ck_assert_int_eq(media_by_digest(store->db, store->arena, "x", &found), NOT_FOUND);
	ck_assert_int_eq(media_by_id(store->db, store->arena, 99, &found), NOT_FOUND);
	ck_assert_int_eq(media_each(store->db, count_one, &sum), OK);
	ck_assert_int_eq(sum, media.id);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("media");
	TCase *cases = tcase_create("media");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, each_kind_is_known_by_its_first_bytes);
	tcase_add_test(cases, everything_else_is_refused);
	tcase_add_test(cases, no_byte_is_read_beyond_the_length);
	tcase_add_test(cases, a_jpeg_header_may_go_on_for_long);
	tcase_add_test(cases, a_copy_is_named_by_its_digest_and_readable);
	tcase_add_test(cases, the_type_is_by_bytes_and_the_name_must_fit_too);
	tcase_add_test(cases, what_is_no_file_is_not_opened);
	tcase_add_test(cases, a_full_disk_leaves_nothing);
	tcase_add_test(cases, sound_and_film_say_how_long_they_last);
	tcase_add_test(cases, an_mp4_without_a_picture_is_sound);
	tcase_add_test(cases, files_that_contradict_themselves_have_no_length);
	tcase_add_test(cases, one_file_has_one_row);
	suite_add_tcase(suite, cases);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
