/* A new file gets its name when it is complete, and never replaces another file. */
#include "core/new_file.h"
#include "support/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/path_owner.h"

static struct arena *arena;
static char folder[] = "/tmp/renown-new-XXXXXX";

static const char *
at(const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

static void
setup(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
teardown(void)
{
	const char *const names[] = { "a", "b" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		(void)unlink(at(names[i]));
	ck_assert_int_eq(rmdir(folder), 0); /* nothing else is left in it */
	arena_free(arena);
}

static int
open_folder(void)
{
	const char *path, *link;
	int fd = -1;

	ck_assert_int_eq(path_open_folder(arena, folder, &fd, &path, &link), 0);
	ck_assert_str_eq(path, folder);
	return fd;
}

START_TEST(a_new_file_gets_its_name_when_it_is_kept)
{
	struct new_file file;
	struct stat found;

	ck_assert_int_eq(new_file_begin(arena, open_folder(), "a", &file), 0);
	ck_assert_int_eq(write(file.fd, "abc", 3), 3);
	ck_assert_int_ne(stat(at("a"), &found), 0);
	ck_assert_int_eq(new_file_keep(&file), 0);
	new_file_end(&file);
	new_file_end(&file);
	ck_assert_int_eq(stat(at("a"), &found), 0);
	ck_assert_int_eq(found.st_size, 3);
	ck_assert_int_eq(found.st_mode & 0777, 0600);
}
END_TEST

START_TEST(a_file_that_is_not_kept_is_removed)
{
	struct new_file file;
	struct stat found;

	ck_assert_int_eq(new_file_begin(arena, open_folder(), "a", &file), 0);
	new_file_end(&file);
	ck_assert_int_ne(stat(at("a"), &found), 0);
	ck_assert_int_eq(new_file_keep(&file), EBADF);
}
END_TEST

/* On file systems without unnamed files (O_TMPFILE), the draft has a name of its own. */
START_TEST(a_named_draft_is_removed_or_renamed)
{
	struct new_file file;
	struct stat found;

	for (int keep = 0; keep < 2; keep++) {
		ck_assert_int_eq(new_file_begin(arena, open_folder(), "b", &file), 0);
		(void)close(file.fd);
		file.draft = "b.unfinished-x";
		file.fd = openat(file.folder, file.draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		ck_assert_int_ge(file.fd, 0);
		if (keep)
			ck_assert_int_eq(new_file_keep(&file), 0);
		new_file_end(&file);
		ck_assert_int_eq(stat(at("b"), &found), keep ? 0 : -1);
		ck_assert_int_ne(stat(at("b.unfinished-x"), &found), 0);
	}
}
END_TEST

START_TEST(an_existing_file_is_not_replaced)
{
	struct new_file file;
	struct stat found;
	int other;

	ck_assert_int_eq(new_file_begin(arena, open_folder(), "a", &file), 0);
	other = open(at("a"), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	ck_assert_int_ge(other, 0);
	(void)close(other);
	ck_assert_int_eq(new_file_keep(&file), EEXIST);
	new_file_end(&file);
	ck_assert_int_eq(stat(at("a"), &found), 0);
	ck_assert_int_eq(found.st_mode & 0777, 0640);
	ck_assert_int_eq(new_file_begin(arena, open_folder(), "a", &file), EEXIST);
}
END_TEST

START_TEST(opening_a_missing_folder_or_a_file_as_a_folder_fails)
{
	const char *path, *link;
	int fd;

	ck_assert_int_eq(path_open_folder(arena, at("none"), &fd, &path, &link), ENOENT);
	(void)close(open(at("a"), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
	ck_assert_int_eq(path_open_folder(arena, at("a"), &fd, &path, &link), ENOTDIR);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("new_file");
	TCase *cases = tcase_create("new_file");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_new_file_gets_its_name_when_it_is_kept);
	tcase_add_test(cases, a_file_that_is_not_kept_is_removed);
	tcase_add_test(cases, a_named_draft_is_removed_or_renamed);
	tcase_add_test(cases, an_existing_file_is_not_replaced);
	tcase_add_test(cases, opening_a_missing_folder_or_a_file_as_a_folder_fails);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
