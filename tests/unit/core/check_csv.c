/* The reader of comma-separated values: RFC 4180, and what programs write that do not keep to it. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdio.h>
#include <string.h>

#include "core/csv.h"
#include "core/str.h"

static FILE *stream;

static struct csv *
reader(const char *bytes, size_t length)
{
	static char copy[3 * 1024 * 1024];

	ck_assert_uint_lt(length, sizeof(copy));
	memcpy(copy, bytes, length);
	stream = fmemopen(copy, length, "r");
	ck_assert_ptr_nonnull(stream);
	return csv_new(arena, stream);
}

/* All records as text: fields in brackets, and the line in front. An error ends it. */
static char *
read_all(const char *bytes, size_t length)
{
	struct csv *csv = reader(bytes, length);
	struct str out = str_init(arena);
	const char **fields, *problem;
	size_t count, line;
	enum status status;

	while ((status = csv_next(csv, arena, &fields, &count, &line, &problem)) == OK) {
		str_printf(&out, "%zu", line);
		for (size_t i = 0; i < count; i++)
			str_printf(&out, "[%s]", fields[i]);
		str_add_char(&out, ' ');
	}
	(void)fclose(stream);
	if (status == INVALID)
		str_printf(&out, "line %zu: %.24s", line, problem);
	else
		ck_assert_int_eq(status, NOT_FOUND);
	return out.bytes;
}

START_TEST(fields_are_read)
{
	const char *const rows[][2] = {
		{ "a,b\r\nc,d\r\n", "1[a][b] 2[c][d] " },
		{ "a,b\nc,d", "1[a][b] 2[c][d] " },
		{ "\xef\xbb\xbf" "a,b\n", "1[a][b] " },
		{ "\"a\"\n", "1[a] " },
		{ "\"a,b\",\"c\"\"d\"\"\"\n", "1[a,b][c\"d\"] " },
		{ "\"a\nb\r\nc\",d\ne\n", "1[a\nb\nc][d] 4[e] " },
		{ ",\n", "1[][] " },
		{ ",", "1[][] " },
		{ "\"\"", "1[] " },
		{ "\n\na\n\nb\n", "3[a] 5[b] " },
		{ "a\"b\"c,d\n", "1[a\"b\"c][d] " },
		{ "a\rb,c\n", "1[a\rb][c] " },
		{ " a , b \n", "1[ a ][ b ] " },
		{ "\xff\xfe,\xe5\n", "1[\xff\xfe][\xe5] " },
		{ "\xef\xbb", "1[] " }, /* half a byte order mark */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows) - 1; i++)
		ck_assert_str_eq(read_all(rows[i][0], strlen(rows[i][0])), rows[i][1]);
}
END_TEST

START_TEST(errors_name_their_line)
{
	const char *const rows[][2] = {
		{ "a\nb,\"c\nd\n", "1[a] line 2: The quotation mark that " },
		{ "a\n\"b\"c\n", "1[a] line 2: After a closing quotatio" },
		{ "a\n\"b\nc\"d\n", "1[a] line 3: After a closing quotatio" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		ck_assert_str_eq(read_all(rows[i][0], strlen(rows[i][0])), rows[i][1]);
	ck_assert_str_eq(read_all("a\nb\0c\n", 6), "1[a] line 2: There is a zero byte in ");
}
END_TEST

START_TEST(memory_is_bounded)
{
	static char bytes[2 * 1024 * 1024];

	memset(bytes, 'a', sizeof(bytes));
	ck_assert_str_eq(read_all(bytes, sizeof(bytes)), "line 1: The record is longer tha");
	memset(bytes, ',', sizeof(bytes));
	ck_assert_str_eq(read_all(bytes, sizeof(bytes)), "line 1: The record has more than");
	memset(bytes, '\n', sizeof(bytes));
	ck_assert_str_eq(read_all(bytes, sizeof(bytes)), "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("csv");
	TCase *cases = tcase_create("csv");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_test(cases, fields_are_read);
	tcase_add_test(cases, errors_name_their_line);
	tcase_add_test(cases, memory_is_bounded);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
