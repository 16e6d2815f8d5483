/* Which users can change the target of a path, and opening below a folder without following a link. */
#include "core/path_owner.h"
#include "support/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"

enum { OTHER = 12345, THIRD = 12346 };

static struct arena *arena;
static char folder[] = "/tmp/renown-path-XXXXXX";

static const char *
at(const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

static void
make_folder(const char *name, mode_t mode)
{
	ck_assert_int_eq(mkdir(at(name), 0700), 0);
	ck_assert_int_eq(chmod(at(name), mode), 0);
}

static void
make_file(const char *name)
{
	int file = open(at(name), O_WRONLY | O_CREAT | O_EXCL, 0600);

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, name, strlen(name)), (ssize_t)strlen(name));
	(void)close(file);
}

static void
make_link(const char *target, const char *name)
{
	ck_assert_int_eq(symlink(target, at(name)), 0);
}

static void
setup(void)
{
	arena = arena_new();
	(void)strcpy(folder + strlen(folder) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chmod(folder, 0755), 0);
	make_folder("a", 0755);
	make_folder("a/b", 0755);
	make_file("a/b/file");
	make_link("b/file", "a/link");
	make_link(at("a/b"), "far");
	make_link("loop", "loop");
	make_link("nowhere", "dangling");
}

static void
teardown(void)
{
	const char *const made[] = { "a/b/file", "a/b", "a/link", "a", "far", "loop", "dangling" };

	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		if (unlink(at(made[i])) != 0)
			(void)rmdir(at(made[i]));
	(void)rmdir(folder);
	arena_free(arena);
}

static struct path_owner
find(const char *path)
{
	struct path_owner found = { 0 };

	ck_assert_int_eq(path_owner_find(arena, path, &found), 0);
	return found;
}

START_TEST(a_path_is_resolved_as_the_kernel_does)
{
	static const char *const paths[] = { "a/b/file", "a//b/./file", "a/b/../b/file", "far/file", "a/link", "far/../b/file" };
	struct stat real;

	ck_assert_int_eq(stat(at("a/b/file"), &real), 0);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct path_owner found = find(at(paths[i]));
		ck_assert_msg(str_equal(found.path, at("a/b/file")), "%s: %s", paths[i], found.path);
		ck_assert(found.found.st_ino == real.st_ino && found.found.st_dev == real.st_dev && !found.missing);
	}
	ck_assert_str_eq(find("/").path, "/");
	ck_assert_str_eq(find("/..").path, "/");
	ck_assert_int_eq(chdir(at("a")), 0);
	ck_assert_str_eq(find(".").path, at("a"));
	ck_assert_str_eq(find("../a/b").path, at("a/b"));
}
END_TEST

START_TEST(a_missing_part_is_an_error_except_the_last_one)
{
	struct path_owner found = find(at("a/new"));

	ck_assert(found.missing);
	ck_assert_str_eq(found.path, at("a/new"));
	ck_assert(S_ISDIR(found.found.st_mode));
	ck_assert(find(at("dangling")).missing);
	ck_assert_int_eq(path_owner_find(arena, at("a/new/more"), &found), ENOENT);
	ck_assert_int_eq(path_owner_find(arena, at("a/b/file/more"), &found), ENOTDIR);
	ck_assert_int_eq(path_owner_find(arena, at("loop"), &found), ELOOP);
	ck_assert_int_eq(path_owner_find(arena, "", &found), ENOENT);
}
END_TEST

START_TEST(path_open_below_follows_no_link_and_stays_in_its_folder)
{
	static const struct { const char *path; int number; } wrong[] = {
		{ "link", ELOOP }, { "../far", EINVAL }, { "b/../b/file", EINVAL }, { "/etc/passwd", EINVAL }, { "b//file", EINVAL },
		{ "b/file/", ENOTDIR }, { "none", ENOENT }, { "b/file/more", ENOTDIR },
	};
	int above = open(at("a"), O_PATH | O_DIRECTORY), file = path_open_below(above, "b/file", O_RDONLY), link;
	char bytes[32];
	struct stat found;

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(read(file, bytes, sizeof(bytes)), (ssize_t)strlen("a/b/file"));
	(void)close(file);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		ck_assert_int_eq(path_open_below(above, wrong[i].path, O_RDONLY), -1);
		ck_assert_msg(errno == wrong[i].number, "%s: %s", wrong[i].path, strerror(errno));
	}
	link = path_open_below(above, "link", O_PATH);
	ck_assert_int_eq(fstat(link, &found), 0);
	ck_assert(S_ISLNK(found.st_mode));
	(void)close(link);
	(void)close(above);
	above = open(folder, O_PATH | O_DIRECTORY);
	ck_assert_int_eq(path_open_below(above, "far/file", O_RDONLY), -1);
	ck_assert_int_eq(errno, ENOTDIR);
	file = path_open_below(above, "", O_RDONLY | O_DIRECTORY);
	ck_assert_int_ge(file, 0);
	(void)close(file);
	(void)close(above);
}
END_TEST

