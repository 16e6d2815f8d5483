/* The names of browsers. */
#ifndef CGI_BIN_SHARED_USER_AGENT_H
#define CGI_BIN_SHARED_USER_AGENT_H

#include "core/arena.h"

/* "Firefox, Linux", from a User-Agent header, in the arena. A translated text for an unknown browser. */
const char *user_agent_name(struct arena *arena, const char *agent);

#endif
