/*
 * Media: a copy is complete, named by its digest and readable for the web server before any row refers to it, and its
 * duration is known. The type of a file: check_media_type.c.
 */
#include "support/store_case.h"
#include "support/suite.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/str.h"
#include "core/token.h"
#include "store/media/media.h"

#define BYTES(text) text, sizeof(text) - 1

/* 30 x 20 pixels, cut after the size. */
static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x1e\0\0\0\x14\x08\2\0\0\0";
static const char gif[] = "GIF89a\x1e\0\x14\0\x80\0\0";

static void
setup(void)
{
	store_setup();
	log_open("test", LOG_ERROR);
}

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
	const char *path = store_file(store, "Mein Foto.PNG", png, sizeof(png)), *copy;
	char bytes[100];
	struct media media, again;
	struct stat found;
	FILE *file;
	mode_t mask = umask(077);

	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), OK);
	(void)umask(mask);
	ck_assert_str_eq(media.digest, digest_bytes(store->arena, png, sizeof(png)));
	ck_assert_str_eq(media.name, "Mein Foto.PNG");
	ck_assert_int_eq(media.bytes, (int64_t)sizeof(png));
	ck_assert_int_eq(media.width, 30);
	ck_assert_str_eq(media_path(store->arena, &media),
		arena_printf(store->arena, "%.2s/%s.png", media.digest, media.digest));
	copy = arena_printf(store->arena, "%s/%s", store->media, media_path(store->arena, &media));
	ck_assert_int_eq(stat(copy, &found), 0);
	ck_assert_int_eq(found.st_mode & 07777, 0644);
	ck_assert_int_eq(found.st_size, (int64_t)sizeof(png));
	file = fopen(copy, "rb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fread(bytes, 1, sizeof(bytes), file), sizeof(png));
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_mem_eq(bytes, png, sizeof(png));
	ck_assert_int_eq(stat(arena_printf(store->arena, "%s/%.2s", store->media, media.digest), &found), 0);
	ck_assert_int_eq(found.st_mode & 07777, 0755);
	/* Nothing else is left in the folder, and a second time changes nothing. */
	ck_assert_int_eq(count_entries(store->media), 1);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &again), OK);
	ck_assert_str_eq(again.digest, media.digest);
	ck_assert_int_eq(count_entries(store->media), 1);
	/* A copy that is too short is replaced. */
	ck_assert_int_eq(truncate(copy, 3), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &again), OK);
	ck_assert_int_eq(stat(copy, &found), 0);
	ck_assert_int_eq(found.st_size, (int64_t)sizeof(png));
}
END_TEST

START_TEST(the_type_comes_from_the_bytes_and_the_suffix_must_be_allowed)
{
	struct media media;

	/* Phones and chat programs write PNG into files called jpg. */
	ck_assert_int_eq(media_store_file(store->arena, store->media, store_file(store, "a.jpg", png, sizeof(png)), &media), OK);
	ck_assert_str_eq(media.suffix, "png");
	const char *const wrong[] = { "a.html", "a.svg", "a", "a.png.exe", "png", "a.png/" };
	for (size_t i = 0; i < 5; i++)
		ck_assert_msg(media_store_file(store->arena, store->media, store_file(store, wrong[i], png, sizeof(png)), &media)
			== INVALID, "%s", wrong[i]);
	ck_assert_int_eq(media_store_file(store->arena, store->media,
		store_file(store, "b.png", BYTES("<svg onload='alert(1)'/>")), &media), INVALID);
	ck_assert_int_eq(media_store_file(store->arena, store->media, store_file(store, "c.png", "", 0), &media), INVALID);
	ck_assert_int_eq(count_entries(store->media), 1);
}
END_TEST

START_TEST(only_regular_files_of_allowed_size_are_stored)
{
	struct media media;
	const char *path = arena_printf(store->arena, "%s/folder.png", store->folder);

	ck_assert_int_eq(media_store_file(store->arena, store->media,
		arena_printf(store->arena, "%s/missing.png", store->folder), &media), NOT_FOUND);
	ck_assert_int_eq(media_store_file(store->arena, store->media,
		arena_printf(store->arena, "%s/missing", store->folder), &media), NOT_FOUND);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), INVALID);
	/* A pipe without a writer must not block the import. */
	path = arena_printf(store->arena, "%s/pipe.png", store->folder);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), INVALID);
	path = arena_printf(store->arena, "%s/loop.png", store->folder);
	ck_assert_int_eq(symlink("loop.png", path), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), NOT_FOUND);
	path = arena_printf(store->arena, "%s/huge.png", store->folder);
	ck_assert_ptr_nonnull(store_file(store, "huge.png", png, sizeof(png)));
	ck_assert_int_eq(truncate(path, (off_t)MEDIA_MAX_BYTES + 1), 0);
	ck_assert_int_eq(media_store_file(store->arena, store->media, path, &media), TOO_LARGE);
	ck_assert_int_eq(media_store_file(store->arena, arena_printf(store->arena, "%s/nowhere", store->folder),
		store_file(store, "a.png", png, sizeof(png)), &media), FAULT);
	ck_assert_int_eq(count_entries(store->media), 0);
}
END_TEST

/*
 * A full disk leaves no partial file behind. RLIMIT_FSIZE simulates it, with its signal ignored. The limit
 * also holds for the file in which libcheck keeps one message for each assertion, so it is far above what these
 * messages need and is removed before the next assertion.
 */
START_TEST(a_full_disk_leaves_no_partial_file)
{
	struct rlimit limit, unlimited;
	enum status status;
	struct media media;
	char *bytes = calloc(1, 300000);
	const char *path;

	memcpy(bytes, png, sizeof(png));
	path = store_file(store, "big.png", bytes, 300000);
	free(bytes);
	(void)signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &unlimited), 0);
	limit = unlimited;
	limit.rlim_cur = 64 << 10;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	status = media_store_file(store->arena, store->media, path, &media);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &unlimited), 0);
	ck_assert_int_eq(status, FULL);
	ck_assert_int_eq(count_entries(store->media), 0);
}
END_TEST

static struct media
stored(const char *name, const char *bytes, size_t length)
{
	struct media media = { 0 };

	ck_assert_int_eq(media_store_file(store->arena, store->media, store_file(store, name, bytes, length), &media), OK);
	return media;
}

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
	struct media media = stored("a.gif", gif, sizeof(gif)), again = media, found;
	int64_t sum = 0;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(media_find_or_add(store->db, &media, false), OK);
	ck_assert_int_eq(media_find_or_add(store->db, &again, true), OK);
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

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_test(cases, a_copy_is_named_by_its_digest_and_readable);
	tcase_add_test(cases, the_type_comes_from_the_bytes_and_the_suffix_must_be_allowed);
	tcase_add_test(cases, only_regular_files_of_allowed_size_are_stored);
	tcase_add_test(cases, a_full_disk_leaves_no_partial_file);
	tcase_add_test(cases, one_file_has_one_row);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
