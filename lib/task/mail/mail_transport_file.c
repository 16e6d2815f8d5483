/*
 * Writes each email to a file that is named by its Message-ID, so that a repeated
 * attempt has no effect.
 */
#include "task/mail/mail_transport.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0600, FOLDER_MODE = 0700 }; /* an email may contain a sign-in link */

static bool
write_all(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t wrote = write(file, bytes, length);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		bytes += wrote;
		length -= (size_t)wrote;
	}
	return true;
}

/*
 * Writes to a temporary file first, so that neither a reader of the folder nor a power failure ever
 * leaves half a file.
 */
static bool
write_file(int folder, const char *draft, const char *name, const struct mail_message *message)
{
	int file = openat(folder, draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
	bool written;

	if (file < 0)
		return false;
	written = write_all(file, message->bytes, message->length) && fsync(file) == 0;
	written = close(file) == 0 && written;
	return written && renameat(folder, draft, folder, name) == 0 && fsync(folder) == 0;
}

enum mail_outcome
mail_transport_file(struct arena *arena, const struct mail_delivery *delivery, const char **ret_problem)
{
	const char *path = delivery->conf->mail, *name = arena_printf(arena, "%s.eml", delivery->message.id);
	int folder;
	bool written;

	(void)mkdir(path, FOLDER_MODE);
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	written = folder >= 0 && write_file(folder, arena_printf(arena, ".%s", name), name, &delivery->message);
	if (!written)
		*ret_problem = arena_printf(arena, "%s cannot be written: %s", path, strerror(errno));
	if (folder >= 0)
		(void)close(folder);
	return written ? SENT : LATER;
}
