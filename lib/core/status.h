/*
 * Error handling: a function that can fail returns a status, and sets its out-parameters only when it returns OK. A
 * missing row is a result (NOT_FOUND). A fault is logged once, where it happened, and passed up unchanged. One
 * table in http/response.c maps each status to its HTTP status code and the text for readers.
 */
#ifndef CORE_STATUS_H
#define CORE_STATUS_H

enum [[nodiscard]] status {
	OK = 0,
	NOT_MODIFIED,   /* the reader's copy is current */
	MOVED,          /* permanently at another address */
	SEE_OTHER,      /* continue there, with GET */
	BAD_REQUEST,    /* the request cannot be understood */
	FORBIDDEN,      /* understood, but not allowed */
	NOT_FOUND,      /* does not exist, or this viewer may not know of it */
	WRONG_METHOD,   /* the address exists, the method does not */
	CONFLICT,       /* somebody else changed it, or the name is taken */
	TOO_LARGE,      /* more than the declared limit */
	INVALID,        /* a field has an unacceptable value */
	TOO_MANY,       /* too many requests */
	FAULT,          /* an error of this program; logged */
	BUSY,           /* another process locks the database for too long */
	BROKEN,         /* the database is missing, damaged or of another schema */
	READ_ONLY,      /* the database cannot be written */
	FULL,           /* no space left */
	STATUS_COUNT
};

/* The name of a status for logs, such as "not_found". A constant string. */
const char *status_name(enum status status);

/*
 * The status for an errno after writing a file failed: FULL; READ_ONLY, also for an immutable file (EPERM, see
 * chattr(1)); else FAULT.
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
