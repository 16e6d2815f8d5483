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

/* If a cookie of the same name was set for another path or by a sibling domain, only the first one is read. */
START_TEST(the_first_cookie_of_a_name_is_used)
{
	found("sid=1; sid=2", "1");
	none("sid=; sid=2");
}
END_TEST

START_TEST(malformed_values_are_ignored)
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

/* The web server must see a session cookie whenever the program does. Otherwise it could treat a signed-in user as anonymous. */
START_TEST(only_semicolon_and_space_separate_cookies)
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

/* The prefix __Host- needs "Path=/", so it is used if the site has the whole host. Below a path, other programs of the host must not get the cookie. */
START_TEST(name_and_path_depend_on_the_base_url)
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
	tcase_add_test(tcase, the_first_cookie_of_a_name_is_used);
	tcase_add_test(tcase, malformed_values_are_ignored);
	tcase_add_test(tcase, only_semicolon_and_space_separate_cookies);
	tcase_add_loop_test(tcase, name_and_path_depend_on_the_base_url, 0, sizeof(names) / sizeof(*names));
	suite_add_tcase(suite, tcase);
	return suite_run(suite);
}
