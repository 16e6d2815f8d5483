/*
 * The media library and its access: where a file is before and after each change, who may read it, who owns it, and the
 * removal of metadata from images.
 */
#include "support/store_case.h"
#include "support/suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/str.h"
#include "core/token.h"
#include "store/media/media_library.h"
#include "store/media/media_file.h"
#include "store/media/media_access.h"
#include "store/media/media_visibility.h"
#include "store/media/media_variant.h"

enum { LONG_AGO = 1700000000 };

static struct user anna, bert, edda;

static void
setup(void)
{
	store_setup();
	log_open("test", LOG_ERROR);
	db_use_media(store->db, store->media, media_visibility_settle);
	anna = store_user_by_id(store, store_user(store, "Anna", "author"));
	bert = store_user_by_id(store, store_user(store, "Bert", "author"));
	edda = store_user_by_id(store, store_user(store, "Edda", "editor"));
}

/* Uploads a PDF with this text. */
static struct media
uploaded(const struct user *user, const char *words)
{
	const char *path = arena_printf(store->arena, "%s/sent", store->folder);
	FILE *file = fopen(path, "we");
	struct media media;

	ck_assert_int_gt(fprintf(file, "%%PDF-1.4\n%s", words), 0);
	(void)fclose(file);
	ck_assert_int_eq(media_store_upload(store->arena, store->media, path, "paper.pdf", &media), OK);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(media_library_add(store->db, store->arena, store->media, user, &media), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	return media;
}

static bool
is_at(const struct media *media, const char *place)
{
	return access(arena_printf(store->arena, "%s/%s%s", store->media, place, media_path(store->arena, media)), F_OK) == 0;
}
#define assert_open(media) do { ck_assert(is_at(media, "")); ck_assert(!is_at(media, MEDIA_PRIVATE)); } while (0)
#define assert_closed(media) do { ck_assert(!is_at(media, "")); ck_assert(is_at(media, MEDIA_PRIVATE)); } while (0)

static bool
may(const struct user *user, const struct media *media)
{
	struct viewer viewer = store_viewer(store, user == NULL ? 0 : user->id);
	bool result;

	ck_assert_int_eq(media_access_may(store->db, store->arena, &viewer, media, &result), OK);
	return result;
}

static int64_t
post_with(const struct media *media, const char *slug, const char *access)
{
	struct post_save save = store_post(anna.id, slug, slug, "Words.", "");

	save.post.published = LONG_AGO;
	save.post.access = access;
	save.post.enclosure_id = media->id;
	return store_save(store, &save);
}

static struct post_save
again(int64_t id, const char *access)
{
	struct post_save save = store_post(anna.id, "x", "x", "Words.", "");

	save.post = store_post_by_id(store, id);
	save.post.access = access;
	return save;
}

/* --- where files are ------------------------------------------------------------------ */

START_TEST(an_upload_is_private_until_a_public_post_uses_it)
{
	struct media media = uploaded(&anna, "one");
	int64_t id;

	assert_closed(&media);
	ck_assert(may(&anna, &media) && may(&edda, &media) && !may(&bert, &media) && !may(NULL, &media));
	id = post_with(&media, "one", "public");
	assert_open(&media);
	ck_assert(may(NULL, &media));
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_set_state(store->db, store->arena, id, "unpublished", STORE_NOW), OK);
	assert_closed(&media);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert(!may(NULL, &media) && !may(&bert, &media));
}
END_TEST

/* The file becomes private before the commit. After a rollback it stays private, and the same users may read it as before. */
START_TEST(a_file_becomes_private_before_the_commit)
{
	struct media media = uploaded(&anna, "two");
	int64_t id = post_with(&media, "two", "public");
	struct post_save save = again(id, "paid");

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_save(store->db, store->arena, &save, &id), OK);
	assert_closed(&media);
	db_end(store->db);
	assert_closed(&media);
	ck_assert(may(NULL, &media));
}
END_TEST

