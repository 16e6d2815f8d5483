/*
 * One error idea for the whole house.
 *
 * A function that can fail returns a status and writes its out-parameters only
 * when it returns OK. A missing row is an answer (NOT_FOUND); a fault is logged
 * once, where it happened, and travels up unchanged. The HTTP number and the
 * words that a reader sees for each status stand in one table, http/response.c.
 */
#ifndef CORE_STATUS_H
#define CORE_STATUS_H

enum [[nodiscard]] status {
	OK = 0,
	NOT_MODIFIED,   /* the reader's copy is current */
	MOVED,          /* lives at another address, for good */
	SEE_OTHER,      /* go there next, with GET */
	BAD_REQUEST,    /* the request cannot be understood */
	FORBIDDEN,      /* understood, and not allowed */
	NOT_FOUND,      /* no such thing, or none that this viewer may know of */
	WRONG_METHOD,   /* the address exists, the method does not */
	CONFLICT,       /* someone else changed it, or the name is taken */
	TOO_LARGE,      /* more than the declared limit */
	INVALID,        /* a field has a value that it may not have */
	TOO_MANY,       /* asked too often */
	FAULT,          /* our mistake; logged */
	BUSY,           /* the store is locked by another for too long */
	BROKEN,         /* the store is missing, damaged or of another schema */
	READ_ONLY,      /* the store cannot be written */
	FULL,           /* no space left */
	STATUS_COUNT
};

/* The name of a status as it stands in logs, such as "not_found". Static. */
const char *status_name(enum status status);

/*
 * The status for errno after a file could not be written: FULL; READ_ONLY, also for a file that is immutable (EPERM, see chattr(1));
 * FAULT for all else.
 */
enum status status_of_errno(int number);

/* Returns from the calling function unless the call is OK. */
#define TRY(call) \
	do { \
		enum status try_status_ = (call); \
		if (try_status_ != OK) \
			return try_status_; \
	} while (0)

#endif
