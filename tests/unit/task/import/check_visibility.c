/* Who may read a text, according to the front matter of other systems. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "task/frontmatter/frontmatter.h"
#include "task/import/visibility.h"

/* 2026-11-24 */
enum { NOW = 1795478400 };

static void
setup(void)
{
	arena_setup();
	ck_assert(clock_use_zone("UTC"));
}

/* Lines of front matter as YAML. */
static struct visibility
see_all(const char *text)
{
	struct visibility visibility = visibility_init();
	struct data_node_problem problem = { 0 };
	struct frontmatter front;

	ck_assert_msg(frontmatter_read(arena, text, &front, &problem) == OK, "%s: %s", text, problem.words == NULL ? "" : problem.words);
	visibility_read(arena, front.values, NULL, NOW, &visibility);
	return visibility;
}

static struct visibility
see(const char *lines)
{
	return see_all(arena_printf(arena, "---\ntitle: x\n%s\n---\nText\n", lines));
}

/* Each of these hides the text and gives one line of the report. */
static void
all_hidden(const char *const *lines)
{
	for (; *lines != NULL; lines++) {
		struct visibility visibility = see(*lines);
		ck_assert_msg(visibility.hidden, "\"%s\" is public", *lines);
		ck_assert_msg(visibility.note_count == 1 && visibility.notes[0].kind == VISIBILITY_HIDDEN, "\"%s\" is not reported", *lines);
		ck_assert_msg(visibility.notes[0].line >= 3, "\"%s\" is reported for line %d", *lines, visibility.notes[0].line);
	}
}

static void
all_public(const char *const *lines)
{
	for (; *lines != NULL; lines++) {
		struct visibility visibility = see(*lines);
		ck_assert_msg(!visibility.hidden && !visibility.ended && visibility.from == 0, "\"%s\" is not public", *lines);
		ck_assert_str_eq(visibility.access, "public");
		ck_assert_msg(visibility.note_count == 0, "\"%s\" is reported", *lines);
	}
}

START_TEST(texts_hidden_by_other_systems_are_hidden)
{
	all_hidden((const char *const[]){ "draft: true", "Draft: True", "DRAFT: yes", "draft: \"true\"", "draft: 1", "draft: on", "is_draft: true",
		"isDraft: true", "published: false", "Published: no", "published: 0", "publish: false", "publish: off", "public: false",
		"private: true", "isPrivate: yes", "hidden: true", "unlisted: true", "dg-publish: false", "visible: false", "headless: true",
		"eleventyExcludeFromCollections: true", "permalink: false", "render: false", "render: never", "list: false", "list: never",
		"build:\n  render: never", "_build:\n  list: never", "_build:\n  render: link", "build:\n  list: local", "_build: false",
		"build: {render: false, publishResources: true}", "sitemap: false", "sitemap:\n  exclude: true", "noindex: true",
		"robots: noindex, follow", "robots: [noindex]", "robots: none", "searchHidden: true", "hiddenInHomeList: true",
		"exclude_from_search: true", "indexing: false", "search: exclude", "nav_exclude: true", "hide: true", "archived: true",
		"params:\n  private: true", "extra:\n  hidden: true", "seo:\n  noindex: true", "encrypt: true", "protected: true",
		"status: draft", "Status: Hidden", "status: private", "status: pending", "status: trash", "post_status: private",
		"post_status: auto-draft", "status: sent", "status: [published, private]", "status: published, hidden", "state: draft",
		"stage: draft", "visibility: private", "visibility: unlisted", "visibility: password", "visibility: friends", "access: private",
		"privacy: only me", "layout: draft", "type: private", "audience: internal", "saveAsDraft: true", "email_only: true", "routable: false",
		"article: false", "in_search_index: false", "sitemap:\n  disable: true", "make_discoverable: false", "permission: owner", "草稿: true", "公开: 否", "状态: 草稿", "私密: 是",
		"可见性: 私密", "<<: {draft: true}", "eleventyComputed:\n  permalink: false", "password_protected: true", "post:\n  status: draft",
		"metadata:\n  draft: true", "type: post_draft", "type: page_draft", "post_type: revision", "allowFeed: 0", "show_in_rss: false",
		"published_at: null", "publishedAt:", "publishedAt: \"\"", "in_progress: true", "ready: no", "archive: false", "listing: hidden", NULL });
}
END_TEST

