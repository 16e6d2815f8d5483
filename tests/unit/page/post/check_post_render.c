/*
 * Rendering on save: what everyone may read is made from the open part only, and addresses become those of the site.
 * The canary is a word behind the cut that no public field may contain.
 */
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "page/post/post_render.h"
#include "support/store_case.h"

#define CANARY "xylographically"

static struct arena *arena;
static struct conf conf;
static int64_t author;

static void
setup(void)
{
	store_setup();
	arena = store->arena;
	author = store_user(store, "Mo Li", "author");
	conf = (struct conf){ .base_url = "https://example.org/sub", .base_path = "/sub", .origin = "https://example.org" };
}

/* A post as an editor submits it: source and access, nothing rendered. */
static struct post_save
draft(const char *access, const char *markdown)
{
	struct post_save save = store_post(author, "first", "First post", "", "");

	save.post.access = access;
	save.post.summary = NULL;
	save.text = (struct post_text){ .markdown = markdown };
	return save;
}

static struct post_save
prepared(const char *access, const char *markdown)
{
	struct post_save save = draft(access, markdown);
	const char *problem = "";

	ck_assert_msg(post_render_prepare(arena, &conf, &save, NULL, &problem) == OK, "%s", problem);
	ck_assert_str_eq(save.text.markdown, markdown);
	ck_assert_str_eq(save.text.renderer, post_render_version(arena, &conf));
	return save;
}

static void
assert_has(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) != NULL, "no \"%s\" in: %s", part, text);
}

static void
assert_has_not(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) == NULL, "\"%s\" in: %s", part, text);
}

/* --- the parts of a text ------------------------------------------------------------- */

START_TEST(a_public_post_is_stored_once)
{
	struct post_save save = prepared("public", "The beginning.\n\n<!--more-->\n\n## A heading\n\nThe *end*.\n\n<!--paid-->\n\nReally.\n");

	assert_has(save.text.open_xhtml, "<em>end</em>");
	assert_has(save.text.open_xhtml, "Really.");
	assert_has(save.text.open_plain, "Really.");
	assert_has_not(save.text.open_xhtml, "<!--");
	ck_assert_str_eq(save.text.full_xhtml, "");
	ck_assert_str_eq(save.text.full_contents, "");
	ck_assert_str_eq(save.text.closed_plain, "");
	ck_assert_str_eq(save.text.open_contents, "2\ta-heading\tA heading\n");
	ck_assert_str_eq(save.post.generated_summary, "The beginning.");
	ck_assert_str_eq(save.post.summary, "");
	ck_assert_int_eq(save.post.reading_minutes, 1);
}
END_TEST

/* Each construct of Markdown, with the canary in it. */
static const char behind[] =
	"## Heading " CANARY "1\n\n" CANARY "2 *" CANARY "3* and [" CANARY "4](/x \"" CANARY "5\")\n\n"
	"![" CANARY "6](/media/" CANARY "7.png \"" CANARY "8\")\n\n- " CANARY "9\n- [ ] " CANARY "10\n\n"
	"| " CANARY "11 |\n|---|\n| " CANARY "12 |\n\n```" CANARY "13\n" CANARY "14\n```\n\n    " CANARY "15\n\n"
	"> " CANARY "16\n\n<b title=\"" CANARY "17\">\n\nA note.[^late] $" CANARY "18$ https://" CANARY ".example/\n\n"
	"[^late]: " CANARY "19\n\n[ref]: /" CANARY "20 \"" CANARY "21\"\n";

static void
assert_no_canary(const struct post_save *save)
{
	assert_has_not(save->text.open_xhtml, CANARY);
	assert_has_not(save->text.open_plain, CANARY);
	assert_has_not(save->text.open_contents, CANARY);
	assert_has_not(save->post.generated_summary, CANARY);
	ck_assert_str_eq(save->post.summary, "");
}

static const struct {
	const char *access, *before; /* before the closed part, with its cut */
	const char *open;            /* the open part as plain text */
	const char *summary;
} restricted[] = {
	{ "paid", "Come in.\n\n## Free\n\nRead on.\n\n<!--paid-->\n\n", "Come in.\nFree\nRead on.", "Come in." },
	{ "members", "Come in.\n\n<!--more-->\n\nRead on.\n\n<!--paid-->\n\n", "Come in.\nRead on.", "Come in." },
	{ "members", "Come in.\n\nRead on.\n\n<!--more-->\n\n", "Come in.\nRead on.", "Come in. Read on." },
	/* without an open part there is no summary */
	{ "paid", "", "", "" },
	{ "paid", "<!--paid-->\n\n", "", "" },
	{ "members", "<!--more-->\n\n", "", "" },
	{ "members", "<!--paid-->\n\nx " CANARY "\n\n<!--more-->\n\n", "", "" },
	{ "paid", "# Only a title\n\n<!--paid-->\n\n", "Only a title", "Only a title" },
	/* cuts where an author may put them by mistake */
	{ "paid", "Come in.\n<!--paid-->\n", "Come in.", "Come in." },
};

