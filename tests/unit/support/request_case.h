/*
 * Fixture for tests of requests. Each test gets a new database with its settings, the default theme and a request.
 *
 *     tcase_add_checked_fixture(cases, request_setup, request_teardown);
 */
#ifndef TESTS_REQUEST_CASE_H
#define TESTS_REQUEST_CASE_H

#include <check.h>
#include <stdlib.h>

#include "http/request.h"
#include "store_case.h"

static struct theme *theme;
static struct setting_values *values;

static inline void
request_setup(void)
{
	const char *data = getenv("RENOWN_DATA") != NULL ? getenv("RENOWN_DATA") : getenv("srcdir"), *problem = "";

	store_setup();
	ck_assert_msg(theme_open(NULL, data == NULL ? "." : data, NULL, &theme, &problem) == OK, "%s", problem);
	ck_assert_int_eq(setting_read(store->db, store->arena, &values), OK);
}

static inline void
request_teardown(void)
{
	theme_close(theme);
	store_teardown();
}

/* An anonymous request for /blog on that site. conf: of the site. Change what the test is about. */
static inline struct request
request_sample(const struct conf *conf, const char *method)
{
	return (struct request){ .arena = store->arena, .db = store->db, .conf = conf, .theme = theme,
		.settings = values, .method = method, .path = "/blog", .prefix = "", .viewer = { .now = STORE_NOW },
		.change = { .counter = 7, .changed = STORE_NOW - 100, .newest = STORE_NOW - 50 } };
}

#endif
