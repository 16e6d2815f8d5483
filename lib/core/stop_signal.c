#include "core/stop_signal.h"

#include <signal.h>

static sigset_t
ending(void)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	return set;
}

void
stop_signal_block(void)
{
	sigset_t set = ending();

	(void)sigprocmask(SIG_BLOCK, &set, NULL);
}

bool
stop_signal_pending(void)
{
	sigset_t pending;

	return sigpending(&pending) == 0 && (sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1);
}

bool
stop_signal_wait(time_t seconds)
{
	const struct timespec patience = { .tv_sec = seconds };
	sigset_t set = ending();

	return sigtimedwait(&set, NULL, &patience) > 0;
}