START_TEST(text_behind_the_cut_is_in_no_public_field)
{
	const char *source = arena_printf(arena, "%s%s", restricted[_i].before, behind);
	struct post_save save = prepared(restricted[_i].access, source);

	assert_no_canary(&save);
	ck_assert_str_eq(save.text.open_plain, restricted[_i].open);
	ck_assert_str_eq(save.post.generated_summary, restricted[_i].summary);
	/* Text, but no address, title or name. */
	for (int i = 1; i <= 19; i++)
		if (i != 5 && i != 13 && i != 17 && (i < 6 || i > 8))
			assert_has(save.text.closed_plain, arena_printf(arena, CANARY "%d", i));
	assert_has(save.text.full_xhtml, CANARY "5");
	assert_has(save.text.full_xhtml, CANARY "14");
	assert_has(save.text.full_contents, CANARY "1\n");
}
END_TEST

/* Authors define all notes at the end. A note belongs to the part that refers to it first. */
START_TEST(a_note_at_the_end_is_open_if_the_open_part_refers_to_it)
{
	struct post_save save = prepared("paid", "Come in.[^a]\n\n<!--paid-->\n\nMore.[^b]\n\n"
		"[^a]: A free note.\n\n[^b]: Another " CANARY ".\n\n[^c]: Never referred to " CANARY ".\n");

	assert_no_canary(&save);
	assert_has(save.text.open_xhtml, "A free note.");
	assert_has(save.text.full_xhtml, CANARY);
}
END_TEST

START_TEST(a_note_of_the_open_part_is_open)
{
	struct post_save save = prepared("paid", "Come in.[^a]\n\n[^a]: A free note.\n\n<!--paid-->\n\nMore " CANARY ".[^b]\n\n[^b]: Another " CANARY ".\n");

	assert_no_canary(&save);
	assert_has(save.text.open_xhtml, "A free note.");
	assert_has(save.text.closed_plain, "More " CANARY);
	assert_has(save.text.closed_plain, "Another " CANARY);
	assert_has_not(save.text.closed_plain, "Come in.");
}
END_TEST

START_TEST(a_restricted_post_without_text_behind_the_cut_is_stored_once)
{
	struct post_save save = prepared("paid", "All of it.\n\n<!--paid-->\n");

	assert_has(save.text.open_xhtml, "All of it.");
	ck_assert_str_eq(save.text.full_xhtml, "");
	ck_assert_str_eq(save.text.closed_plain, "");
}
END_TEST

START_TEST(the_authors_summary_is_kept)
{
	struct post_save save = draft("public", "The beginning.\n");
	const char *problem;

	save.post.summary = "In my own words.";
	ck_assert_int_eq(post_render_prepare(arena, &conf, &save, NULL, &problem), OK);
	ck_assert_str_eq(save.post.summary, "In my own words.");
	ck_assert_str_eq(save.post.generated_summary, "The beginning.");
	ck_assert_str_eq(post_summary(&save.post), "In my own words.");
	save.post.summary = " \n";
	ck_assert_int_eq(post_render_prepare(arena, &conf, &save, NULL, &problem), OK);
	ck_assert_str_eq(save.post.summary, "");
	ck_assert_str_eq(post_summary(&save.post), "The beginning.");
}
END_TEST

START_TEST(a_generated_summary_is_one_short_line)
{
	struct str source = str_init(arena);
	struct post_save save;

	for (int i = 0; i < 100; i++)
		str_printf(&source, "word%d\n", i);
	save = prepared("public", source.bytes);
	ck_assert_uint_le(text_length(save.post.generated_summary), 280);
	ck_assert_uint_ge(text_length(save.post.generated_summary), 200);
	ck_assert(str_starts(save.post.generated_summary, "word0 word1 word2 "));
	ck_assert(str_ends(save.post.generated_summary, "…"));
}
END_TEST

START_TEST(reading_minutes_count_the_whole_text)
{
	struct str source = str_init(arena);

	str_add(&source, "Come in.\n\n<!--paid-->\n\n");
	for (int i = 0; i < 2000; i++)
		str_add(&source, "字");
	ck_assert_int_eq(prepared("paid", source.bytes).post.reading_minutes, 5);
	ck_assert_int_eq(prepared("public", "").post.reading_minutes, 1);
}
END_TEST