START_TEST(a_file_becomes_public_after_the_commit)
{
	struct media media = uploaded(&anna, "three");
	int64_t moved, id = post_with(&media, "three", "paid");
	struct post_save save = again(id, "public");

	assert_closed(&media);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_save(store->db, store->arena, &save, &id), OK);
	assert_closed(&media);
	db_end(store->db);
	assert_closed(&media); /* a change that was rolled back is not applied later */
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	assert_closed(&media);
	/* As if the process had ended right after the commit. */
	db_use_media(store->db, NULL, NULL);
	ck_assert_int_eq(store_save(store, &save), id);
	db_use_media(store->db, store->media, media_visibility_settle);
	assert_closed(&media);
	ck_assert(may(NULL, &media));
	ck_assert_int_eq(media_visibility_repair(store->db, store->media, STORE_NOW, false, &moved), OK);
	ck_assert_int_eq(moved, 1);
	assert_open(&media);
}
END_TEST

START_TEST(a_file_is_public_if_one_of_its_posts_is_public)
{
	struct media media = uploaded(&anna, "four");
	int64_t first = post_with(&media, "four", "paid"), moved, count;
	struct post_save save;

	(void)post_with(&media, "five", "public");
	assert_open(&media);
	save = again(first, "members");
	(void)store_save(store, &save);
	assert_open(&media);
	ck_assert_int_eq(media_visibility_count_wrong(store->db, STORE_NOW, &count), OK);
	ck_assert_int_eq(count, 0);
	ck_assert_int_eq(media_visibility_repair(store->db, store->media, STORE_NOW, true, &moved), OK);
	ck_assert_int_eq(moved, 0);
}
END_TEST

START_TEST(a_file_in_the_wrong_folder_is_found_and_moved)
{
	struct media media = uploaded(&anna, "six");
	int64_t moved, count;

	(void)post_with(&media, "six", "paid");
	ck_assert_int_eq(mkdir(arena_printf(store->arena, "%s/%.2s", store->media, media.digest), 0755), 0);
	ck_assert_int_eq(rename(arena_printf(store->arena, "%s/" MEDIA_PRIVATE "%s", store->media, media_path(store->arena, &media)),
		arena_printf(store->arena, "%s/%s", store->media, media_path(store->arena, &media))), 0);
	ck_assert_int_eq(db_execute(store->db, "UPDATE media SET public = 1"), OK);
	ck_assert_int_eq(media_visibility_count_wrong(store->db, STORE_NOW, &count), OK);
	ck_assert_int_eq(count, 1);
	ck_assert_int_eq(media_visibility_repair(store->db, store->media, STORE_NOW, true, &moved), OK);
	ck_assert_int_eq(moved, 1);
	assert_closed(&media);
}
END_TEST

