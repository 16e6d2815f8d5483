/* Forms with files: correct input is read, however the network splits it. Everything else is refused, and no file is left behind. */
#include "support/suite.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "core/str.h"
#include "http/multipart.h"

enum { FILE_MAX = 600 * 1024, FILES_MAX = 3, LOTS = 300 };

static const struct field fields[] = {
	{ .name = "title", .type = FIELD_LINE, .max = 20, .required = true },
	{ .name = "text", .type = FIELD_TEXT, .max = 2000 },
	{ .name = "file", .type = FIELD_FILE, .max = FILE_MAX, .many = FILES_MAX },
	{ .name = "one", .type = FIELD_FILE, .max = 10 },
	{ .name = "lots", .type = FIELD_FILE, .max = 10, .many = LOTS },
	{ 0 },
};

static struct arena *arena;
static char folder[] = "/tmp/renown-multipart-XXXXXX";
static struct field_values *values;
static const struct upload *uploads;

static void
setup(void)
{
	arena = arena_new();
	log_open("test", LOG_ERROR);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	values = NULL;
	uploads = NULL;
}

static size_t
files_left(void)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	while (readdir(dir) != NULL)
		count++;
	(void)closedir(dir);
	return count - 2;
}

static void
teardown(void)
{
	arena_free(arena);
	ck_assert_uint_eq(files_left(), 0);
	(void)rmdir(folder);
}

struct source {
	const char *bytes;
	size_t length, at;
};

static size_t
read_some(void *context, char *bytes, size_t length)
{
	struct source *source = context;
	size_t left = source->length - source->at;

	if (length > left)
		length = left;
	memcpy(bytes, source->bytes + source->at, length);
	source->at += length;
	return length;
}

static enum status
read_form(const char *bytes, size_t length, const char *type, bool keep)
{
	struct source source = { bytes, length, 0 };
	struct multipart form = { .fields = fields, .type = type, .length = (int64_t)length, .folder = keep ? folder : NULL,
		.read = read_some, .context = &source };

	return multipart_read(arena, &form, &values, &uploads);
}

static enum status
parse(const char *body)
{
	return read_form(body, strlen(body), "multipart/form-data; boundary=B", true);
}

#define PART(head, body) "--B\r\nContent-Disposition: form-data; " head "\r\n\r\n" body "\r\n"
#define TITLE PART("name=\"title\"", "T")
#define END "--B--\r\n"

static const char *
contents(const struct upload *upload)
{
	char *bytes = arena_alloc(arena, (size_t)upload->bytes + 1);
	FILE *file = fopen(upload->path, "re");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fread(bytes, 1, (size_t)upload->bytes + 1, file), (size_t)upload->bytes);
	(void)fclose(file);
	return bytes;
}

START_TEST(fields_and_files_are_accepted_in_any_order)
{
	ck_assert_int_eq(parse(PART("name=\"file\"; filename=\"a.png\"", "one\r\n--C\r\n--") PART("name=\"text\"", "a\r\nb") TITLE
		PART("filename=\"b\"; name=\"file\"", "") END), OK);
	ck_assert_str_eq(field_value(values, "title"), "T");
	ck_assert_str_eq(field_value(values, "text"), "a\nb");
	ck_assert_str_eq(uploads->name, "a.png");
	ck_assert_str_eq(uploads->field, "file");
	ck_assert_str_eq(contents(uploads), "one\r\n--C\r\n--");
	ck_assert_int_eq(uploads->next->bytes, 0);
	ck_assert_ptr_null(uploads->next->next);
	ck_assert_uint_eq(files_left(), 2);
}
END_TEST

/* The window is 256 KiB. A delimiter can cross its end at any position. */
START_TEST(a_delimiter_can_cross_the_end_of_the_window)
{
	for (size_t size = 256 * 1024 - 200; size < 256 * 1024; size++) {
		struct str body = str_init(arena);
		str_add(&body, TITLE "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n");
		for (size_t i = 0; i < size; i++)
			str_add_char(&body, i % 7 == 0 ? '\r' : '-');
		str_add(&body, "\r\n" END);
		ck_assert_int_eq(read_form(body.bytes, body.length, "multipart/form-data; boundary=B", true), OK);
		ck_assert_int_eq(uploads->bytes, (int64_t)size);
		arena_reset(arena);
	}
}
END_TEST