/* --- addresses --------------------------------------------------------------------------- */

START_TEST(addresses_are_replaced_with_those_of_the_site)
{
	static const struct post_link links[] = {
		{ "z.md", "/blog/z", 0, 0, 0, "" },
		{ "../pictures/a b.png", "/media/ab/abc.png", 7, 640, 480, "" },
		{ "notes.md", "/blog/notes", 0, 0, 0, "" },
		{ "notes.md#odd", "/blog/odd", 0, 0, 0, "" },
	};
	struct post_save save = draft("public", "[a](notes.md) [b](notes.md#part) [c](notes.md#odd) [d](/blog/x) [e](//other.example/x) "
		"[f](https://other.example/) [g](#here) [h](unknown.md) [i](z.md)\n\n![p](<../pictures/a b.png>)\n");
	const char *problem;

	save.links = links;
	save.link_count = sizeof(links) / sizeof(links[0]);
	ck_assert_int_eq(post_render_prepare(arena, &conf, &save, NULL, &problem), OK);
	assert_has(save.text.open_xhtml, "href=\"/sub/blog/notes\">a<");
	assert_has(save.text.open_xhtml, "href=\"/sub/blog/notes#part\">b<");
	assert_has(save.text.open_xhtml, "href=\"/sub/blog/odd\">c<");
	assert_has(save.text.open_xhtml, "href=\"/sub/blog/x\">d<");
	assert_has(save.text.open_xhtml, "href=\"//other.example/x\"");
	assert_has(save.text.open_xhtml, "href=\"https://other.example/\"");
	assert_has(save.text.open_xhtml, "href=\"#here\"");
	assert_has(save.text.open_xhtml, "href=\"unknown.md\"");
	assert_has(save.text.open_xhtml, "href=\"/sub/blog/z\"");
	assert_has(save.text.open_xhtml, "src=\"/sub/media/ab/abc.png\"");
	assert_has(save.text.open_xhtml, "width=\"640\"");
	assert_has(save.text.open_xhtml, "height=\"480\"");
}
END_TEST

static void
count_warning(void *context, int line, const char *what)
{
	ck_assert_int_gt(line, 0);
	ck_assert_ptr_nonnull(what);
	++*(int *)context;
}

START_TEST(warnings_are_reported)
{
	struct post_save save = draft("public", "<marquee>old</marquee>\n");
	int count = 0;
	const struct post_render_warnings warnings = { count_warning, &count };
	const char *problem;

	ck_assert_int_eq(post_render_prepare(arena, &conf, &save, &warnings, &problem), OK);
	ck_assert_int_gt(count, 0);
}
END_TEST

START_TEST(a_too_large_text_is_refused_with_a_reason)
{
	char *source = arena_alloc(arena, MARKDOWN_MAX_BYTES + 2);
	struct post_save save;
	const char *problem = NULL;

	memset(source, 'x', MARKDOWN_MAX_BYTES + 1);
	save = draft("public", source);
	ck_assert_int_eq(post_render_prepare(arena, &conf, &save, NULL, &problem), TOO_LARGE);
	ck_assert_ptr_nonnull(problem);
	ck_assert_ptr_null(save.text.open_xhtml);
}
END_TEST

/* --- the database -------------------------------------------------------------------------- */

