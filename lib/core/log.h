/*
 * Writes one line per event to standard error, as "key=value" pairs with an
 * escaped message, so that nothing from outside can start a second line or
 * change a terminal's colours. The web server or the supervisor stores the
 * lines.
 *
 *   2026-11-24T05:23:42Z blog error request=4f2a… event=store message="…"
 *
 * Never pass secrets to this function.
 */
#ifndef CORE_LOG_H
#define CORE_LOG_H

#include <stdbool.h>

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Sets the program name (not copied) and the least important level to write. */
void log_open(const char *program, enum log_level level);

/*
 * Sets the id of the request that later lines belong to; NULL for none. Copied,
 * at most 39 bytes.
 */
void log_request(const char *id);

/* The id given to log_request(), or "". */
const char *log_request_id(void);

/* Writes one line. event: a short lower-case word. The message is free text. */
void log_line(enum log_level level, const char *event, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Whether lines of that level are written. */
bool log_shows(enum log_level level);

#endif
