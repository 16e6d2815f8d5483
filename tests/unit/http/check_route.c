/* Route tables: an unsafe row stops the program; an address finds its own row only. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "http/page_addresses.h"
#include "http/serve.h"

static enum status
handle(struct request *req)
{
	(void)req;
	return OK;
}

static const struct field good_fields[] = { { .name = "q", .type = FIELD_LINE, .max = 10 }, { 0 } };
static const struct field typeless[] = { { .name = "q", .max = 10 }, { 0 } };
static const struct field limitless[] = { { .name = "q", .type = FIELD_LINE }, { 0 } };
static const struct field doubled[] = { { .name = "q", .type = FIELD_LINE, .max = 10 },
	{ .name = "q", .type = FIELD_TEXT, .max = 20 }, { 0 } };

/* --- tables that are refused ------------------------------------------------------ */

static const struct {
	struct route row;
	const char *words;
} unsafe[] = {
	/* Zero is the safe value: whoever forgets the role has no program, not an open page. */
	{ { GET, "/x", handle, 0, NULL, false, 0, NULL, .repeated = NULL }, "does not say who may ask" },
	{ { GET, "/x", handle, (enum role)99, NULL, false, 0, NULL, .repeated = NULL }, "does not say who may ask" },
	{ { 0, "/x", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "has no method" },
	{ { (enum method)9, "/x", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "has no method" },
	/* A stranger has no session whose token could prove anything. */
	{ { POST, "/x", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "say .proof" },
	{ { POST, "/x", handle, ANYONE, good_fields, false, FORM_STAMP, NULL, .repeated = NULL }, "say .again" },
	{ { POST, "/x", handle, MEMBER, good_fields, false, 0, NULL, .repeated = NULL }, "say .again" },
	/* A form of a cached page without its preview would be refused without a proof; a secret address needs a secret. */
	{ { POST, "/x", handle, ANYONE, NULL, false, COMMENT_STAMP, NULL, ONCE, .repeated = NULL }, "COMMENT_STAMP without .preview" },
	{ { POST, "/x", handle, ANYONE, NULL, false, FORM_STAMP, NULL, ONCE, .preview = handle }, "COMMENT_STAMP without .preview" },
	{ { GET, "/x", handle, ANYONE, NULL, false, 0, NULL, 0, .preview = handle }, "COMMENT_STAMP without .preview" },
	{ { POST, "/x", handle, ANYONE, NULL, false, CAPABILITY, NULL, REPEATABLE, .repeated = NULL }, "no row for ANYONE whose address" },
	{ { POST, "/x/:secret", handle, MEMBER, NULL, false, CAPABILITY, NULL, REPEATABLE, .repeated = NULL }, "no row for ANYONE whose address" },
	/* Whoever forgets what a second submission means would create everything twice. */
	{ { POST, "/x", handle, MEMBER, NULL, false, 0, NULL, 0, .repeated = NULL }, "say .repeat" },
	{ { POST, "/x", handle, MEMBER, NULL, false, 0, NULL, (enum repeat)9, .repeated = NULL }, "say .repeat" },
	{ { GET, "/x", handle, MEMBER, NULL, false, 0, NULL, ONCE, .repeated = NULL }, "is no POST" },
	{ { GET, "/x", handle, MEMBER, NULL, false, 0, NULL, 0, .repeated = handle }, "is no POST" },
	{ { GET, "/x", NULL, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "has no handler" },
	{ { GET, NULL, handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "must begin with a slash" },
	{ { GET, "x", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "must begin with a slash" },
	{ { GET, "", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "must begin with a slash" },
	{ { GET, "/x", handle, ANYONE, typeless, false, 0, NULL, .repeated = NULL }, "field q has no type or no limit" },
	{ { GET, "/x", handle, ANYONE, limitless, false, 0, NULL, .repeated = NULL }, "field q has no type or no limit" },
	{ { GET, "/x", handle, ANYONE, doubled, false, 0, NULL, .repeated = NULL }, "field q stands there twice" },
	{ { GET, "/first", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "stands there twice" },
	/* The same addresses under another name: the second row would never be reached. */
	{ { GET, "/tag/:other", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "stands there twice" },
	/* More texts than a request has room for would match nothing. */
	{ { GET, "/:a/:b/:c/:d/:e", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "too many" },
	{ { GET, "/x/", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "must not end with a slash" },
	{ { GET, "/x//y", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL }, "empty" },
	{ { GET, "/en/x", handle, ANYONE, NULL, true, 0, NULL, .repeated = NULL }, "language" },
	/* A redirect leads to a page of the same table, and is nothing else. */
	{ { GET, "/x", .moved = "/first", .languages = true }, "redirects: such a row" },
	{ { GET, "/x", .moved = "/first", .role = MEMBER, .languages = true }, "redirects: such a row" },
	{ { POST, "/x", .moved = "/first", .role = ANYONE, .languages = true }, "redirects: such a row" },
	{ { GET, "/x", handle, .moved = "/first", .role = ANYONE, .languages = true }, "redirects: such a row" },
	{ { GET, "/x", .moved = "/first", .fields = good_fields, .role = ANYONE, .languages = true }, "redirects: such a row" },
	{ { GET, "/x", .moved = "/nowhere", .role = ANYONE, .languages = true }, "no GET row" },
	{ { GET, "/x", .moved = "/x", .role = ANYONE, .languages = true }, "no GET row" },
	{ { GET, "/x", .moved = "/first", .role = ANYONE }, ".languages is not the same" },
	{ { GET, "/x", .moved = "/tag/:slug", .role = ANYONE, .languages = true }, "its own pattern lacks" },
	{ { GET, "/x/:slugs", .moved = "/tag/:slug", .role = ANYONE, .languages = true }, "its own pattern lacks" },
	{ { GET, "/first", .moved = "/tag/:slug", .role = ANYONE, .languages = true }, "its own pattern lacks" },
	/* The sitemap names addresses that everybody can ask for. */
	{ { GET, "/x", handle, MEMBER, NULL, false, 0, NULL, .in_sitemap = true }, "is in the sitemap" },
	{ { GET, "/x/:slug", handle, ANYONE, NULL, false, 0, NULL, .in_sitemap = true }, "is in the sitemap" },
	{ { POST, "/x", handle, MEMBER, NULL, false, 0, NULL, REVISED, .in_sitemap = true }, "is in the sitemap" },
	/* A page for reading is cached for all readers with equal rights. */
	{ { POST, "/x", handle, MEMBER, NULL, false, 0, NULL, REVISED, .reading = true }, "is a page for reading" },
	{ { POST, "/x", handle, ANYONE, NULL, false, FORM_STAMP, NULL, REVISED, .reading = true }, "is a page for reading" },
	{ { GET, "/x", handle, MEMBER, NULL, false, 0, NULL, .reading = true }, "is a page for reading" },
	{ { GET, "/x", handle, OWNER, NULL, false, 0, NULL, .reading = true }, "is a page for reading" },
	{ { GET, "/x", .moved = "/first", .role = ANYONE, .languages = true, .reading = true }, "is a page for reading" },
};

START_TEST(refuses_an_unsafe_row)
{
	struct route routes[4] = {
		{ GET, "/first", handle, ANYONE, good_fields, true, 0, NULL, .repeated = NULL },
		{ GET, "/tag/:slug", handle, ANYONE, NULL, true, 0, NULL, .repeated = NULL },
		unsafe[_i].row,
	};
	const char *problem = route_problem(arena, routes);

	ck_assert_msg(problem != NULL, "accepted: %s", unsafe[_i].words);
	ck_assert_msg(strstr(problem, unsafe[_i].words) != NULL, "%s", problem);
	ck_assert_msg(unsafe[_i].row.pattern == NULL || strstr(problem, unsafe[_i].row.pattern) != NULL, "%s", problem);
}
END_TEST

static const struct route routes[] = {
	{ GET, "/", handle, ANYONE, NULL, true, 0, NULL, .repeated = NULL },
	{ GET, "/blog", handle, ANYONE, good_fields, true, 0, NULL, .reading = true },
	{ GET, "/blog/:slug", handle, ANYONE, NULL, false, 0, NULL, .repeated = NULL },
	{ GET, "/tag/:slug", handle, ANYONE, NULL, true, 0, NULL, .repeated = NULL },
	{ GET, "/tag/:slug/feed.rss", handle, ANYONE, NULL, true, 0, NULL, .repeated = NULL },
	{ GET, "/old", .moved = "/blog", .role = ANYONE, .languages = true },
	{ GET, "/label/:slug", .moved = "/tag/:slug", .role = ANYONE, .languages = true },
	{ GET, "/:a/:b/:c", handle, MEMBER, NULL, false, 0, NULL, .repeated = NULL },
	{ GET, "/from/:b/:a/to/:c", .moved = "/:a/:b/:c", .role = ANYONE },
	{ 0 },
};

static const struct route forms[] = {
	{ POST, "/a", handle, MEMBER, NULL, false, 0, NULL, ONCE, .repeated = handle },
	{ POST, "/b", handle, MEMBER, NULL, false, 0, NULL, REVISED, .repeated = NULL },
	{ POST, "/c", handle, ANYONE, NULL, false, FORM_STAMP, NULL, REPEATABLE, .repeated = NULL },
	{ 0 },
};

START_TEST(accepts_a_good_table)
{
	ck_assert_msg(route_problem(arena, forms) == NULL, "%s", route_problem(arena, forms));
	ck_assert_msg(route_problem(arena, routes) == NULL, "%s", route_problem(arena, routes));
}
END_TEST

/* --- the pages of all programs ------------------------------------------------------ */

static const struct {
	const char *path;
	bool languages;
} pages[] = {
	{ "/", true }, { "/blog", true }, { "/tags", true }, { "/archive", true }, { "/search", true }, { "/tag/x", true }, { "/author/x", true },
	{ "/archive/2026-11", true }, { "/about", true },
	/* A post and a static page have one language; a feed is no page. */
	{ "/blog/x", false }, { "/page/x", false }, { "/feed.rss", false }, { "/tag/x/feed.rss", false }, { "/blog/", false }, { "/tag/", false },
	{ "/tag", false }, { "/blog?before=1-1", false }, { "", false }, { "blog", false }, { "/nothing", false },
};

START_TEST(the_pages_that_have_languages)
{
	ck_assert_msg(page_address_has_languages(pages[_i].path) == pages[_i].languages, "%s", pages[_i].path);
}
END_TEST

/* --- finding ------------------------------------------------------------------------ */

static const struct {
	const char *path;
	int row;              /* -1: none */
	const char *prefix, *below, *first, *second;
} paths[] = {
	{ "/", 0, "", "/", NULL, NULL },
	{ "/zh", 0, "/zh", "/", NULL, NULL },
	{ "/zh/", 0, "/zh", "/", NULL, NULL },
	{ "/en/", 0, "/en", "/", NULL, NULL },
	{ "/blog", 1, "", "/blog", NULL, NULL },
	{ "/en/blog", 1, "/en", "/blog", NULL, NULL },
	{ "/blog/x", 2, "", "/blog/x", "x", NULL },
	{ "/blog/\xe4\xb8\xad\xe6\x96\x87", 2, "", "/blog/\xe4\xb8\xad\xe6\x96\x87", "\xe4\xb8\xad\xe6\x96\x87", NULL },
	{ "/blog/a.b:c", 2, "", "/blog/a.b:c", "a.b:c", NULL },
	{ "/tag/x/feed.rss", 4, "", "/tag/x/feed.rss", "x", NULL },
	{ "/zh/tag/x/feed.rss", 4, "/zh", "/tag/x/feed.rss", "x", NULL },
	{ "/a/b/c", 7, "", "/a/b/c", "a", "b" },
	/* A language stands before some addresses only, and only as a whole segment. */
	{ "/zh/blog/x", -1, NULL, NULL, NULL, NULL },
	{ "/zhblog", -1, NULL, NULL, NULL, NULL },
	{ "/english/blog", -1, NULL, NULL, NULL, NULL },
	{ "/fr/blog", -1, NULL, NULL, NULL, NULL },
	{ "/en/en/blog", -1, NULL, NULL, NULL, NULL },
	/* No segment is empty, and no address has two spellings. */
	{ "", -1, NULL, NULL, NULL, NULL },
	{ "/blog/", -1, NULL, NULL, NULL, NULL },
	{ "//blog", -1, NULL, NULL, NULL, NULL },
	{ "/blog//", -1, NULL, NULL, NULL, NULL },
	{ "/BLOG", -1, NULL, NULL, NULL, NULL },
	{ "/blo", -1, NULL, NULL, NULL, NULL },
	{ "/blogs", -1, NULL, NULL, NULL, NULL },
	{ "blog", -1, NULL, NULL, NULL, NULL },
	{ "/tag//feed.rss", -1, NULL, NULL, NULL, NULL },
	{ "/a/b/c/", -1, NULL, NULL, NULL, NULL },
	{ "/a/b/c/d", -1, NULL, NULL, NULL, NULL },
};

static struct request
asking(const char *method, const char *path)
{
	return (struct request){ .arena = arena, .method = method, .path = path, .prefix = "" };
}

START_TEST(an_address_finds_its_row)
{
	struct request req = asking(_i % 2 ? "GET" : "HEAD", paths[_i].path);
	const char *allow = NULL;
	enum status status = route_find(routes, &req, &allow);

	ck_assert_msg(status == (paths[_i].row < 0 ? NOT_FOUND : OK), "%s: %s", paths[_i].path, status_name(status));
	ck_assert_ptr_null(allow);
	if (paths[_i].row < 0)
		return;
	ck_assert_msg(req.route == &routes[paths[_i].row], "%s: %s", paths[_i].path, req.route->pattern);
	ck_assert_str_eq(req.prefix, paths[_i].prefix);
	ck_assert_str_eq(req.path, paths[_i].below);
	if (paths[_i].first != NULL)
		ck_assert_str_eq(route_text(&req, 0), paths[_i].first);
	if (paths[_i].second != NULL)
		ck_assert_str_eq(route_text(&req, 1), paths[_i].second);
}
END_TEST

static const char *const other_methods[] = { "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "FOO", "get", "GETS",
	"", "HEAD " };

START_TEST(other_methods_are_told_which_there_are)
{
	struct request req = asking(other_methods[_i], "/blog/x");
	const char *allow = NULL;

	ck_assert_int_eq(route_find(routes, &req, &allow), WRONG_METHOD);
	ck_assert_str_eq(allow, "GET, HEAD");
	ck_assert_ptr_null(req.route);
	/* What is not there has no methods either. */
	req = asking(other_methods[_i], "/nothing");
	allow = NULL;
	ck_assert_int_eq(route_find(routes, &req, &allow), NOT_FOUND);
	ck_assert_ptr_null(allow);
}
END_TEST

/* An error below /zh speaks Chinese. */
START_TEST(the_language_is_known_even_where_nothing_is_found)
{
	struct request req = asking("GET", "/zh/nothing");
	const char *allow = NULL;

	ck_assert_int_eq(route_find(routes, &req, &allow), NOT_FOUND);
	ck_assert_str_eq(req.prefix, "/zh");
	ck_assert_str_eq(req.path, "/nothing");
}
END_TEST

/* --- old addresses ------------------------------------------------------------------ */

static const struct {
	const char *path, *query, *location;
} moves[] = {
	{ "/old", NULL, "https://example.org/base/blog" },
	{ "/old", "", "https://example.org/base/blog" },
	{ "/zh/old", "page=2", "https://example.org/base/zh/blog?page=2" },
	{ "/en/label/ink", NULL, "https://example.org/base/en/tag/ink" },
	{ "/label/\xe5\xa2\xa8", NULL, "https://example.org/base/tag/%E5%A2%A8" },
	/* Whatever stands in an address begins no second header, no query and no other host. */
	{ "/label/a b?c#d%", NULL, "https://example.org/base/tag/a%20b%3Fc%23d%25" },
	{ "/old", "q=%e5%a2%a8+x&next=//evil.example/", "https://example.org/base/blog?q=%e5%a2%a8+x&next=//evil.example/" },
	{ "/old", "a\r\nSet-Cookie: b=\xc3\xa9\x7f", "https://example.org/base/blog?a%0D%0ASet-Cookie:%20b=%C3%A9%7F" },
	/* Names are found by what they are called, not by their order. */
	{ "/from/1/2/to/3", "x", "https://example.org/base/2/1/3?x" },
};

START_TEST(an_old_address_leads_to_the_new_one)
{
	static const struct conf conf = { .base_url = "https://example.org/base" };
	struct request req = asking("GET", moves[_i].path);
	const char *allow = NULL;

	req.conf = &conf;
	ck_assert_int_eq(route_find(routes, &req, &allow), OK);
	ck_assert_ptr_nonnull(req.route->moved);
	ck_assert_int_eq(route_redirect(&req, moves[_i].query), MOVED);
	ck_assert_str_eq(req.location, moves[_i].location);
	ck_assert(!req.no_store);
}
END_TEST

START_TEST(a_query_that_no_header_can_hold_is_dropped)
{
	static const struct conf conf = { .base_url = "https://example.org" };
	char query[ROUTE_QUERY_MAX + 1];
	struct request req = asking("GET", "/old");
	const char *allow = NULL;

	req.conf = &conf;
	memset(query, 'x', sizeof(query));
	query[ROUTE_QUERY_MAX - 1] = '\0';
	ck_assert_int_eq(route_find(routes, &req, &allow), OK);
	ck_assert_int_eq(route_redirect(&req, query), MOVED);
	ck_assert_uint_eq(strlen(req.location), strlen("https://example.org/blog?") + ROUTE_QUERY_MAX - 1);
	/* Three bytes each when encoded. */
	memset(query, 0x80, ROUTE_QUERY_MAX / 3 + 1);
	ck_assert_int_eq(route_redirect(&req, query), MOVED);
	ck_assert_str_eq(req.location, "https://example.org/blog");
}
END_TEST

/* A form that was open while the program was replaced is not sent on: what it does has another address now. */
START_TEST(an_old_address_takes_no_form)
{
	struct request req = asking("POST", "/old");
	const char *allow = NULL;

	ck_assert_int_eq(route_find(routes, &req, &allow), WRONG_METHOD);
	ck_assert_str_eq(allow, "GET, HEAD");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("route");
	TCase *cases = tcase_create("route");

	tcase_add_checked_fixture(cases, arena_setup, arena_teardown);
	tcase_add_loop_test(cases, refuses_an_unsafe_row, 0, sizeof(unsafe) / sizeof(*unsafe));
	tcase_add_test(cases, accepts_a_good_table);
	tcase_add_loop_test(cases, the_pages_that_have_languages, 0, sizeof(pages) / sizeof(*pages));
	tcase_add_loop_test(cases, an_address_finds_its_row, 0, sizeof(paths) / sizeof(*paths));
	tcase_add_loop_test(cases, other_methods_are_told_which_there_are, 0, sizeof(other_methods) / sizeof(*other_methods));
	tcase_add_test(cases, the_language_is_known_even_where_nothing_is_found);
	tcase_add_loop_test(cases, an_old_address_leads_to_the_new_one, 0, sizeof(moves) / sizeof(*moves));
	tcase_add_test(cases, a_query_that_no_header_can_hold_is_dropped);
	tcase_add_test(cases, an_old_address_takes_no_form);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