START_TEST(public_texts_stay_public)
{
	all_public((const char *const[]){ "draft: false", "draft:", "draft: ~", "draft: 0", "published: true", "published: 2020-01-02", "publish: yes",
		"private: no", "hidden: false", "unlisted: false", "status: published", "status: publish", "Status: Public", "status: done",
		"status: scheduled", "state: California", "stage: seedling", "layout: post", "type: link", "type: posts", "permalink: /a/",
		"url: /private/", "visibility: public", "visibility: everyone", "access: public", "password:", "password: \"\"", "password: false",
		"sitemap: true", "sitemap:\n  priority: 0.5", "robots: index, follow", "hide: [toc]", "hide: toc", "index: 3", "show: all", "feed: /feed.xml",
		"search: words", "list: [a, b]", "exclude: [x]", "active: blog", "build:\n  render: always", "_build:\n  list: always\n  render: true",
		"cover:\n  hidden: true", "audience: developers", "expires: never", "expiryDate:", "paid: false", "members_only: no", "tags: [draft]",
		"members: [Ann, Bob]", "ready: set", "post: 3", "allowFeed: 1", "listing: recent", "category: private", "article: yes", "login: required", "member: Ada", "permissions: [read]", "permalink: /:year/:title/", "公开: 是", "状态: 已发布", NULL });
	ck_assert(see("publish: true").chosen && see("publish: true").shown);
	ck_assert(see("draft: false").shown && !see("draft: false").chosen);
	ck_assert(!see("tags: [a]").shown);
}
END_TEST

/* An unknown value of a key that decides visibility may mean "not public". */
START_TEST(unknown_values_hide_the_text)
{
	all_hidden((const char *const[]){ "draft: maybe", "draft: [a]", "draft: {a: b}", "published: soon", "publish: tomorrow", "private: [x]",
		"status: seedling", "status: {a: b}", "status: 状态不明", "visibility: 3", "access: [secret-club]", "hidden: footer", "paid: 5",
		"members_only: sometimes", "publishDate: soon", "expiryDate: later", "unpublish: yes", "scheduled: true", "embargo: yes", NULL });
}
END_TEST

START_TEST(visibility_is_read_from_toml_json_and_plain_lines)
{
	static const char *const texts[] = { "+++\nDraft = true\n+++\n", "+++\ndraft = \"yes\"\n+++\n", "+++\n[build]\nrender = \"never\"\n+++\n",
		"+++\n[extra]\nprivate = true\n+++\n", "{\"title\": \"x\", \"draft\": true}\n", "{\"title\": \"x\", \"status\": \"private\"}\n",
		"{\"title\": \"x\", \"build\": {\"list\": \"never\"}}\n", "Title: x\nStatus: draft\n\nText\n", "title: x\npublished: false\n---\nText\n",
		"title:: x\npublic:: false\n\nText\n", "<!--\n.. title: x\n.. status: private\n-->\n" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		ck_assert_msg(see_all(texts[i]).hidden, "%s", texts[i]);
}
END_TEST

START_TEST(a_password_hides_the_text_and_is_not_reported)
{
	static const char *const lines[] = { "password: hunter2", "Password: \"hunter2\"", "post_password: hunter2", "pwd: hunter2",
		"passphrase: [hunter2]", "secret: hunter2", "params:\n  password: hunter2", "密码: hunter2", "password: no",
		"keys: [hunter2]" };

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct visibility visibility = see(lines[i]);
		ck_assert_msg(visibility.hidden, "%s", lines[i]);
		ck_assert_ptr_null(strstr(visibility.notes[0].detail, "hunter2"));
		ck_assert_ptr_nonnull(strstr(visibility.notes[0].words, "password"));
	}
}
END_TEST

