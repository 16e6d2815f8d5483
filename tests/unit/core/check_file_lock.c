/* A lock file: one process holds it at a time, nobody waits for it, and it is free when its holder ends in any way. */
#include "support/suite.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/file_lock.h"

static struct arena *arena;
static char folder[] = "/tmp/renown-slot-XXXXXX";
static const char *path;

static void
setup(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(mkdtemp(folder));
	path = arena_printf(arena, "%s/one.lock", folder);
}

static void
teardown(void)
{
	(void)unlink(path);
	ck_assert_int_eq(rmdir(folder), 0);
	arena_free(arena);
}

START_TEST(a_lock_is_exclusive_until_it_is_released)
{
	struct file_lock *one = NULL, *other = NULL;
	struct stat found;

	ck_assert_int_eq(file_lock_take(arena, path, &one), OK);
	ck_assert_int_eq(stat(path, &found), 0);
	ck_assert_int_eq(found.st_mode & 0777, 0600);
	ck_assert_int_eq(file_lock_take(arena, path, &other), BUSY);
	ck_assert_ptr_null(other);
	file_lock_release(one);
	file_lock_release(one);
	file_lock_release(NULL);
	ck_assert_int_eq(file_lock_take(arena, path, &other), OK);
}
END_TEST

START_TEST(a_lock_is_released_with_its_arena)
{
	struct arena *request = arena_new();
	struct file_lock *one, *other;

	ck_assert_int_eq(file_lock_take(request, path, &one), OK);
	arena_reset(request);
	ck_assert_int_eq(file_lock_take(request, path, &other), OK);
	arena_free(request);
	ck_assert_int_eq(file_lock_take(arena, path, &other), OK);
}
END_TEST

START_TEST(a_lock_is_released_when_its_process_is_killed)
{
	struct file_lock *slot;
	int ready[2];
	pid_t child;
	char byte;

	ck_assert_int_eq(pipe(ready), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		if (file_lock_take(arena, path, &slot) != OK || write(ready[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			(void)pause();
	}
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	ck_assert_int_eq(file_lock_take(arena, path, &slot), BUSY);
	ck_assert_int_eq(kill(child, SIGKILL), 0);
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
	ck_assert_int_eq(file_lock_take(arena, path, &slot), OK);
}
END_TEST

/* A missing folder is an error, and a symbolic link is not followed. */
START_TEST(a_missing_folder_or_a_symbolic_link_is_a_fault)
{
	struct file_lock *slot;
	const char *elsewhere = arena_printf(arena, "%s/elsewhere", folder);

	ck_assert_int_eq(file_lock_take(arena, arena_printf(arena, "%s/missing/one.lock", folder), &slot), FAULT);
	ck_assert_int_eq(symlink(elsewhere, path), 0);
	ck_assert_int_eq(file_lock_take(arena, path, &slot), FAULT);
	ck_assert_int_ne(access(elsewhere, F_OK), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("file_lock");
	TCase *cases = tcase_create("file_lock");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_lock_is_exclusive_until_it_is_released);
	tcase_add_test(cases, a_lock_is_released_with_its_arena);
	tcase_add_test(cases, a_lock_is_released_when_its_process_is_killed);
	tcase_add_test(cases, a_missing_folder_or_a_symbolic_link_is_a_fault);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
