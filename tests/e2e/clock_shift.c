/*
 * Preloaded into nginx and the programs of a site by tests/e2e/cache-faults.test.mjs: shifts the clock of the time of day by the number of
 * seconds in the file that $RENOWN_TEST_CLOCK names.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static char path[4096];

/* At once, because nginx removes its environment. */
__attribute__((constructor)) static void
remember(void)
{
	const char *value = getenv("RENOWN_TEST_CLOCK");

	if (value != NULL && strlen(value) < sizeof(path))
		strcpy(path, value);
}

static time_t
shift(void)
{
	int file = path[0] == '\0' ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	char text[32] = "";

	if (file < 0)
		return 0;
	if (read(file, text, sizeof(text) - 1) < 0)
		text[0] = '\0';
	(void)close(file);
	return (time_t)strtoll(text, NULL, 10);
}

int
clock_gettime(clockid_t clock, struct timespec *ret_time)
{
	int result = (int)syscall(SYS_clock_gettime, clock, ret_time);

	if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
		ret_time->tv_sec += shift();
	return result;
}

int
gettimeofday(struct timeval *restrict ret_time, void *restrict zone)
{
	struct timespec now;

	(void)zone;
	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		return -1;
	ret_time->tv_sec = now.tv_sec;
	ret_time->tv_usec = (suseconds_t)(now.tv_nsec / 1000);
	return 0;
}

time_t
time(time_t *ret_time)
{
	struct timespec now;

	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		return -1;
	if (ret_time != NULL)
		*ret_time = now.tv_sec;
	return now.tv_sec;
}
