/* A file that the web server sends instead of a body: the header that names it, and nothing else. */
#include "support/suite.h"
#include "support/store_case.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "http/response.h"
#include "http/sendfile.h"
#include "http/serve.h"

static const struct conf placed = { .folder = "/srv/renown", .base_url = "https://example.org/sub", .base_path = "/sub", .origin = "https://example.org",
	.media = "/srv/media", .https = true };

static struct request
asking(const char *way)
{
	return (struct request){ .arena = store->arena, .db = store->db, .conf = &placed, .method = "GET", .path = "/media/x", .prefix = "",
		.viewer = { .now = STORE_NOW }, .send_method = way };
}

/* The value of a header, or NULL. */
static const char *
value(const struct response *reply, const char *name)
{
	const char *found = strstr(reply->head, arena_printf(store->arena, "\r\n%s: ", name));

	if (found == NULL)
		return NULL;
	found += strlen(name) + 4;
	return arena_bytes(store->arena, found, strcspn(found, "\r"));
}

START_TEST(a_file_is_sent_by_the_method_that_the_web_server_names)
{
	static const struct { const char *way; enum send_folder folder; const char *path, *header, *value; } ways[] = {
		{ "x-accel-redirect", SEND_MEDIA, "closed/ab/x.png", "X-Accel-Redirect", "/sub/renown-media/closed/ab/x.png" },
		{ "x-accel-redirect", SEND_EXPORT, "a-_B", "X-Accel-Redirect", "/sub/renown-export/a-_B" },
		{ "x-accel-redirect", SEND_BACKUP, "1.tar", "X-Accel-Redirect", "/sub/renown-backup/1.tar" },
		{ "x-sendfile", SEND_MEDIA, "closed/ab/x.png", "X-Sendfile", "/srv/media/closed/ab/x.png" },
		{ "x-sendfile", SEND_EXPORT, "a-_B", "X-Sendfile", "/srv/renown/export/a-_B" },
		{ "x-sendfile", SEND_BACKUP, "1.tar", "X-Sendfile", "/srv/renown/backup/1.tar" },
	};
	struct request req = asking(ways[_i].way);
	struct response reply;

	ck_assert(request_can_send(&req));
	ck_assert_int_eq(request_send_file(&req, ways[_i].folder, ways[_i].path, "image/png", _i % 2 == 0 ? "x.png" : NULL), OK);
	response_build(&req, OK, NULL, &reply);
	ck_assert_str_eq(value(&reply, ways[_i].header), ways[_i].value);
	ck_assert_ptr_null(value(&reply, ways[_i].way[2] == 'a' ? "X-Sendfile" : "X-Accel-Redirect"));
	ck_assert_str_eq(value(&reply, "Content-Type"), "image/png");
	ck_assert_ptr_null(value(&reply, "Content-Length"));
	ck_assert_str_eq(value(&reply, "Cache-Control"), "private, no-cache");
	ck_assert((value(&reply, "Content-Disposition") != NULL) == (_i % 2 == 0));
	ck_assert_uint_eq(reply.body_length, 0);
	/* An error has no file header, and a response with no_store is not cached. */
	response_build(&req, NOT_FOUND, NULL, &reply);
	ck_assert_ptr_null(value(&reply, ways[_i].header));
	ck_assert_uint_gt(reply.body_length, 0);
	req.no_store = true;
	response_build(&req, OK, NULL, &reply);
	ck_assert_str_eq(value(&reply, "Cache-Control"), "private, no-store");
}
END_TEST

START_TEST(no_file_is_sent_without_a_known_method)
{
	static const char *const words[] = { NULL, "", "x-sendfile ", "X-Sendfile", "yes", "x-accel-redirect,x-sendfile" };
	struct request req = asking(words[_i]);

	ck_assert(!request_can_send(&req));
	ck_assert_int_eq(request_send_file(&req, SEND_MEDIA, "ab/x.png", "image/png", NULL), FAULT);
	ck_assert_ptr_null(req.sending.header);
	ck_assert_ptr_null(req.content_type);
}
END_TEST

START_TEST(a_path_outside_the_folder_is_not_sent)
{
	static const char *const paths[] = { "", "/etc/passwd", "../renown.db", "closed/../../renown.db", ".hidden", "ab/.x", "ab//x", "ab/x\r\nX: y", "a b",
		"%2e%2e/x", "ab/\xe5\x93\x81", "ab/x?y" };
	struct conf odd = placed;
	struct request req = asking(NULL);

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		for (int way = 0; way < 2; way++) {
			req.send_method = way == 0 ? "x-sendfile" : "x-accel-redirect";
			ck_assert_msg(request_send_file(&req, SEND_MEDIA, paths[i], "image/png", NULL) == FAULT, "%s", paths[i]);
			ck_assert_ptr_null(req.sending.header);
		}
	/* A folder that cannot be written in a header is logged, and the worker goes on. */
	odd.media = "/srv/\xe5\x93\x81";
	req.conf = &odd;
	req.send_method = "x-sendfile";
	ck_assert_int_eq(request_send_file(&req, SEND_MEDIA, "ab/x.png", "image/png", NULL), FAULT);
	req.send_method = "x-accel-redirect";
	ck_assert_int_eq(request_send_file(&req, SEND_MEDIA, "ab/x.png", "image/png", NULL), OK);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sendfile");
	TCase *cases = tcase_create("sendfile");

	tcase_add_checked_fixture(cases, store_setup, store_teardown);
	tcase_set_timeout(cases, 30);
	tcase_add_loop_test(cases, a_file_is_sent_by_the_method_that_the_web_server_names, 0, 6);
	tcase_add_loop_test(cases, no_file_is_sent_without_a_known_method, 0, 6);
	tcase_add_test(cases, a_path_outside_the_folder_is_not_sent);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
