/* Browsers by a name that people know. */
#ifndef CGI_BIN_SHARED_USER_AGENT_H
#define CGI_BIN_SHARED_USER_AGENT_H

#include "core/arena.h"

/* "Firefox, Linux", from what a browser calls itself; more than that nobody can tell their browsers apart by. */
const char *user_agent_name(struct arena *arena, const char *agent);

#endif
