/* What the command line names is opened with the rights of whoever typed it. */
#include "caller.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "core/new_file.h"
#include "core/path_owner.h"
#include "core/str.h"

enum { KEEP = 100 /* besides enum import_open_kind */ };

struct caller {
	int folder;        /* whose files are read; -1: none */
	const char *path;  /* its path */
	struct new_file file; /* the new file */
	int input;         /* the file that is read; -1: none */
	int socket;        /* to the process that stayed behind; -1: there is none, this process has the caller's rights */
	pid_t other;
};

static struct caller *
need_caller(struct arena *arena, struct caller **caller)
{
	if (*caller == NULL) {
		*caller = arena_new_of(arena, struct caller);
		**caller = (struct caller){ .folder = -1, .file = { .folder = -1, .fd = -1 }, .input = -1, .socket = -1 };
	}
	return *caller;
}

/* --- opening ----------------------------------------------------------------------------- */

/* As path_open_folder(); -1 when it was said why. */
static int
open_folder(struct arena *arena, const char *word, int *ret_folder, const char **ret_path)
{
	const char *link;
	int number = path_open_folder(arena, word, ret_folder, ret_path, &link);

	if (number < 0)
		(void)fail("%s is a symbolic link that another user can change, so root does not follow it. Name the folder that it leads to.",
			link);
	return number;
}

int
caller_read_folder(struct arena *arena, const char *word, struct caller **caller)
{
	struct caller *own = need_caller(arena, caller);
	int number = open_folder(arena, word, &own->folder, &own->path);

	if (number == ENOTDIR)
		return fail("%s is not a folder; name the folder that holds it, and unpack an archive first.", word);
	if (number > 0)
		return fail("The folder %s cannot be read: %s.", word, strerror(number));
	return number == 0 ? DONE : FAILED;
}

int
caller_new_file(struct arena *arena, const char *word, struct caller **caller)
{
	struct caller *own = need_caller(arena, caller);
	const char *name = path_name(word), *path;
	int number, folder;

	if (*name == '\0' || str_equal(name, ".") || str_equal(name, ".."))
		return fail("%s is not a name for a new file.", word);
	number = open_folder(arena, path_folder(arena, word), &folder, &path);
	if (number < 0)
		return FAILED;
	if (number == 0)
		number = new_file_begin(arena, folder, name, &own->file);
	if (number == EEXIST)
		return fail("%s exists already; name a file that does not.", word);
	return number == 0 ? DONE : fail("%s cannot be written: %s.", word, strerror(number));
}

/* As open(2). Root does not follow a link, which may lead to a file that only root can read. -2 when it was said why. */
static int
open_input(struct arena *arena, const char *word)
{
	const char *path;
	int number, folder, fd;

	if (geteuid() != 0)
		return open(word, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	number = open_folder(arena, path_folder(arena, word), &folder, &path);
	errno = number;
	if (number != 0)
		return number < 0 ? -2 : -1;
	fd = path_open_below(folder, path_name(word), O_RDONLY);
	number = errno;
	(void)close(folder);
	errno = number;
	return fd;
}

int
caller_read_file(struct arena *arena, const char *word, struct caller **caller)
{
	struct caller *own = need_caller(arena, caller);
	struct stat found;

	own->input = open_input(arena, word);
	if (own->input == -2)
		return FAILED;
	if (own->input < 0 || fstat(own->input, &found) != 0)
		return fail("%s cannot be read: %s.", word, strerror(errno));
	return S_ISREG(found.st_mode) ? DONE : fail("%s is not a file.", word);
}

/* --- with the caller's rights ---------------------------------------------------------------- */

static int
open_here(const struct caller *caller, const char *path, int kind)
{
	int flags = kind == IMPORT_OPEN_FOLDER ? O_RDONLY | O_DIRECTORY : kind == IMPORT_OPEN_FILE ? O_RDONLY : O_PATH;

	if (caller->folder < 0) {
		errno = EBADF;
		return -1;
	}
	return path_open_below(caller->folder, path, flags);
}

static void
end_here(struct caller *caller)
{
	if (caller->folder >= 0)
		(void)close(caller->folder);
	caller->folder = -1;
	new_file_end(&caller->file);
	if (caller->input >= 0)
		(void)close(caller->input);
	caller->input = -1;
}

/* --- between the two processes ---------------------------------------------------------------- */

/* Both are this program: a message is a kind and a path, an answer an errno, and with 0 a descriptor unless it was KEEP. */
struct question {
	int kind;
	char path[PATH_MAX];
};

union passing {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

static void
answer(int socket, int number, int fd)
{
	union passing passing = { .bytes = "" };
	struct iovec words = { &number, sizeof(number) };
	struct msghdr message = { .msg_iov = &words, .msg_iovlen = 1 };

	if (fd >= 0) {
		message.msg_control = passing.bytes;
		message.msg_controllen = sizeof(passing.bytes);
		*CMSG_FIRSTHDR(&message) = (struct cmsghdr){ .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int)) };
		memcpy(CMSG_DATA(CMSG_FIRSTHDR(&message)), &fd, sizeof(fd));
	}
	(void)sendmsg(socket, &message, MSG_NOSIGNAL);
}

