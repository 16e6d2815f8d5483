/*
 * Another program that reads what strangers sent: without a shell, with an empty environment, no new privileges, nothing open but
 * /dev/null, and limits. It dies with us.
 */
#ifndef CORE_SUBPROCESS_H
#define CORE_SUBPROCESS_H

#include "core/arena.h"
#include "core/status.h"

struct subprocess {
	const char *program;       /* absolute */
	const char *const *argv;   /* ended by NULL */
	const char *const *envp;   /* all of its environment, ended by NULL */
	const char *folder;        /* where it starts */
	long seconds;              /* of processor time; of waiting at most six times as long */
	long memory_mib;           /* of addresses */
	long file_mib;             /* of one file that it writes */
};

/* OK when it ended with 0; INVALID when it failed, was killed or took too long; FAULT when it could not be started. */
enum status subprocess_run(const struct subprocess *child);

/* Where a program of that name is installed; NULL when it is not. No PATH is looked at: it is the environment's. */
const char *subprocess_find(struct arena *arena, const char *name);

#endif
