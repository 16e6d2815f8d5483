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
#include "core/path_owner.h"
#include "core/str.h"
#include "core/token.h"

enum { FILE_MODE = 0600, KEEP = 100 /* besides enum import_open_kind */ };

struct caller {
	int folder;        /* whose files are read; -1: none */
	const char *path;  /* its path */
	int place;         /* the folder of the new file; -1: none */
	int file;          /* the new file */
	const char *name;  /* its name, once it is kept */
	const char *draft; /* its name until then; NULL: it has none */
	bool kept;
	int socket;        /* to the process that stayed behind; -1: there is none, this process has the caller's rights */
	pid_t other;
};

static struct caller *
need_caller(struct arena *arena, struct caller **caller)
{
	if (*caller == NULL) {
		*caller = arena_new_of(arena, struct caller);
		**caller = (struct caller){ .folder = -1, .place = -1, .file = -1, .socket = -1 };
	}
	return *caller;
}

/* --- opening ----------------------------------------------------------------------------- */

/*
 * O_PATH of a folder that was named. For others than root the kernel decides; root must not be led by somebody else's link.
 * 0, an errno, or -1 when it was said.
 */
static int
open_folder(struct arena *arena, const char *word, int *ret_folder, const char **ret_path)
{
	struct path_owner found;
	int number = path_owner_find(arena, word, &found);

	if (number == 0 && found.missing)
		number = ENOENT;
	if (number == 0 && !S_ISDIR(found.found.st_mode))
		number = ENOTDIR;
	if (number != 0)
		return number;
	if (geteuid() == 0 && found.links != PATH_ROOT) {
		(void)fail("%s is a symbolic link that another user can change, so root does not follow it. Name the folder that it leads to.",
			found.link);
		return -1;
	}
	*ret_folder = fcntl(found.fd, F_DUPFD_CLOEXEC, 3);
	*ret_path = found.path;
	return *ret_folder < 0 ? errno : 0;
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

/*
 * A file without a name: nobody can put another in its place, and nothing is left of it when this process is killed. Where the
 * file system has none, or /proc is missing through which it gets its name, a name that nobody can guess.
 */
static int
make_file(struct arena *arena, struct caller *caller)
{
	const char *own;

	caller->file = openat(caller->place, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, FILE_MODE);
	if (caller->file >= 0) {
		own = arena_printf(arena, "/proc/self/fd/%d", caller->file);
		if (access(own, F_OK) == 0)
			return 0;
		(void)close(caller->file);
	}
	caller->draft = arena_printf(arena, "%.200s.unfinished-%s", caller->name, token_short(arena));
	caller->file = openat(caller->place, caller->draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
	return caller->file >= 0 ? 0 : errno;
}

int
caller_new_file(struct arena *arena, const char *word, struct caller **caller)
{
	struct caller *own = need_caller(arena, caller);
	const char *path;
	struct stat found;
	int number;

	own->name = path_name(word);
	if (*own->name == '\0' || str_equal(own->name, ".") || str_equal(own->name, ".."))
		return fail("%s is not a name for a new file.", word);
	number = open_folder(arena, path_folder(arena, word), &own->place, &path);
	if (number < 0)
		return FAILED;
	if (number == 0 && fstatat(own->place, own->name, &found, AT_SYMLINK_NOFOLLOW) == 0)
		return fail("%s exists already; name a file that does not.", word);
	if (number == 0)
		number = make_file(arena, own);
	return number == 0 ? DONE : fail("%s cannot be written: %s.", word, strerror(number));
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

/* link() never replaces a file. A file without a name gets one through its descriptor: it is the one that was written. */
static int
link_file(const struct caller *caller)
{
	char own[32];
	int length;

	if (caller->draft != NULL)
		return linkat(caller->place, caller->draft, caller->place, caller->name, 0);
	length = snprintf(own, sizeof(own), "/proc/self/fd/%d", caller->file);
	return length < (int)sizeof(own) ? linkat(AT_FDCWD, own, caller->place, caller->name, AT_SYMLINK_FOLLOW) : -1;
}

/* Whoever may write in the folder can have exchanged a draft that has a name. */
static bool
is_our_file(const struct caller *caller)
{
	struct stat ours, named;

	return fstat(caller->file, &ours) == 0 && fstatat(caller->place, caller->name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
		ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

static int
keep_here(struct caller *caller)
{
	int folder, number = 0;

	if (caller->place < 0 || caller->kept)
		return EBADF;
	if (link_file(caller) != 0)
		return errno;
	if (!is_our_file(caller))
		return EEXIST;
	caller->kept = true;
	folder = openat(caller->place, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0 || fsync(folder) != 0)
		number = errno;
	if (folder >= 0)
		(void)close(folder);
	return number;
}

static void
end_here(struct caller *caller)
{
	int *const files[] = { &caller->folder, &caller->place, &caller->file };

	if (caller->draft != NULL && caller->place >= 0 && caller->file >= 0)
		(void)unlinkat(caller->place, caller->draft, 0);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		if (*files[i] >= 0)
			(void)close(*files[i]);
		*files[i] = -1;
	}
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
			number = keep_here(caller);
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
caller_stay(struct caller *caller)
{
	int sockets[2], number;

	if (caller == NULL)
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
	if (caller->place >= 0)
		(void)close(caller->place);
	caller->folder = caller->place = -1;
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
	return caller->file;
}

int
caller_keep(struct caller *caller)
{
	return caller->socket < 0 ? keep_here(caller) : ask(caller, KEEP, "", NULL);
}
