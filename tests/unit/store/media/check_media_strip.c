/*
 * Removing metadata from recordings in place. e2e/media-metadata checks what stays and what goes. Here, any beginning of any
 * file of the fuzz corpus keeps its length, is never read beyond its end, and is clean after the first run.
 */
#include "support/suite.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/str.h"
#include "store/media/media_file.h"

enum { MOST = 8192 };

static const char *const types[] = { "video/mp4", "audio/mp4", "image/avif", "audio/mpeg", "audio/flac", "audio/ogg", "audio/wav", "video/webm" };
enum { TYPES = sizeof(types) / sizeof(types[0]) };

struct file {
	int number;
	char path[32];
};

static struct file
file_of(const void *bytes, size_t length)
{
	struct file file = { .number = memfd_create("recording", MFD_CLOEXEC) };

	(void)snprintf(file.path, sizeof(file.path), "/proc/self/fd/%d", file.number);
	ck_assert_int_eq(write(file.number, bytes, length), (ssize_t)length);
	return file;
}

static size_t
read_all(const struct file *file, unsigned char *ret_bytes)
{
	ssize_t length = pread(file->number, ret_bytes, MOST, 0);

	ck_assert_int_ge(length, 0);
	return (size_t)length;
}

/* Every type is tried on every file, because the declared type can be wrong. */
static void
clean(const unsigned char *bytes, size_t length, const char *type)
{
	unsigned char once[MOST], twice[MOST];
	struct file file = file_of(bytes, length);
	enum status status = media_strip_in_place(file.path, type);

	ck_assert_msg(status == OK || status == INVALID, "%s: %d", type, (int)status);
	ck_assert_uint_eq(read_all(&file, once), length);
	ck_assert_int_eq(media_strip_in_place(file.path, type), status);
	ck_assert_uint_eq(read_all(&file, twice), length);
	if (status == OK)
		ck_assert_msg(memcmp(once, twice, length) == 0, "%s of %zu bytes is not clean after the first time", type, length);
	(void)close(file.number);
}

static void
clean_beginnings(const char *path)
{
	unsigned char bytes[MOST];
	FILE *file = fopen(path, "re");
	size_t length;

	ck_assert_ptr_nonnull(file);
	length = fread(bytes, 1, sizeof(bytes), file);
	(void)fclose(file);
	ck_assert_uint_lt(length, sizeof(bytes));
	for (size_t type = 0; type < TYPES; type++)
		for (size_t end = length; end > 0; end -= end > 600 ? 37 : 1)
			clean(bytes, end, types[type]);
}

START_TEST(every_prefix_of_a_file_keeps_its_length_and_is_clean_after_one_run)
{
	struct arena *arena = arena_new();
	const char *folder = arena_printf(arena, "%s/tests/fuzz/corpus/media", getenv("srcdir") == NULL ? "." : getenv("srcdir"));
	DIR *list = opendir(folder);
	int files = 0;

	ck_assert_ptr_nonnull(list);
	for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
		if (entry->d_name[0] == '.')
			continue;
		clean_beginnings(arena_printf(arena, "%s/%s", folder, entry->d_name));
		files++;
	}
	(void)closedir(list);
	ck_assert_int_gt(files, 20);
	arena_free(arena);
}
END_TEST

START_TEST(files_of_other_types_are_not_changed)
{
	static const char *const others[] = { "application/pdf", "text/vtt", "image/png", "" };
	unsigned char bytes[MOST];

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct file file = file_of("%PDF-1.7 +52.5", 14);
		ck_assert_int_eq(media_strip_in_place(file.path, others[i]), OK);
		ck_assert_uint_eq(read_all(&file, bytes), 14);
		ck_assert_int_eq(memcmp(bytes, "%PDF-1.7 +52.5", 14), 0);
		(void)close(file.number);
	}
	ck_assert_int_eq(media_strip_in_place("/nowhere/film.mp4", "video/mp4"), FAULT);
}
END_TEST

/* Metadata that cannot be parsed might stay in the file, so such a file is refused. */
START_TEST(a_part_that_is_longer_than_its_file_is_refused)
{
	static const struct { const char *type, *bytes; size_t length; } wrong[] = {
		{ "audio/mpeg", "ID3\x03\0\0\0\0\x7f\x7fTIT2", 14 },
		{ "audio/mpeg", "APETAGEX\xd0\x07\0\0\xff\xff\0\0", 16 },
		{ "audio/flac", "fLaC\0\0\0\x22", 8 },
		{ "audio/flac", "fLaC", 4 },
		{ "audio/wav", "RIFF\0\0", 6 },
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct file file = file_of(wrong[i].bytes, wrong[i].length);
		ck_assert_msg(media_strip_in_place(file.path, wrong[i].type) == INVALID, "%s %zu", wrong[i].type, i);
		(void)close(file.number);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("media_strip");
	TCase *cases = tcase_create("media_strip");

	tcase_set_timeout(cases, 60);

	tcase_add_test(cases, every_prefix_of_a_file_keeps_its_length_and_is_clean_after_one_run);
	tcase_add_test(cases, files_of_other_types_are_not_changed);
	tcase_add_test(cases, a_part_that_is_longer_than_its_file_is_refused);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