START_TEST(the_strictest_named_access_is_used)
{
	static const struct { const char *line, *access; } lines[] = { { "visibility: members", "members" }, { "visibility: paid", "paid" },
		{ "visibility: tiers", "paid" }, { "access: members", "members" }, { "Access: Paid", "paid" }, { "members_only: true", "members" },
		{ "membersOnly: yes", "members" }, { "premium: true", "paid" }, { "paywall: true", "paid" }, { "visibility: [public, members]", "members" },
		{ "visibility: paid\nmembers_only: true", "paid" }, { "members_only: true\npremium: true", "paid" }, { "audience: only_paid", "paid" },
		{ "members: true", "members" }, { "阅读权限: 会员", "members" }, { "audience: only_free", "members" }, { "vip: true", "paid" } };

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct visibility visibility = see(lines[i].line);
		ck_assert_msg(!visibility.hidden, "%s", lines[i].line);
		ck_assert_msg(str_equal(visibility.access, lines[i].access), "%s is %s", lines[i].line, visibility.access);
	}
	ck_assert_uint_eq(see("access: paid").note_count, 0); /* renown's own value */
	ck_assert(!see("access: paid").is_foreign && see("visibility: paid").is_foreign);
	ck_assert_uint_eq(see("visibility: paid").note_count, 1);
}
END_TEST

START_TEST(publish_and_expiry_dates_are_read)
{
	struct visibility visibility = see("publishDate: 2030-01-01");

	ck_assert_int_eq(visibility.from, 1893456000);
	ck_assert_int_eq(visibility.notes[0].kind, VISIBILITY_LATER);
	visibility = see("publish_date: 2020-01-01\nembargo: 2029-01-01");
	ck_assert_int_eq(visibility.from, 1861920000);
	visibility = see("pubDate: 2020-01-01");
	ck_assert_int_eq(visibility.from, 1577836800);
	ck_assert_uint_eq(visibility.note_count, 0);
	visibility = see("expiryDate: 2021-01-01");
	ck_assert(visibility.ended && !visibility.hidden);
	ck_assert_int_eq(visibility.notes[0].kind, VISIBILITY_ENDED);
	visibility = see("expires: 2031-01-01");
	ck_assert(!visibility.ended && !visibility.hidden);
	ck_assert_int_eq(visibility.notes[0].kind, VISIBILITY_ENDS);
}
END_TEST

START_TEST(details_name_key_value_and_origin_on_one_line)
{
	struct visibility visibility = visibility_init();
	struct data_node_problem problem = { 0 };
	struct frontmatter front;

	ck_assert_str_eq(see("params:\n  Draft: yes").notes[0].detail, "params.Draft: yes");
	ck_assert_str_eq(see("status: |\n  two\n  lines").notes[0].detail, "status: two lines");
	ck_assert_int_eq(frontmatter_read(arena, "---\ndraft: true\n---\n", &front, &problem), OK);
	visibility_read(arena, front.values, "posts/_index.md", NOW, &visibility);
	ck_assert_str_eq(visibility.notes[0].detail, "draft: true (posts/_index.md)");
	ck_assert(visibility_knows("publish-date") && !visibility_knows("weight"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("visibility");
	TCase *tcase = tcase_create("visibility");

	tcase_add_checked_fixture(tcase, setup, arena_teardown);
	tcase_add_test(tcase, texts_hidden_by_other_systems_are_hidden);
	tcase_add_test(tcase, public_texts_stay_public);
	tcase_add_test(tcase, unknown_values_hide_the_text);
	tcase_add_test(tcase, visibility_is_read_from_toml_json_and_plain_lines);
	tcase_add_test(tcase, a_password_hides_the_text_and_is_not_reported);
	tcase_add_test(tcase, the_strictest_named_access_is_used);
	tcase_add_test(tcase, publish_and_expiry_dates_are_read);
	tcase_add_test(tcase, details_name_key_value_and_origin_on_one_line);
	suite_add_tcase(suite, tcase);
	return suite_run(suite);
}
