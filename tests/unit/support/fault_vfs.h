/*
 * A disk that fails on demand: a SQLite VFS on top of the system's own one. It
 * refuses the n-th call of some kinds, once or from then on. A refused write
 * leaves half of its bytes behind, as a real one can. Syncing does nothing,
 * because no test here has a power failure.
 *
 *     fault_install();
 *     for (int n = 1; ; n++) {
 *         fault_set(&(struct fault){ .calls = FAULT_WRITE, .nth = n, .code = SQLITE_FULL });
 *         ... do something; look at its status ...
 *         if (!fault_clear())
 *             break; (it took fewer than n calls)
 *     }
 */
#ifndef TESTS_FAULT_VFS_H
#define TESTS_FAULT_VFS_H

#include <stdbool.h>

enum fault_call {
	FAULT_OPEN = 1,
	FAULT_READ = 2,
	FAULT_WRITE = 4,
	FAULT_SYNC = 8,
	FAULT_TRUNCATE = 16,
	FAULT_SHARED = 32, /* the shared memory of the log: mapping more of it */
	FAULT_LOCK = 64,   /* file locks and the locks of the log */
	FAULT_DELETE = 128,
};

struct fault {
	unsigned calls; /* enum fault_call, several or-ed together */
	int nth;        /* counted from 1 over all of these calls since fault_set() */
	int code;       /* the error code for SQLite, such as SQLITE_FULL or SQLITE_IOERR_WRITE */
	int error;      /* errno after such a failed write */
	bool sticky;    /* every later call of these kinds fails as well */
};

/* Every connection that is opened after this uses the failing disk. Call it once per process. */
void fault_install(void);

/* Starts the faults. */
void fault_set(const struct fault *fault);

/* Ends the faults. Returns true when at least one happened since fault_set(). */
bool fault_clear(void);

#endif
