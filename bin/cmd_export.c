/* renown export: everything that somebody wrote, as Markdown. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "export.h"

static int
export_command(struct context *context, int argc, char **argv)
{
	const char *problem = "";
	struct user user;
	char **words;
	int64_t posts;
	int fd, result = read_words(context, argc, argv, 2, 2, &words);
	enum status status;

	if (result == DONE)
		result = find_user(context, words[0], &user);
	if (result != DONE)
		return result;
	fd = open(words[1], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	if (fd < 0)
		return fail("%s cannot be written: %s.", words[1], strerror(errno));
	status = export_write(context->db, &context->conf, user.id, fd, &posts, &problem);
	if (status == OK && fsync(fd) != 0)
		status = FAULT;
	(void)close(fd);
	if (status != OK) {
		(void)unlink(words[1]);
		return fail("The export cannot be made: %s.", problem);
	}
	say("%s holds %lld posts of %s. `tar xf` unpacks it; `renown import markdown` reads it.\n", words[1], (long long)posts, user.name);
	return DONE;
}

const struct command export_commands[] = {
	{ "export", NULL, "EMAIL FILE", "Writes everything that somebody wrote into one .tar.gz of Markdown files.", export_command, NEEDS_STORE },
	{ 0 },
};
