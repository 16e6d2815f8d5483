#include "core/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <utf8proc.h>

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

/*
 * The id comes from the web server, which may pass on what a client sent. So only letters, digits, '-' and '_'
 * stay.
 */
void
log_request(const char *id)
{
	size_t used = 0;

	for (; id != NULL && *id != '\0' && used + 1 < sizeof(state.request); id++) {
		bool plain = (*id >= '0' && *id <= '9') || (*id >= 'A' && *id <= 'Z') || (*id >= 'a' && *id <= 'z') ||
			*id == '-' || *id == '_';
		state.request[used++] = plain ? *id : '?';
	}
	state.request[used] = '\0';
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

/*
 * The bytes of a character that may appear in a log line unchanged; 0 when it must be escaped: invalid UTF-8,
 * control characters of both ranges (U+009B acts like ESC [), line separators, and characters that change the
 * direction of text.
 */
static size_t
plain_bytes(const unsigned char *text)
{
	utf8proc_int32_t code_point;
	utf8proc_ssize_t length = utf8proc_iterate(text, -1, &code_point);

	if (length <= 0)
		return 0;
	switch ((int)utf8proc_category(code_point)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return 0;
	default:
		return (size_t)length;
	}
}

/* Copies text into line. Escapes quotes, backslashes and everything that plain_bytes() does not accept. */
static size_t
escape(char *line, size_t room, const char *text)
{
	size_t used = 0, length;

	for (const unsigned char *c = (const unsigned char *)text; *c != '\0' && used + 5 < room; c += length) {
		length = plain_bytes(c);
		if (length == 0) {
			used += (size_t)snprintf(line + used, room - used, "\\x%02x", *c);
			length = 1;
			continue;
		}
		if (*c == '"' || *c == '\\')
			line[used++] = '\\';
		memcpy(line + used, c, length);
		used += length;
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
	used = (size_t)snprintf(line, 200, "%s %.30s %s request=%s event=%.30s message=\"", when,
		state.program, level_names[level], state.request[0] ? state.request : "-", event);
	used += escape(line + used, sizeof(line) - used - 3, message);
	line[used++] = '"';
	line[used++] = '\n';
	/* One write(), so that lines of several workers never mix. If stderr is closed, the request goes on. */
	if (write(STDERR_FILENO, line, used) < 0)
		return;
}
