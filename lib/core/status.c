#include "core/status.h"

#include <errno.h>

static const char *const names[STATUS_COUNT] = {
	[OK] = "ok",
	[NOT_MODIFIED] = "not_modified",
	[MOVED] = "moved",
	[SEE_OTHER] = "see_other",
	[BAD_REQUEST] = "bad_request",
	[FORBIDDEN] = "forbidden",
	[NOT_FOUND] = "not_found",
	[WRONG_METHOD] = "wrong_method",
	[CONFLICT] = "conflict",
	[TOO_LARGE] = "too_large",
	[INVALID] = "invalid",
	[TOO_MANY] = "too_many",
	[FAULT] = "fault",
	[BUSY] = "busy",
	[BROKEN] = "broken",
	[READ_ONLY] = "read_only",
	[FULL] = "full",
};

const char *
status_name(enum status status)
{
	return (unsigned)status < STATUS_COUNT ? names[status] : "unknown";
}

enum status
status_of_errno(int number)
{
	switch (number) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return FULL;
	case EROFS:
	case EPERM:
		return READ_ONLY;
	default:
		return FAULT;
	}
}
