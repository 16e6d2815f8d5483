/*
 * Runs an external program on untrusted input: without a shell, with only the given environment, without new
 * privileges, with nothing open but /dev/null, and with limits. The kernel kills it when this process ends.
 */
#ifndef CORE_SUBPROCESS_H
#define CORE_SUBPROCESS_H

#include "core/arena.h"
#include "core/status.h"

struct subprocess {
	const char *program;       /* absolute */
	const char *const *argv;   /* ended by NULL */
	const char *const *envp;   /* the whole environment, ended by NULL */
	const char *folder;        /* working directory */
	long seconds;              /* of CPU time; the elapsed time is limited to six times as much */
	long memory_mib;           /* of address space */
	long file_mib;             /* largest file that it may write */
};

/*
 * Waits until the program ends. OK: it exited with 0. INVALID: it failed, was killed or took too long. FAULT,
 * logged: it could not be started.
 */
enum status subprocess_run(const struct subprocess *child);

/*
 * The path of an installed program, in the arena; NULL when it is not installed. PATH is not used because it comes
 * from the environment.
 */
const char *subprocess_find(struct arena *arena, const char *name);

#endif
