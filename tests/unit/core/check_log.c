/* One event is one line: no input can start a second line or send control codes to a terminal. */
#include "support/suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"

static char path[64], written[8192];
static int kept;

/* Standard error goes to a file until captured() has read it. */
static void
capture(void)
{
	int file;

	(void)snprintf(path, sizeof(path), "/tmp/log-XXXXXX");
	file = mkstemp(path);
	ck_assert_int_ge(file, 0);
	kept = dup(STDERR_FILENO);
	ck_assert_int_ge(dup2(file, STDERR_FILENO), 0);
	(void)close(file);
}

static const char *
captured(void)
{
	int file = open(path, O_RDONLY);
	ssize_t length;

	ck_assert_int_ge(dup2(kept, STDERR_FILENO), 0);
	(void)close(kept);
	length = read(file, written, sizeof(written) - 1);
	ck_assert_int_ge(length, 0);
	written[length] = '\0';
	(void)close(file);
	(void)unlink(path);
	return written;
}

/* One line of printable bytes, without C0 or C1 control codes. */
static void
assert_one_line(const char *line)
{
	size_t length = strlen(line);

	ck_assert_uint_gt(length, 1);
	ck_assert_ptr_eq(strchr(line, '\n'), line + length - 1);
	for (size_t i = 0; i + 1 < length; i++) {
		unsigned char c = (unsigned char)line[i], next = (unsigned char)line[i + 1];
		ck_assert_msg(c >= 0x20 && c != 0x7f, "byte %02x", c);
		/* U+0080 to U+009F: some terminals interpret them like ESC. */
		ck_assert_msg(!(c == 0xc2 && next < 0xa0), "a C1 control");
	}
}

START_TEST(an_event_is_one_line_of_fields)
{
	const char *line;

	log_open("blog", LOG_INFO);
	log_request("4f2a");
	ck_assert_str_eq(log_request_id(), "4f2a");
	capture();
	log_line(LOG_ERROR, "store", "no space left for %d", 7);
	line = captured();
	assert_one_line(line);
	ck_assert_ptr_nonnull(strstr(line, " blog error request=4f2a event=store message=\"no space left for 7\"\n"));
	ck_assert_int_eq(line[10], 'T');
	ck_assert_int_eq(line[19], 'Z');
}
END_TEST

START_TEST(events_below_the_level_are_not_written)
{
	log_open("blog", LOG_WARNING);
	log_request(NULL);
	ck_assert_str_eq(log_request_id(), "");
	capture();
	log_line(LOG_INFO, "a", "not written");
	log_line(LOG_DEBUG, "a", "not written");
	log_line(LOG_WARNING, "a", "written");
	ck_assert_ptr_nonnull(strstr(captured(), " blog warning request=- event=a message=\"written\"\n"));
	ck_assert_ptr_eq(strchr(written, '\n'), written + strlen(written) - 1);
	ck_assert(log_shows(LOG_ERROR) && log_shows(LOG_WARNING) && !log_shows(LOG_INFO));
}
END_TEST

static const char *const hostile[] = {
	"a\nb", "a\r\nb", "a\x1b[31mred", "\b\b\b", "\x7f", "say \"x\" event=login", "back\\slash", "\\\"",
	"\xc2\x85next line", "\xc2\x9b" "31mred", "\x9b" "31mred", "caf\xe9", "\xff\xfe", "\xe2\x80\xa8line",
	"\xf0\x9f\x98", "\xed\xa0\x80", "\xc0\x8a", "%s%n", "\t",
};

START_TEST(hostile_text_stays_in_its_line)
{
	const char *line, *message;

	log_open("blog", LOG_INFO);
	log_request("1");
	capture();
	log_line(LOG_INFO, "x", "%s", hostile[_i]);
	line = captured();
	assert_one_line(line);
	/* Bytes that are not UTF-8 are written as escapes, so that other programs can read the log. */
	for (const unsigned char *c = (const unsigned char *)line; *c != '\0'; c++)
		ck_assert_msg(*c != 0xff && *c != 0xc0 && *c != 0xed, "%s", line);
	/* Every quote within the message is escaped: the value ends where it seems to. */
	message = strstr(line, "message=\"") + strlen("message=\"");
	for (; *message != '"'; message++)
		if (*message == '\\')
			message++;
	ck_assert_str_eq(message, "\"\n");
}
END_TEST

START_TEST(well_formed_text_is_not_escaped)
{
	capture();
	log_line(LOG_ERROR, "x", "%s", "\xe4\xb8\xad\xe6\x96\x87 caf\xc3\xa9 \xf0\x9f\x98\x80");
	ck_assert_ptr_nonnull(strstr(captured(), "message=\"\xe4\xb8\xad\xe6\x96\x87 caf\xc3\xa9 \xf0\x9f\x98\x80\"\n"));
}
END_TEST

/* The web server sets the id, but it may pass on the client's own header, so it is not trusted. */
START_TEST(a_request_id_cannot_add_a_field_or_a_line)
{
	log_open("blog", LOG_INFO);
	log_request("1\nforged event=login \"\x1b[31m");
	capture();
	log_line(LOG_INFO, "x", "y");
	assert_one_line(captured());
	ck_assert_ptr_null(strstr(written, "forged event"));
	ck_assert_ptr_null(strchr(log_request_id(), '\n'));
}
END_TEST

START_TEST(long_lines_are_cut_between_characters)
{
	static char text[20000], id[500];

	memset(text, '\x01', sizeof(text) - 1);
	memset(id, 'i', sizeof(id) - 1);
	log_open("blog", LOG_INFO);
	log_request(id);
	capture();
	log_line(LOG_INFO, "an-event-with-a-name-that-is-much-longer-than-any-that-we-have-and-longer-still-than-the-room-"
		"that-the-head-of-a-line-has-because-somebody-forgot-that-events-are-short-words", "%s", text);
	assert_one_line(captured());
	ck_assert_uint_lt(strlen(written), 2300);
	memset(text, 'x', sizeof(text) - 1);
	/* The cut falls into the middle of a character. */
	memcpy(text + 1022, "\xe4\xb8\xad", 3);
	capture();
	log_line(LOG_INFO, "x", "%s", text);
	assert_one_line(captured());
	ck_assert_ptr_null(strchr(written, '\xe4'));
}
END_TEST

/* Without a supervisor the log is lost, but requests are still answered. */
START_TEST(a_closed_standard_error_is_ignored)
{
	int own = dup(STDERR_FILENO);

	(void)close(STDERR_FILENO);
	log_line(LOG_ERROR, "x", "nobody reads this");
	ck_assert_int_ge(dup2(own, STDERR_FILENO), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("log");
	TCase *cases = tcase_create("log");

	tcase_add_test(cases, an_event_is_one_line_of_fields);
	tcase_add_test(cases, events_below_the_level_are_not_written);
	tcase_add_loop_test(cases, hostile_text_stays_in_its_line, 0, sizeof(hostile) / sizeof(*hostile));
	tcase_add_test(cases, well_formed_text_is_not_escaped);
	tcase_add_test(cases, a_request_id_cannot_add_a_field_or_a_line);
	tcase_add_test(cases, long_lines_are_cut_between_characters);
	tcase_add_test(cases, a_closed_standard_error_is_ignored);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