START_TEST(file_names_lose_their_path_and_invalid_bytes)
{
	static const struct { const char *sent, *shown; } names[] = {
		{ "../../x.png", "x.png" }, { "C:\\dir\\x.png", "x.png" }, { "%22a%22%0D%0A.png", "\"a\"\xef\xbf\xbd\xef\xbf\xbd.png" }, { "\xff.png", "\xef\xbf\xbd.png" },
		{ "\xe2\x80\xaegnp.exe", "gnp.exe" }, { "墨.png", "墨.png" }, { "/", "" }, { "a%2fb", "a%2fb" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *body = arena_printf(arena, TITLE PART("name=\"file\"; filename=\"%s\"", "x") END, names[i].sent);
		ck_assert_msg(parse(body) == OK, "%s", names[i].sent);
		ck_assert_str_eq(uploads->name, names[i].shown);
	}
}
END_TEST

START_TEST(an_empty_file_field_gives_no_upload)
{
	ck_assert_int_eq(parse(TITLE PART("name=\"file\"; filename=\"\"", "") END), OK);
	ck_assert_ptr_null(uploads);
	/* The line end after the last delimiter may be missing. */
	ck_assert_int_eq(parse(TITLE "--B--"), OK);
}
END_TEST

START_TEST(files_can_be_discarded)
{
	static const char body[] = TITLE PART("name=\"file\"; filename=\"a\"", "bytes") END;

	ck_assert_int_eq(read_form(body, sizeof(body) - 1, "multipart/form-data; boundary=\"B\"", false), OK);
	ck_assert_str_eq(field_value(values, "title"), "T");
	ck_assert_ptr_null(uploads);
	ck_assert_uint_eq(files_left(), 0);
}
END_TEST

START_TEST(malformed_bodies_are_refused)
{
	static const char *const bad[] = {
		"", "x", "--B", "--B\r\n", "--C\r\n", "--B\n", TITLE, TITLE "--B-", TITLE END "x", " " TITLE END, "\r\n" TITLE END,
		"--B\r\n\r\nx\r\n" END, "--B\r\nContent-Disposition form-data\r\n\r\nx\r\n" END,
		PART("", "x") END, PART("name=title", "x") END, PART("name=\"title", "x") END, PART("name=\"\"", "x") END,
		PART("name=\"title\"; name=\"text\"", "x") END, PART("name=\"title\"x", "x") END, PART("name=\"other\"", "x") END,
		TITLE TITLE END, PART("name=\"file\"", "x") END, PART("name=\"title\"; filename=\"a\"", "x") END,
		PART("name=\"file\"; filename=\"a\"; filename*=\"UTF-8''b\"", "x") END, PART("name=\"file\"; filename=\"a\"; size=\"1\"", "x") END,
		PART("name=\"title\"\r\nContent-Disposition: form-data; name=\"text\"", "x") END, PART("name=\"ti\x01tle\"", "x") END,
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(parse(bad[i]) == BAD_REQUEST, "%zu: %s", i, bad[i]);
	ck_assert_int_eq(read_form("--B\r\nContent-Disposition: form-data; name=\"ti\0\"\r\n\r\nx\r\n" END, 62, "multipart/form-data; boundary=B", true), BAD_REQUEST);
}
END_TEST

START_TEST(malformed_content_types_are_refused)
{
	static const char *const bad[] = { "", "multipart/form-data", "multipart/form-data;", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"B",
		"multipart/form-data; boundary=B; x=y", "multipart/form-data; boundary=B\"", "multipart/mixed; boundary=B", "multipart/form-data; boundary=a b",
		"multipart/form-data; boundary=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "multipart/form-data; boundary=\xc3\xa4" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(read_form(TITLE END, strlen(TITLE END), bad[i], true) == BAD_REQUEST, "%s", bad[i]);
}
END_TEST

START_TEST(limits_of_files_fields_and_headers_are_enforced)
{
	struct str body = str_init(arena);

	ck_assert_int_eq(parse(TITLE PART("name=\"one\"; filename=\"a\"", "0123456789") END), OK);
	ck_assert_int_eq(parse(TITLE PART("name=\"one\"; filename=\"a\"", "01234567890") END), TOO_LARGE);
	ck_assert_int_eq(parse(TITLE PART("name=\"one\"; filename=\"a\"", "") PART("name=\"one\"; filename=\"b\"", "") END), TOO_LARGE);
	ck_assert_int_eq(parse(PART("name=\"title\"", "123456789012345678901") END), TOO_LARGE);
	ck_assert_int_eq(parse(PART("name=\"title\"", "a\xff") END), INVALID);
	ck_assert_int_eq(parse(PART("name=\"text\"", "x") END), INVALID);
	for (int i = 0; i < 10000; i++)
		str_add(&body, PART("name=\"file\"; filename=\"\"", ""));
	ck_assert_int_eq(parse(body.bytes), BAD_REQUEST);
	body = str_init(arena);
	str_add(&body, "--B\r\nX: ");
	for (int i = 0; i < MULTIPART_HEAD_MAX; i++)
		str_add_char(&body, 'x');
	str_add(&body, "\r\n\r\n" END);
	ck_assert_int_eq(parse(body.bytes), BAD_REQUEST);
	body = str_init(arena);
	for (int i = 0; i < 4 * FILE_MAX; i++)
		str_add_char(&body, 'x');
	ck_assert_int_eq(parse(body.bytes), TOO_LARGE);
}
END_TEST

/* A field can take more files than a form may have values. */
START_TEST(a_field_can_take_hundreds_of_files)
{
	struct str body = str_init(arena);

	str_add(&body, TITLE);
	for (int i = 0; i < LOTS; i++)
		str_add(&body, PART("name=\"lots\"; filename=\"a\"", "x"));
	ck_assert_int_eq(parse(arena_printf(arena, "%s%s", body.bytes, END)), OK);
	str_add(&body, PART("name=\"lots\"; filename=\"a\"", "x"));
	ck_assert_int_eq(parse(arena_printf(arena, "%s%s", body.bytes, END)), TOO_LARGE);
}
END_TEST

START_TEST(a_body_that_ends_early_is_refused)
{
	struct source source = { TITLE END, strlen(TITLE END), 0 };
	struct multipart form = { .fields = fields, .type = "multipart/form-data; boundary=B", .length = 1000, .folder = folder,
		.read = read_some, .context = &source };

	ck_assert_int_eq(multipart_read(arena, &form, &values, &uploads), BAD_REQUEST);
	form.length = (int64_t)source.length - 3;
	source.at = 0;
	ck_assert_int_eq(multipart_read(arena, &form, &values, &uploads), BAD_REQUEST);
}
END_TEST

START_TEST(a_missing_upload_folder_is_a_fault)
{
	(void)rmdir(folder);
	ck_assert_int_eq(parse(TITLE PART("name=\"file\"; filename=\"a\"", "x") END), FAULT);
	ck_assert_ptr_nonnull(mkdtemp(memcpy(folder, "/tmp/renown-multipart-XXXXXX", sizeof(folder))));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("multipart");
	TCase *cases = tcase_create("multipart");

	tcase_set_timeout(cases, 60);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, fields_and_files_are_accepted_in_any_order);
	tcase_add_test(cases, a_delimiter_can_cross_the_end_of_the_window);
	tcase_add_test(cases, file_names_lose_their_path_and_invalid_bytes);
	tcase_add_test(cases, an_empty_file_field_gives_no_upload);
	tcase_add_test(cases, files_can_be_discarded);
	tcase_add_test(cases, malformed_bodies_are_refused);
	tcase_add_test(cases, malformed_content_types_are_refused);
	tcase_add_test(cases, limits_of_files_fields_and_headers_are_enforced);
	tcase_add_test(cases, a_field_can_take_hundreds_of_files);
	tcase_add_test(cases, a_body_that_ends_early_is_refused);
	tcase_add_test(cases, a_missing_upload_folder_is_a_fault);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