START_TEST(resized_variants_move_with_the_file)
{
	struct media media = uploaded(&anna, "seven");
	const char *small = media_variant_path(store->arena, media.digest, 480);
	const char *closed = arena_printf(store->arena, "%s/" MEDIA_PRIVATE "%s", store->media, small);

	ck_assert_int_eq(close(open(closed, O_CREAT | O_WRONLY | O_CLOEXEC, 0644)), 0);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(media_variant_save(store->db, media.id, "480"), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	(void)post_with(&media, "seven", "public");
	assert_open(&media);
	ck_assert_int_ne(access(closed, F_OK), 0);
	ck_assert_int_eq(access(arena_printf(store->arena, "%s/%s", store->media, small), F_OK), 0);
}
END_TEST

/* --- owners ---------------------------------------------------------------------- */

START_TEST(authors_find_only_their_own_files)
{
	struct media one = uploaded(&anna, "eight"), two = uploaded(&bert, "nine"), *found, got;
	size_t count;

	ck_assert_int_eq(media_library_list(store->db, store->arena, &anna, "", "", 0, &found, &count), OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(found[0].id, one.id);
	ck_assert_int_eq(media_library_list(store->db, store->arena, &edda, "", "PAPER", 0, &found, &count), OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(media_library_list(store->db, store->arena, &edda, "image/", "", 0, &found, &count), OK);
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(media_library_list(store->db, store->arena, &edda, "", "%", 0, &found, &count), OK);
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(media_library_get(store->db, store->arena, &anna, two.id, &got), NOT_FOUND);
	ck_assert_int_eq(media_library_get(store->db, store->arena, &edda, two.id, &got), OK);
}
END_TEST

START_TEST(the_last_owner_who_removes_a_file_deletes_its_bytes)
{
	struct media one = uploaded(&anna, "ten"), same = uploaded(&bert, "ten");
	bool gone;

	ck_assert_int_eq(one.id, same.id);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(media_library_remove(store->db, store->arena, &anna, &one, &gone), OK);
	ck_assert(!gone);
	ck_assert_int_eq(media_library_remove(store->db, store->arena, &bert, &one, &gone), OK);
	ck_assert(gone);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(media_library_sweep(store->db, store->arena, store->media, &one), OK);
	ck_assert(!is_at(&one, "") && !is_at(&one, MEDIA_PRIVATE));
	/* Uploaded again meanwhile: its bytes are kept. */
	one = uploaded(&anna, "ten");
	ck_assert_int_eq(media_library_sweep(store->db, store->arena, store->media, &one), OK);
	assert_closed(&one);
	(void)post_with(&one, "ten", "paid");
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(media_library_remove(store->db, store->arena, &edda, &one, &gone), CONFLICT);
	db_end(store->db);
}
END_TEST

/* The second file replaces the first, then the first the second: neither is replaced by itself. */
START_TEST(two_files_can_replace_each_other_in_turn)
{
	struct media one = uploaded(&anna, "eleven"), two = uploaded(&anna, "twelve"), got;
	int64_t id = post_with(&one, "eleven", "public"), left;

	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(media_library_replace(store->db, store->arena, &one, &two), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(media_library_sweep(store->db, store->arena, store->media, &one), OK);
	ck_assert_int_eq(store_post_by_id(store, id).enclosure_id, two.id);
	ck_assert(!is_at(&one, "") && !is_at(&one, MEDIA_PRIVATE));
	one = uploaded(&anna, "eleven");
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(media_library_replace(store->db, store->arena, &two, &one), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(media_by_id(store->db, store->arena, one.id, &got), OK);
	ck_assert_int_eq(got.replaced_by, 0);
	ck_assert_int_eq(media_by_id(store->db, store->arena, two.id, &got), OK);
	ck_assert_int_eq(got.replaced_by, one.id);
	ck_assert_int_eq(media_library_room(store->db, 1, &left), OK);
	ck_assert_int_eq(left, 1024 * 1024 - one.bytes);
	ck_assert_int_eq(media_library_room(store->db, 0, &left), OK);
	ck_assert_int_eq(left, INT64_MAX);
}
END_TEST

/* --- metadata of images ---------------------------------------------------------------- */

#define BYTES(text) text, sizeof(text) - 1
static const struct {
	const char *type, *from;
	size_t from_length;
	const char *to;
	size_t to_length; /* 0: INVALID */
} pictures[] = {
	{ "image/jpeg", BYTES("\xff\xd8\xff\xe1\0\6abcd\xff\xfe\0\4xy\xff\xc0\0\3.\xff\xda\0\3.12\xff\0\x33\xff\xd9tail"), BYTES("\xff\xd8\xff\xc0\0\3.\xff\xda\0\3.12\xff\0\x33\xff\xd9") },
	/* Between two scans as well. */
	{ "image/jpeg", BYTES("\xff\xd8\xff\xda\0\2" "1\xff\xe1\0\3x\xff\xda\0\2" "2\xff\xd9"), BYTES("\xff\xd8\xff\xda\0\2" "1\xff\xda\0\2" "2\xff\xd9") },
	{ "image/jpeg", BYTES("\xff\xd8\xff\xe2\0\5MPF\xff\xda\0\2" "1\xff\xd9"), BYTES("\xff\xd8\xff\xda\0\2" "1\xff\xd9") },
	{ "image/jpeg", BYTES("\xff\xd8\xff\xe1\xff\xff" "abc"), "", 0 },
	{ "image/jpeg", BYTES("\xff\xd8\xff\xe1\0\1\xff\xd9"), "", 0 },
	{ "image/jpeg", BYTES("\xff\xd8\xff\xd9"), "", 0 },
	{ "image/jpeg", BYTES("\xff\xd8xx"), "", 0 },
	{ "image/png", BYTES("\x89PNG\r\n\x1a\n\0\0\0\1IDATxCRC.\0\0\0\1tEXtxCRC.\0\0\0\1eXIfxCRC.\0\0\0\0IENDCRC.tail"),
		BYTES("\x89PNG\r\n\x1a\n\0\0\0\1IDATxCRC.\0\0\0\0IENDCRC.") },
	{ "image/png", BYTES("\x89PNG\r\n\x1a\n\xff\xff\xff\xff" "IDATxCRC."), "", 0 },
	{ "image/png", BYTES("\x89PNG\r\n\x1a\n\0\0\0\1IDATxCRC."), "", 0 },
	{ "image/webp", BYTES("RIFF\x32\0\0\0WEBPVP8X\x0a\0\0\0\x3c\0\0\0.........." "...."), "", 0 },
	{ "image/webp", BYTES("RIFF\x36\0\0\0WEBPVP8X\x0a\0\0\0\x1c\0\0\0ABCDEFVP8 \2\0\0\0xyEXIF\3\0\0\0GPS\0XMP \0\0\0\0tail"),
		BYTES("RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0ABCDEFVP8 \2\0\0\0xy") },
	{ "image/webp", BYTES("RIFF\xff\xff\xff\xffWEBPVP8 \2\0\0\0xy"), "", 0 },
	{ "image/webp", BYTES("RIFF\x10\0\0\0WEBPEXIF\4\0\0\0abcd"), "", 0 },
};

START_TEST(metadata_of_images_is_removed)
{
	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
		struct arena *arena = arena_new();
		struct incoming *incoming;
		char bytes[200];
		enum status status;
		ssize_t length;
		ck_assert_int_eq(file_begin(arena, store->media, &incoming), OK);
		status = media_strip((const unsigned char *)pictures[i].from, pictures[i].from_length, pictures[i].type, incoming);
		ck_assert_msg(status == (pictures[i].to_length == 0 ? INVALID : OK), "%zu: %d", i, (int)status);
		length = pread(incoming->file, bytes, sizeof(bytes), 0);
		ck_assert_msg(status != OK || ((size_t)length == pictures[i].to_length && memcmp(bytes, pictures[i].to, (size_t)length) == 0),
			"%zu: %zd bytes", i, length);
		arena_free(arena);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("media_library");
	TCase *cases = tcase_create("media_library");

	token_init();
	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_add_test(cases, an_upload_is_private_until_a_public_post_uses_it);
	tcase_add_test(cases, a_file_becomes_private_before_the_commit);
	tcase_add_test(cases, a_file_becomes_public_after_the_commit);
	tcase_add_test(cases, a_file_is_public_if_one_of_its_posts_is_public);
	tcase_add_test(cases, a_file_in_the_wrong_folder_is_found_and_moved);
	tcase_add_test(cases, resized_variants_move_with_the_file);
	tcase_add_test(cases, authors_find_only_their_own_files);
	tcase_add_test(cases, the_last_owner_who_removes_a_file_deletes_its_bytes);
	tcase_add_test(cases, two_files_can_replace_each_other_in_turn);
	tcase_add_test(cases, metadata_of_images_is_removed);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
