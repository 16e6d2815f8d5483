/*
 * The progress of a long command: a bar on a terminal, otherwise a line from time to time.
 * Everything goes to standard error, so that standard output contains only results.
 */
#ifndef BIN_RENOWN_PROGRESS_H
#define BIN_RENOWN_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* The state of a progress display. */
struct progress {
	const char *what;      /* "Importing" */
	int64_t total;         /* steps; 0 when unknown */
	int64_t done;
	int64_t started, shown; /* clock_micros() */
	bool terminal;
};

/*
 * Starts a display for total steps. progress_step() adds steps and redraws it at most every
 * 0.1 s on a terminal, otherwise every 5 s.
 */
void progress_start(struct progress *progress, const char *what, int64_t total);
void progress_step(struct progress *progress, int64_t steps);

/* Removes the bar so that a sentence can be printed. The next step draws it again. */
void progress_pause(struct progress *progress);

/* Removes the bar. */
void progress_end(struct progress *progress);

#endif