static int
ask(const struct caller *caller, int kind, const char *path, int *ret_fd)
{
	struct question question = { .kind = kind };
	size_t length = strlen(path);
	union passing passing;
	int number = EPIPE;
	struct iovec words = { &number, sizeof(number) };
	struct msghdr message = { .msg_iov = &words, .msg_iovlen = 1, .msg_control = passing.bytes, .msg_controllen = sizeof(passing.bytes) };
	ssize_t got;

	if (length >= sizeof(question.path))
		return ENAMETOOLONG;
	memcpy(question.path, path, length);
	if (send(caller->socket, &question, offsetof(struct question, path) + length + 1, MSG_NOSIGNAL) < 0)
		return errno;
	do {
		got = recvmsg(caller->socket, &message, MSG_CMSG_CLOEXEC);
	} while (got < 0 && errno == EINTR);
	if (got != (ssize_t)sizeof(number))
		return EPIPE;
	if (CMSG_FIRSTHDR(&message) != NULL && ret_fd != NULL)
		memcpy(ret_fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(*ret_fd));
	return number;
}

/* The process that stays behind: until the other one has ended, however it did. */
_Noreturn static void
serve(struct caller *caller, int socket)
{
	struct question question;
	ssize_t got;

	/* A key that ends the program on a terminal is sent to both; this one has to clean up after the other. */
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	(void)signal(SIGQUIT, SIG_IGN);
	while ((got = recv(socket, &question, sizeof(question), 0)) != 0) {
		int fd = -1, number = EINVAL;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			break;
		if ((size_t)got <= offsetof(struct question, path) || question.path[(size_t)got - offsetof(struct question, path) - 1] != '\0') {
			answer(socket, number, -1);
			continue;
		}
		if (question.kind == KEEP)
			number = new_file_keep(&caller->file);
		else if (question.kind >= IMPORT_OPEN_FOLDER && question.kind <= IMPORT_OPEN_LOOK) {
			fd = open_here(caller, question.path, question.kind);
			number = fd < 0 ? errno : 0;
		}
		answer(socket, number, fd);
		if (fd >= 0)
			(void)close(fd);
	}
	end_here(caller);
	_exit(0);
}

int
caller_keep_root(struct caller *caller)
{
	int sockets[2], number;

	/* A file that is open already can be read by any user. */
	if (caller == NULL || (caller->folder < 0 && caller->file.folder < 0))
		return 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0)
		return errno;
	(void)fflush(stdout);
	caller->other = fork();
	if (caller->other == 0) {
		(void)close(sockets[0]);
		serve(caller, sockets[1]);
	}
	number = errno;
	(void)close(sockets[1]);
	if (caller->other < 0) {
		(void)close(sockets[0]);
		return number;
	}
	caller->socket = sockets[0];
	/* From here on only the other process can use them. */
	if (caller->folder >= 0)
		(void)close(caller->folder);
	if (caller->file.folder >= 0)
		(void)close(caller->file.folder);
	caller->folder = caller->file.folder = -1;
	return 0;
}

void
caller_end(struct caller *caller)
{
	if (caller == NULL)
		return;
	if (caller->socket >= 0) {
		(void)close(caller->socket);
		caller->socket = -1;
		while (waitpid(caller->other, NULL, 0) < 0 && errno == EINTR)
			;
	}
	end_here(caller);
}

/* --- for commands ------------------------------------------------------------------------------- */

int
caller_open(void *context, const char *path, enum import_open_kind kind)
{
	const struct caller *caller = context;
	int fd = -1, number;

	if (caller->socket < 0)
		return open_here(caller, path, (int)kind);
	number = ask(caller, (int)kind, path, &fd);
	if (number == 0 && fd >= 0)
		return fd;
	if (fd >= 0)
		(void)close(fd);
	errno = number == 0 ? EPIPE : number;
	return -1;
}

const char *
caller_folder(const struct caller *caller)
{
	return caller->path;
}

int
caller_file(const struct caller *caller)
{
	return caller->file.fd;
}

int
caller_input(const struct caller *caller)
{
	return caller->input;
}

int
caller_keep(struct caller *caller)
{
	return caller->socket < 0 ? new_file_keep(&caller->file) : ask(caller, KEEP, "", NULL);
}