START_TEST(the_arena_closes_the_descriptors_of_found_paths)
{
	int first = dup(0), second;

	(void)close(first);
	for (int i = 0; i < 100; i++) {
		struct arena *own = arena_new();
		struct path_owner found;
		ck_assert_int_eq(path_owner_find(own, at("far/file"), &found), 0);
		ck_assert_int_eq(path_owner_find(own, at("loop"), &found), ELOOP);
		arena_free(own);
	}
	second = dup(0);
	ck_assert_int_eq(first, second);
	(void)close(second);
}
END_TEST

/* --- as root, since only root can create files of other users ---------------------------------------- */

static void
give(const char *name, uid_t user)
{
	ck_assert_int_eq(lchown(at(name), user, user), 0);
}

START_TEST(the_owner_of_a_parent_folder_can_change_the_target)
{
	struct path_owner found = find(at("a/b/file"));

	/* /tmp is sticky: only root can replace what root has made there. */
	ck_assert(found.names == PATH_ROOT && found.links == PATH_ROOT && found.link == NULL && path_is_roots(&found));
	give("a", OTHER);
	found = find(at("a/b/file"));
	ck_assert(found.names == OTHER && !path_is_roots(&found));
	give("a/b", THIRD);
	ck_assert(find(at("a/b/file")).names == PATH_MANY);
	give("a", 0);
	ck_assert(find(at("a/b/file")).names == THIRD);
	ck_assert(find(at("a/b/new")).names == PATH_ROOT);
	found = find(at("a/b/new"));
	ck_assert(!path_is_roots(&found));
	give("a/b", 0);
	give("a/b/file", OTHER);
	found = find(at("a/b/file"));
	ck_assert(found.names == PATH_ROOT && !path_is_roots(&found));
}
END_TEST

START_TEST(users_with_write_access_to_a_parent_folder_can_change_the_target)
{
	struct path_owner found;

	ck_assert_int_eq(chmod(at("a/b"), 0757), 0);
	ck_assert(find(at("a/b/file")).names == PATH_MANY);
	found = find(at("a/b"));
	ck_assert(found.names == PATH_ROOT && !path_is_roots(&found));
	ck_assert_int_eq(chmod(at("a/b"), 01777), 0);
	ck_assert(find(at("a/b/file")).names == PATH_ROOT);
	give("a/b/file", OTHER);
	ck_assert(find(at("a/b/file")).names == OTHER);
	ck_assert_int_eq(chmod(at("a/b"), 0775), 0);
	ck_assert(find(at("a/b/file")).names == PATH_ROOT); /* root's group */
	ck_assert_int_eq(chown(at("a/b"), 0, OTHER), 0);
	ck_assert(find(at("a/b/file")).names == PATH_MANY);
}
END_TEST

START_TEST(the_owner_of_a_link_can_change_the_target)
{
	struct path_owner found = find(at("far/file"));

	ck_assert(found.links == PATH_ROOT && found.link == NULL && path_is_roots(&found));
	give("far", OTHER);
	found = find(at("far/file"));
	ck_assert(found.links == OTHER && found.names == OTHER && !path_is_roots(&found));
	ck_assert_str_eq(found.link, at("far"));
	give("far", 0);
	give("a", OTHER);
	found = find(at("a/link"));
	ck_assert(found.links == OTHER);
	ck_assert_str_eq(found.link, at("a/link"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("path_owner");
	TCase *names = tcase_create("names"), *owners;

	tcase_add_checked_fixture(names, setup, teardown);
	tcase_add_test(names, a_path_is_resolved_as_the_kernel_does);
	tcase_add_test(names, a_missing_part_is_an_error_except_the_last_one);
	tcase_add_test(names, path_open_below_follows_no_link_and_stays_in_its_folder);
	tcase_add_test(names, the_arena_closes_the_descriptors_of_found_paths);
	suite_add_tcase(suite, names);
	/* Only root can give a file to another user. */
	if (geteuid() == 0) {
		owners = tcase_create("owners");
		tcase_add_checked_fixture(owners, setup, teardown);
		tcase_add_test(owners, the_owner_of_a_parent_folder_can_change_the_target);
		tcase_add_test(owners, users_with_write_access_to_a_parent_folder_can_change_the_target);
		tcase_add_test(owners, the_owner_of_a_link_can_change_the_target);
		suite_add_tcase(suite, owners);
	} else {
		(void)puts("# owners of paths are tested as root only");
	}
	return suite_run(suite);
}
