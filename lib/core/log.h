/*
 * One line per event on standard error: "key=value" pairs, every value escaped,
 * so that nothing a stranger sends can start a second line or colour a
 * terminal. The web server or the supervisor keeps the lines.
 *
 *   2026-11-24T05:23:42Z blog error request=4f2a… event=store message="…"
 *
 * Secrets are never passed to this function.
 */
#ifndef CORE_LOG_H
#define CORE_LOG_H

#include <stdbool.h>

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* The program's name and the least important level that is written. */
void log_open(const char *program, enum log_level level);

/* Names the request that later lines belong to; NULL for none. Copied. */
void log_request(const char *id);

/* The id given to log_request(), or "". */
const char *log_request_id(void);

/* Writes one line. event is a short lower-case word; the format is free text. */
void log_line(enum log_level level, const char *event, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* True when that level is written. */
bool log_shows(enum log_level level);

#endif
