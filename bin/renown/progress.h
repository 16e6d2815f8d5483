/*
 * How far a long command has come: a bar on a terminal, otherwise a plain line now and then.
 * All of it goes to standard error, so that standard output stays for results.
 */
#ifndef BIN_RENOWN_PROGRESS_H
#define BIN_RENOWN_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *what;      /* "Importing" */
	int64_t total;         /* steps; 0 when unknown */
	int64_t done;
	int64_t started, shown; /* clock_micros() */
	bool terminal;
};

void progress_start(struct progress *progress, const char *what, int64_t total);
void progress_step(struct progress *progress, int64_t steps);

/* Clears the bar, so that a sentence can be printed; the next step draws it again. */
void progress_pause(struct progress *progress);

/* Clears the bar for good. */
void progress_end(struct progress *progress);

#endif
