#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#include "core/clock.h"

enum { BAR_CELLS = 30, TERMINAL_MICROS = 100 * 1000, PLAIN_MICROS = 5 * 1000 * 1000 };

void
progress_start(struct progress *progress, const char *what, int64_t total)
{
	int64_t now = clock_micros();

	*progress = (struct progress){ .what = what, .total = total, .started = now, .shown = now,
		.terminal = isatty(STDERR_FILENO) == 1 };
}

static void
draw(struct progress *progress, int64_t now)
{
	int64_t total = progress->total > progress->done ? progress->total : progress->done;
	int64_t elapsed = now - progress->started;
	int64_t rate = elapsed > 0 ? progress->done * 1000000 / elapsed : 0;
	int cells = total > 0 ? (int)(progress->done * BAR_CELLS / total) : 0;

	if (!progress->terminal) {
		(void)fprintf(stderr, "%s: %lld of %lld, %lld/s\n", progress->what, (long long)progress->done,
			(long long)total, (long long)rate);
		return;
	}
	(void)fprintf(stderr, "\r\033[K%s [", progress->what);
	for (int i = 0; i < BAR_CELLS; i++)
		(void)fputc(i < cells ? '#' : '.', stderr);
	(void)fprintf(stderr, "] %lld of %lld, %lld/s", (long long)progress->done, (long long)total, (long long)rate);
	(void)fflush(stderr);
}

void
progress_step(struct progress *progress, int64_t steps)
{
	int64_t now = clock_micros();

	progress->done += steps;
	if (now - progress->shown < (progress->terminal ? TERMINAL_MICROS : PLAIN_MICROS))
		return;
	progress->shown = now;
	draw(progress, now);
}

void
progress_pause(struct progress *progress)
{
	if (progress->terminal)
		(void)fputs("\r\033[K", stderr);
}

void
progress_end(struct progress *progress)
{
	progress_pause(progress);
}
