#include "core/subprocess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/log.h"

enum { FILES_MAX = 64, PATIENCE = 6, STEP_MILLISECONDS = 20, NOT_STARTED = 127 };

static bool
limit(int what, rlim_t most)
{
	struct rlimit limits = { most, most };

	return setrlimit(what, &limits) == 0;
}

/*
 * Runs between fork() and exec(), so it makes only system calls. posix_spawn() is not used because it cannot set
 * limits or drop privileges, and the limits of this process must not change.
 */
_Noreturn static void
become(const struct subprocess *child)
{
	sigset_t none;
	int null = open("/dev/null", O_RDWR);

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0 || close_range(3, ~0U, 0) != 0)
		_exit(NOT_STARTED);
	/* Without its own session the child could type into the terminal of the user who started this process (TIOCSTI). */
	if (setsid() < 0)
		_exit(NOT_STARTED);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || chdir(child->folder) != 0)
		_exit(NOT_STARTED);
	if (!limit(RLIMIT_CPU, (rlim_t)child->seconds) || !limit(RLIMIT_AS, (rlim_t)child->memory_mib << 20) ||
		!limit(RLIMIT_FSIZE, (rlim_t)child->file_mib << 20) || !limit(RLIMIT_NOFILE, FILES_MAX) || !limit(RLIMIT_CORE, 0))
		_exit(NOT_STARTED);
	(void)execve(child->program, (char *const *)child->argv, (char *const *)child->envp);
	_exit(NOT_STARTED);
}

/* Waits until the child has ended. Kills it when that takes too long. */
static enum status
wait_for(pid_t pid, const struct subprocess *child, int *ret_state)
{
	const struct timespec step = { .tv_nsec = STEP_MILLISECONDS * 1000000L };
	long steps = child->seconds * PATIENCE * 1000 / STEP_MILLISECONDS;

	for (;;) {
		pid_t ended = waitpid(pid, ret_state, WNOHANG);
		if (ended == pid)
			return OK;
		if (ended < 0 && errno != EINTR)
			return FAULT;
		if (steps-- == 0)
			(void)kill(pid, SIGKILL);
		(void)nanosleep(&step, NULL);
	}
}

enum status
subprocess_run(const struct subprocess *child)
{
	pid_t pid = fork();
	int state = 0;

	if (pid == 0)
		become(child);
	if (pid < 0 || wait_for(pid, child, &state) != OK) {
		log_line(LOG_ERROR, "subprocess", "%s: %s", child->program, strerror(errno));
		return FAULT;
	}
	if (WIFEXITED(state) && WEXITSTATUS(state) == NOT_STARTED) {
		log_line(LOG_ERROR, "subprocess", "%s could not be started", child->program);
		return FAULT;
	}
	return WIFEXITED(state) && WEXITSTATUS(state) == 0 ? OK : INVALID;
}

const char *
subprocess_find(struct arena *arena, const char *name)
{
	static const char *const folders[] = { "/usr/bin", "/usr/local/bin" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		const char *path = arena_printf(arena, "%s/%s", folders[i], name);
		if (access(path, X_OK) == 0)
			return path;
	}
	return NULL;
}