static int64_t
published(struct post_save save)
{
	const char *problem = "";
	int64_t id = 0;

	ck_assert_msg(post_render_prepare(arena, &conf, &save, NULL, &problem) == OK, "%s", problem);
	ck_assert_int_eq(db_begin_write(store->db), OK);
	ck_assert_int_eq(post_save(store->db, arena, &save, &id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	return id;
}

static struct post_text
stored(int64_t id)
{
	struct post_text text;

	ck_assert_int_eq(post_text(store->db, arena, id, &text), OK);
	return text;
}

START_TEST(a_published_post_is_stored_with_all_its_parts)
{
	static const struct post_link links[] = { { "a.md", "/blog/a", 0, 0, 0, "" } };
	struct post_save save = draft("paid", "Come [in](a.md).\n\n<!--paid-->\n\n" CANARY "\n");
	int64_t id;

	save.links = links;
	save.link_count = 1;
	id = published(save);
	assert_has(stored(id).open_xhtml, "href=\"/sub/blog/a\"");
	assert_has(stored(id).closed_plain, CANARY);
	ck_assert_str_eq(store_post_by_id(store, id).generated_summary, "Come in.");
	ck_assert_str_eq(store_post_by_id(store, id).summary, "");
}
END_TEST

START_TEST(only_texts_of_another_renderer_are_rendered_again)
{
	int64_t id = published(draft("public", "See [x](/blog/x).\n"));
	struct post before = store_post_by_id(store, id);
	bool done = true;

	ck_assert_int_eq(post_render_refresh(store->db, arena, &conf, id, false, &done), OK);
	ck_assert(!done);
	ck_assert_int_eq(post_render_refresh(store->db, arena, &conf, id, true, &done), OK);
	ck_assert(done);
	/* The site moves to the root of its host. */
	conf.base_path = "";
	ck_assert_int_eq(post_render_refresh(store->db, arena, &conf, id, false, &done), OK);
	ck_assert(done);
	assert_has(stored(id).open_xhtml, "href=\"/blog/x\"");
	ck_assert_str_eq(stored(id).renderer, post_render_version(arena, &conf));
	/* The post was not edited, so saving from an open editor must not conflict. */
	ck_assert_int_eq(store_post_by_id(store, id).revision, before.revision);
	ck_assert_str_eq(stored(id).markdown, "See [x](/blog/x).\n");
	ck_assert_int_eq(post_render_refresh(store->db, arena, &conf, 999, true, &done), NOT_FOUND);
}
END_TEST

START_TEST(stored_addresses_survive_a_refresh)
{
	static const struct post_link links[] = { { "a.md", "/blog/a", 0, 0, 0, "" } };
	struct post_save save = draft("public", "See [a](a.md).\n");
	int64_t id;
	bool done;

	save.links = links;
	save.link_count = 1;
	id = published(save);
	conf.base_path = "/elsewhere";
	ck_assert_int_eq(post_render_refresh(store->db, arena, &conf, id, false, &done), OK);
	assert_has(stored(id).open_xhtml, "href=\"/elsewhere/blog/a\"");
}
END_TEST

/* A generated summary follows the text. The author's own is never changed, not even its white space. */
START_TEST(a_refresh_keeps_the_authors_summary)
{
	struct post_save save = draft("public", "The beginning of it.\n\nMore.\n");
	int64_t made = published(save), own;
	bool done;

	save.post.slug = "second";
	save.post.summary = "In my  own words.";
	own = published(save);
	ck_assert_int_eq(post_render_refresh(store->db, arena, &conf, made, true, &done), OK);
	ck_assert_int_eq(post_render_refresh(store->db, arena, &conf, own, true, &done), OK);
	ck_assert_str_eq(store_post_by_id(store, made).generated_summary, "The beginning of it.");
	ck_assert_str_eq(store_post_by_id(store, made).summary, "");
	ck_assert_str_eq(store_post_by_id(store, own).summary, "In my  own words.");
}
END_TEST

START_TEST(the_renderer_version_changes_with_what_the_output_depends_on)
{
	const char *here = post_render_version(arena, &conf);

	ck_assert(str_starts(here, markdown_version));
	conf.base_url = "https://other.example/sub";
	ck_assert_str_eq(post_render_version(arena, &conf), here);
	conf.base_path = "";
	ck_assert_str_ne(post_render_version(arena, &conf), here);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("post_render");
	TCase *cases = tcase_create("post_render");

	tcase_add_checked_fixture(cases, setup, store_teardown);
	tcase_add_test(cases, a_public_post_is_stored_once);
	tcase_add_loop_test(cases, text_behind_the_cut_is_in_no_public_field, 0, sizeof(restricted) / sizeof(restricted[0]));
	tcase_add_test(cases, a_note_at_the_end_is_open_if_the_open_part_refers_to_it);
	tcase_add_test(cases, a_note_of_the_open_part_is_open);
	tcase_add_test(cases, a_restricted_post_without_text_behind_the_cut_is_stored_once);
	tcase_add_test(cases, the_authors_summary_is_kept);
	tcase_add_test(cases, a_generated_summary_is_one_short_line);
	tcase_add_test(cases, reading_minutes_count_the_whole_text);
	tcase_add_test(cases, addresses_are_replaced_with_those_of_the_site);
	tcase_add_test(cases, warnings_are_reported);
	tcase_add_test(cases, a_too_large_text_is_refused_with_a_reason);
	tcase_add_test(cases, a_published_post_is_stored_with_all_its_parts);
	tcase_add_test(cases, only_texts_of_another_renderer_are_rendered_again);
	tcase_add_test(cases, stored_addresses_survive_a_refresh);
	tcase_add_test(cases, a_refresh_keeps_the_authors_summary);
	tcase_add_test(cases, the_renderer_version_changes_with_what_the_output_depends_on);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
