#include "core/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct {
	const char *program;
	enum log_level level;
	char request[40];
} state = { .program = "renown", .level = LOG_INFO };

static const char *const level_names[] = { "error", "warning", "info", "debug" };

void
log_open(const char *program, enum log_level level)
{
	state.program = program;
	state.level = level;
}

void
log_request(const char *id)
{
	(void)snprintf(state.request, sizeof(state.request), "%s", id == NULL ? "" : id);
}

const char *
log_request_id(void)
{
	return state.request;
}

bool
log_shows(enum log_level level)
{
	return level <= state.level;
}

/* Copies text into line with control bytes, quotes and backslashes escaped. */
static size_t
escape(char *line, size_t room, const char *text)
{
	size_t used = 0;

	for (const unsigned char *c = (const unsigned char *)text; *c != '\0' && used + 5 < room; c++) {
		if (*c == '"' || *c == '\\') {
			line[used++] = '\\';
			line[used++] = (char)*c;
		} else if (*c < 0x20 || *c == 0x7f) {
			used += (size_t)snprintf(line + used, room - used, "\\x%02x", *c);
		} else {
			line[used++] = (char)*c;
		}
	}
	return used;
}

void
log_line(enum log_level level, const char *event, const char *format, ...)
{
	char message[1024], line[2200], when[32];
	struct tm tm;
	time_t now = time(NULL);
	va_list arguments;
	size_t used;

	if (!log_shows(level))
		return;
	va_start(arguments, format);
	(void)vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	gmtime_r(&now, &tm);
	(void)strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
	used = (size_t)snprintf(line, 160, "%s %s %s request=%s event=%s message=\"", when,
		state.program, level_names[level], state.request[0] ? state.request : "-", event);
	if (used > 159)
		used = 159;
	used += escape(line + used, sizeof(line) - used - 3, message);
	line[used++] = '"';
	line[used++] = '\n';
	/* One write, so that lines of several workers never mix; a closed fd is no fault of the request. */
	if (write(STDERR_FILENO, line, used) < 0)
		return;
}
