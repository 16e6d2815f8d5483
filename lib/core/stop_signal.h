/*
 * Whether a process that works in the background was told to end. SIGTERM and SIGINT are blocked while it works, so that nothing is
 * interrupted; what takes long asks here now and then, and a pause between two rounds ends at once.
 */
#ifndef CORE_STOP_SIGNAL_H
#define CORE_STOP_SIGNAL_H

#include <stdbool.h>
#include <time.h>

/* Blocks both signals in this process. A child program is to have them again (posix_spawnattr_setsigmask). */
void stop_signal_block(void);

/* Whether one of them is pending: finish what cannot be left, and return. */
bool stop_signal_pending(void);

/* Sleeps; true when a signal came meanwhile, which is then used up. */
bool stop_signal_wait(time_t seconds);

#endif
