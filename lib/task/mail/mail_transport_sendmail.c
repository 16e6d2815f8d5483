/* Sends email through a program that reads it from standard input, as sendmail(8) does. */
#include "task/mail/mail_transport.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/*
 * Puts the whole message in a memory file. With a pipe, if this process died in the middle, the program would take it
 * for the end of the email and send half of it.
 */
static int
message_file(const struct mail_message *message)
{
	int file = memfd_create("mail", MFD_CLOEXEC);
	size_t done = 0;

	while (file >= 0 && done < message->length) {
		ssize_t wrote = write(file, message->bytes + done, message->length - done);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0) {
			(void)close(file);
			return -1;
		}
		done += (size_t)wrote;
	}
	if (file >= 0)
		(void)lseek(file, 0, SEEK_SET);
	return file;
}

/*
 * Starts the program with the file as its standard input, without our other descriptors, and with unblocked signals. It
 * gets a session of its own, so that it cannot type into the caller's terminal (TIOCSTI). Returns 0 or an errno.
 */
static int
start(const struct mail_delivery *delivery, int input, pid_t *ret_pid)
{
	const char *words[] = { delivery->conf->mail, "-i", "-f", delivery->conf->mail_from, "--", delivery->to, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, defaults;
	int code;

	(void)sigemptyset(&none);
	(void)sigemptyset(&defaults);
	(void)sigaddset(&defaults, SIGPIPE);
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawnattr_init(&attributes);
	(void)posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	(void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	(void)posix_spawnattr_setsigmask(&attributes, &none);
	(void)posix_spawnattr_setsigdefault(&attributes, &defaults);
	(void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
	code = posix_spawn(ret_pid, words[0], &actions, &attributes, (char *const *)(uintptr_t)words, environ);
	(void)posix_spawnattr_destroy(&attributes);
	(void)posix_spawn_file_actions_destroy(&actions);
	return code;
}

/* Waits for the program; *ret_status is that of waitpid(). False when it exceeded the time limit and was killed. */
static bool
wait_for(pid_t pid, int *ret_status)
{
	const struct timespec pause = { .tv_nsec = 20 * 1000 * 1000 };

	for (int i = 0; i < TRANSPORT_SECONDS * 50; i++) {
		if (waitpid(pid, ret_status, WNOHANG) == pid)
			return true;
		(void)nanosleep(&pause, NULL);
	}
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, ret_status, 0);
	return false;
}

/* True for an exit status of sysexits.h which means that this email will never be accepted. */
static bool
is_refusal(int code)
{
	return code == EX_DATAERR || code == EX_NOUSER || code == EX_NOHOST || code == EX_NOPERM;
}

enum mail_outcome
mail_transport_sendmail(struct arena *arena, const struct mail_delivery *delivery, const char **ret_problem)
{
	const char *program = delivery->conf->mail;
	int input = message_file(&delivery->message), code, status = 0;
	pid_t pid;

	*ret_problem = "Out of memory, or the database cannot be written.";
	if (input < 0)
		return LATER;
	/* The program has the whole email as soon as it runs, even if this process ends. */
	if (delivery->mark_sending(delivery->context) != OK) {
		(void)close(input);
		return LATER;
	}
	code = start(delivery, input, &pid);
	(void)close(input);
	if (code != 0) {
		*ret_problem = arena_printf(arena, "%s cannot be started: %s", program, strerror(code));
		return LATER;
	}
	if (!wait_for(pid, &status)) {
		*ret_problem = arena_printf(arena, "%s did not end within %d seconds; the mail may have gone out, and is not sent twice.", program,
			TRANSPORT_SECONDS);
		return UNKNOWN;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return SENT;
	*ret_problem = WIFEXITED(status) ? arena_printf(arena, "%s ended with status %d.", program, WEXITSTATUS(status))
		: arena_printf(arena, "%s was ended by signal %d; the mail may have gone out, and is not sent twice.", program, WTERMSIG(status));
	return !WIFEXITED(status) ? UNKNOWN : is_refusal(WEXITSTATUS(status)) ? NEVER : LATER;
}
