/* Cookies as browsers send them, and malformed ones. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "http/cookie.h"

static void
found(const char *cookies, const char *value)
{
	const char *got = cookie_value(arena, cookies, "sid");

	ck_assert_msg(got != NULL && strcmp(got, value) == 0, "%s: %s", cookies, got == NULL ? "nothing" : got);
}

static void
none(const char *cookies)
{
	const char *got = cookie_value(arena, cookies, "sid");

	ck_assert_msg(got == NULL, "%s: %s", cookies, got);
}

START_TEST(a_cookie_is_found_by_its_whole_name)
{
	found("sid=abc", "abc");
	found("a=b; sid=a-_.~=; c=d", "a-_.~=");
	found("xsid=1; sidx=2; sid=3", "3");
	none("xsid=1");
	none("sidx=2");
	none("SID=1");
	none("sid");
	none("");
	ck_assert_ptr_null(cookie_value(arena, NULL, "sid"));
	ck_assert_str_eq(cookie_value(arena, "sid=1; __Host-sid=2", "__Host-sid"), "2");
}
END_TEST

/* Another cookie of the same name, set for a folder or by a sister domain, does not push ours aside or help it. */
START_TEST(the_first_one_counts)
{
	found("sid=1; sid=2", "1");
	none("sid=; sid=2");
}
END_TEST

START_TEST(what_we_never_set_is_no_value)
{
	char cookies[COOKIE_VALUE_MAX + 10] = "sid=";

	none("sid=\"abc\"");
	none("sid=a b");
	none("sid=a,b");
	none("sid=a\\b");
	none("sid=\xc3\xa9");
	none("sid=a\x7f");
	none("sid=a\tb; x=y");
	memset(cookies + 4, 'x', COOKIE_VALUE_MAX);
	found(cookies, cookies + 4);
	cookies[4 + COOKIE_VALUE_MAX] = 'x';
	none(cookies);
}
END_TEST

/* The web server's map must not take for a stranger whom we know. */
START_TEST(only_what_the_web_server_sees_too_separates)
{
	none("a=b;sid=1");
	none("a=b;\tsid=1");
	none(" sid=1");
	none("; sid");
	found("; sid=1", "1");
}
END_TEST

static const struct {
	const char *base_path;
	bool https;
	const char *name, *set;
} names[] = {
	{ "", false, "sid", "sid=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax" },
	{ "", true, "__Host-sid", "__Host-sid=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure" },
	{ "/sub", false, "sid", "sid=x; Path=/sub; Max-Age=60; HttpOnly; SameSite=Lax" },
	{ "/sub/blog", true, "__Secure-sid", "__Secure-sid=x; Path=/sub/blog; Max-Age=60; HttpOnly; SameSite=Lax; Secure" },
};

/* __Host- where the site has the whole host, which demands "Path=/"; below a path other programs of the host must not get it. */
START_TEST(name_and_path_follow_from_where_the_site_is)
{
	const struct conf conf = { .base_path = names[_i].base_path, .https = names[_i].https };

	ck_assert_str_eq(cookie_name(arena, &conf, "sid"), names[_i].name);
	ck_assert_str_eq(cookie_set(arena, &conf, "sid", "x", 60), names[_i].set);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("cookie");
	TCase *tcase = tcase_create("cookie");

	tcase_add_checked_fixture(tcase, arena_setup, arena_teardown);
	tcase_add_test(tcase, a_cookie_is_found_by_its_whole_name);
	tcase_add_test(tcase, the_first_one_counts);
	tcase_add_test(tcase, what_we_never_set_is_no_value);
	tcase_add_test(tcase, only_what_the_web_server_sees_too_separates);
	tcase_add_loop_test(tcase, name_and_path_follow_from_where_the_site_is, 0, sizeof(names) / sizeof(*names));
	suite_add_tcase(suite, tcase);
	return suite_run(suite);
}
