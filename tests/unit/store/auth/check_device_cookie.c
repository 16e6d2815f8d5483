/* The device cookie: it names a counter for the accounts that signed in from this browser. A forged cookie is ignored. */
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "store/auth/device_cookie.h"

static const char anna[] = "anna@example.org", bert[] = "bert@example.org";

static void
setup(void)
{
	token_init();
	store_setup();
}

static const char *
add(const char *cookie, const char *address, int64_t now)
{
	const char *value;

	ck_assert_int_eq(device_cookie_add(store->db, store->arena, cookie, address, now, &value), OK);
	return value;
}

/* The id, or NULL. */
static const char *
id_of(const char *cookie, const char *address, int64_t now)
{
	const char *id = NULL;
	enum status status = device_cookie_id(store->db, store->arena, cookie, address, now, &id);

	ck_assert(status == OK || status == NOT_FOUND);
	return status == OK ? id : NULL;
}

START_TEST(a_browser_is_known_for_the_account_that_signed_in)
{
	const char *cookie = add(NULL, anna, STORE_NOW), *other = add(NULL, anna, STORE_NOW);

	ck_assert_ptr_nonnull(id_of(cookie, anna, STORE_NOW));
	ck_assert_ptr_null(id_of(cookie, bert, STORE_NOW));
	ck_assert_str_ne(id_of(cookie, anna, STORE_NOW), id_of(other, anna, STORE_NOW));
	ck_assert_ptr_null(strstr(cookie, "anna"));
	ck_assert_ptr_null(id_of(NULL, anna, STORE_NOW));
}
END_TEST

START_TEST(a_browser_is_known_for_a_year_after_each_sign_in)
{
	const char *cookie = add(NULL, anna, STORE_NOW), *renewed;

	ck_assert_ptr_nonnull(id_of(cookie, anna, STORE_NOW + DEVICE_SECONDS - 1));
	ck_assert_ptr_null(id_of(cookie, anna, STORE_NOW + DEVICE_SECONDS));
	/* A clock that was set back does not make a cookie invalid. */
	ck_assert_ptr_nonnull(id_of(cookie, anna, STORE_NOW - 3600));
	renewed = add(cookie, anna, STORE_NOW + DEVICE_SECONDS - 1);
	ck_assert_str_eq(id_of(renewed, anna, STORE_NOW + DEVICE_SECONDS), id_of(cookie, anna, STORE_NOW));
	ck_assert_uint_eq(strlen(renewed), strlen(cookie));
}
END_TEST

START_TEST(a_cookie_contains_the_three_latest_accounts)
{
	const char *cookie = NULL;

	for (int i = 0; i < DEVICE_ACCOUNTS + 2; i++)
		cookie = add(cookie, arena_printf(store->arena, "%d@example.org", i), STORE_NOW + i);
	for (int i = 0; i < DEVICE_ACCOUNTS + 2; i++)
		ck_assert_int_eq(id_of(cookie, arena_printf(store->arena, "%d@example.org", i), STORE_NOW) != NULL, i >= 2);
	/* The limits of http/cookie.h. */
	ck_assert_uint_le(strlen(cookie), 256);
	ck_assert_uint_eq(strcspn(cookie, "\"',;\\ "), strlen(cookie));
	cookie = add(cookie, "2@example.org", STORE_NOW + 9);
	for (int i = 2; i < DEVICE_ACCOUNTS + 2; i++)
		ck_assert_ptr_nonnull(id_of(cookie, arena_printf(store->arena, "%d@example.org", i), STORE_NOW));
}
END_TEST

START_TEST(a_forged_cookie_is_ignored_and_replaced)
{
	const char *cookie = add(NULL, anna, STORE_NOW), *dot = strchr(cookie, '.'), *signature = strrchr(cookie, '.');
	const char *const forged[] = { "", ":", "::::", ".", "..", "a.1.b", "0123456789abcdef.1.", "0123456789abcdef..0123456789abcdef0123456789abcdef",
		arena_printf(store->arena, "0123456789abcdef%s", dot),                                     /* another counter */
		arena_printf(store->arena, "%.16s.%d%s", cookie, STORE_NOW + 1, signature),                /* a later time */
		arena_printf(store->arena, "%.16s.%d9999999999999%s", cookie, STORE_NOW, signature),
		arena_printf(store->arena, "%.16s.-%d%s", cookie, STORE_NOW, signature),
		arena_bytes(store->arena, cookie, strlen(cookie) - 1), arena_printf(store->arena, "%s0", cookie),
		arena_printf(store->arena, " %s", cookie) };

	for (size_t i = 0; i < sizeof(forged) / sizeof(*forged); i++) {
		ck_assert_msg(id_of(forged[i], anna, STORE_NOW) == NULL, "%s", forged[i]);
		ck_assert_ptr_nonnull(id_of(add(forged[i], anna, STORE_NOW), anna, STORE_NOW));
		ck_assert_uint_le(strlen(add(forged[i], anna, STORE_NOW)), 256);
	}
	ck_assert_ptr_nonnull(id_of(arena_printf(store->arena, "rubbish:%s", cookie), anna, STORE_NOW));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("device_cookie");
	TCase *cases = tcase_create("device_cookie");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_add_test(cases, a_browser_is_known_for_the_account_that_signed_in);
	tcase_add_test(cases, a_browser_is_known_for_a_year_after_each_sign_in);
	tcase_add_test(cases, a_cookie_contains_the_three_latest_accounts);
	tcase_add_test(cases, a_forged_cookie_is_ignored_and_replaced);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
