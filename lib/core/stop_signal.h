/*
 * Lets a background process end cleanly. SIGTERM and SIGINT are blocked while it works, so that nothing is
 * interrupted. Long work asks stop_signal_pending() from time to time, and a pause between two rounds ends at once.
 */
#ifndef CORE_STOP_SIGNAL_H
#define CORE_STOP_SIGNAL_H

#include <stdbool.h>
#include <time.h>

/* Blocks both signals in this process. Child processes must unblock them (posix_spawnattr_setsigmask()). */
void stop_signal_block(void);

/* Whether one of the signals is pending. Then finish what must not be left half done, and return. */
bool stop_signal_pending(void);

/* Waits for that many seconds. True when a signal arrived; it is then consumed. */
bool stop_signal_wait(time_t seconds);

#endif
