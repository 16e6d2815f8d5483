/* Whether a background worker runs, according to the time of a file. */
#include "support/suite.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/heartbeat.h"

static struct arena *arena;
static char folder[] = "/tmp/renown-heartbeat-XXXXXX";
static const char *database;

static void
setup(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(mkdtemp(folder));
	database = arena_printf(arena, "%s/renown.db", folder);
}

static void
teardown(void)
{
	(void)unlink(heartbeat_path(arena, database));
	ck_assert_int_eq(rmdir(folder), 0);
	arena_free(arena);
}

START_TEST(a_missing_heartbeat_file_is_stale)
{
	ck_assert(heartbeat_is_stale(arena, database, clock_now()));
}
END_TEST

START_TEST(a_heartbeat_is_stale_after_its_time)
{
	int fd = open(heartbeat_path(arena, database), O_RDWR | O_CREAT, 0640);
	const struct timespec long_ago[] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
	struct stat found;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(futimens(fd, long_ago), 0);
	ck_assert(heartbeat_is_stale(arena, database, clock_now()));
	heartbeat_beat(fd);
	ck_assert_int_eq(fstat(fd, &found), 0);
	ck_assert(!heartbeat_is_stale(arena, database, found.st_mtime));
	ck_assert(!heartbeat_is_stale(arena, database, found.st_mtime + HEARTBEAT_SECONDS - 1));
	ck_assert(heartbeat_is_stale(arena, database, found.st_mtime + HEARTBEAT_SECONDS));
	(void)close(fd);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("heartbeat");
	TCase *cases = tcase_create("heartbeat");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_missing_heartbeat_file_is_stale);
	tcase_add_test(cases, a_heartbeat_is_stale_after_its_time);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
