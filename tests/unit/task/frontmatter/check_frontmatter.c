/* Front matter: YAML and TOML become values, and each error is reported with its line. */
#include "support/arena_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "task/frontmatter/frontmatter.h"

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static struct frontmatter front;
static struct data_node_problem problem;

static void
setup(void)
{
	arena_setup();
	ck_assert(clock_use_zone("UTC"));
	problem = (struct data_node_problem){ 0 };
}

static void
read_well(const char *text)
{
	enum status status = frontmatter_read(arena, text, &front, &problem);

	ck_assert_msg(status == OK, "line %d: %s", problem.line, data_node_problem_text(arena, &problem));
}

static void
read_badly(const char *text, int line, const char *words)
{
	const char *said;

	ck_assert_int_eq(frontmatter_read(arena, text, &front, &problem), INVALID);
	ck_assert_int_eq(problem.line, line);
	said = data_node_problem_text(arena, &problem);
	ck_assert_msg(strstr(said, words) != NULL, "\"%s\" does not say \"%s\"", said, words);
}

static const char *
value(const char *name)
{
	return frontmatter_text(&front, NAMES(name), NULL);
}

/* --- splitting ----------------------------------------------------------------- */

START_TEST(values_are_split_from_text)
{
	read_well("---\ntitle: A day\n---\n\nText\n");
	ck_assert(front.present);
	ck_assert_str_eq(value("title"), "A day");
	ck_assert_str_eq(front.body, "\nText\n");
	ck_assert_int_eq(front.body_line, 4);
	read_well("+++\ntitle = 'A day'\n+++\nText\n");
	ck_assert_str_eq(value("title"), "A day");
	ck_assert_str_eq(front.body, "Text\n");
	ck_assert_int_eq(front.body_line, 4);
	read_well("---\n...\n");
	ck_assert_uint_eq(front.values->count, 0);
	ck_assert_str_eq(front.body, "");
}
END_TEST

/* A text can begin with a horizontal rule. That is not front matter, and must not be lost. */
START_TEST(a_text_that_begins_with_a_rule_stays_whole)
{
	static const char *const texts[] = { "---\nA rule stood there.\n---\nMore\n", "---\nno end\n", "Text\n---\n", "",
		"----\nA rule\n----\n", "--- title: x\n---\n", "Words: of a man\n\n---\n", "# title: x\n\ndate: y\n", "{{< x >}}\n", "{% x %}\n",
		"{\"a\": 1}\n", "- title: x\n- date: y\n\nText\n", "<!-- title: x -->\nText\n", "<!--\nJust words\n-->\nText\n" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		read_well(texts[i]);
		ck_assert(!front.present);
		ck_assert_str_eq(front.body, texts[i]);
		ck_assert_int_eq(front.body_line, 1);
	}
}
END_TEST

static void
read_as(const char *text, const char *title, const char *draft, const char *body, int body_line)
{
	read_well(text);
	ck_assert_msg(front.present, "%s", text);
	if (title != NULL)
		ck_assert_str_eq(value("title"), title);
	if (draft != NULL)
		ck_assert_str_eq(value("draft"), draft);
	ck_assert_str_eq(front.body, body);
	ck_assert_int_eq(front.body_line, body_line);
}

START_TEST(front_matter_of_many_systems_is_read)
{
	/* Hugo: JSON, and blanks before it */
	read_as("{\n  \"title\": \"A {day} \\\"}\\\"\",\n  \"draft\": true\n}\n\nText\n", "A {day} \"}\"", "true", "\nText\n", 5);
	read_as("{\"title\":\"\\ud83d\\ude00 a\\/b\",\"draft\":false,\"tags\":[\"x\"]}\nText\n", "😀 a/b", "false", "Text\n", 2);
	read_as("\n\n ---\ntitle: x\ndraft: true\n---\nText\n", "x", "true", "Text\n", 7);
	/* Hexo: without the first fence, more dashes, ";;;" */
	read_as("title: x\ndraft: true\n---\nText\n", "x", "true", "Text\n", 4);
	read_as("title: x\ntags:\n- a\n\ndraft: true\n-----\nText\n", "x", "true", "Text\n", 7);
	read_as("-----\ntitle: x\ndraft: true\n-----\nText\n", "x", "true", "Text\n", 5);
	read_as("\"title\": \"x\",\n\"draft\": true\n;;;\nText\n", "x", "true", "Text\n", 4);
	read_as(";;;\n\"title\": \"x\",\n\"draft\": true\n;;;\nText\n", "x", "true", "Text\n", 5);
	/* Eleventy: the language is named */
	read_as("---json\n{ \"title\": \"x\", \"draft\": true }\n---\nText\n", "x", "true", "Text\n", 4);
	read_as("---toml\ntitle = 'x'\ndraft = true\n---\nText\n", "x", "true", "Text\n", 5);
	/* Pelican, MultiMarkdown, Logseq, Nikola */
	read_as("Title: My: super title\nDate: 2010-12-03 10:20\nDraft: true\nSummary: one\n    two\n\nText\n", "My: super title", "true",
		"\nText\n", 6);
	ck_assert_str_eq(value("summary"), "one two");
	read_as("title:: x\ndraft:: true\n\nText\n", "x", "true", "\nText\n", 3);
	read_as("标题：x\ndraft：true\n日期：2020-01-01\n\nText\n", NULL, "true", "\nText\n", 4);
	read_as("draft:: true\n\nText\n", NULL, "true", "\nText\n", 2);
	read_as("<!--\n.. title: x\n.. draft: true\n-->\nText\n", "x", "true", "Text\n", 5);
	read_as("title: x\ntags:\n- a\ndraft: true\n\nText\n", "x", "true", "\nText\n", 5);
}
END_TEST

/* Front matter that cannot be read may say that the text is not public. */
START_TEST(unreadable_front_matter_is_an_error)
{
	read_badly("---\ntitle: x\ndraft: true\n\nText\n", 1, "no closing line");
	read_badly("+++\ntitle = 'x'\nText\n", 1, "no closing line");
	read_badly("---\ntitle:x\ndraft:true\n---\nText\n", 1, "not a list of keys");
	read_badly("{\n  \"title\": \"x\",\n  \"draft\": true\nText\n", 1, "no closing line");
	read_badly("{\n  \"title\": \"x\",\n  \"draft\": \"a\" \"b\"\n}\nText\n", 3, "JSON parse error");
	read_badly("---js\n{ draft: true }\n---\nText\n", 1, "in an unsupported format");
	read_badly("title: x\ndraft: true\nText that goes on\n\nMore\n", 1, "looks like front matter");
	read_badly("Draft: yes\nText\n", 1, "looks like front matter");
	read_badly("<!--\n.. title: x\nwords\n-->\nText\n", 1, "looks like front matter");
	read_badly("---\ndraft：true\n---\nText\n", 1, "not a list of keys");
	read_badly("--- # here\ntitle: x\ndraft: true\n---\nText\n", 1, "looks like front matter");
	read_badly("--\ntitle: x\ndraft: true\n--\nText\n", 1, "looks like front matter");
	read_badly("\n\n---\ntitle: [\n---\n", 5, "YAML parse error");
}
END_TEST

/* --- YAML ------------------------------------------------------------------------ */

/* An escape can produce characters that the check of the file does not accept. */
START_TEST(control_characters_from_escapes_are_removed)
{
	read_well("---\ntitle: \"x\\u0008y\\u200bz\"\nsummary: \"👩\\u200d💻\"\n---\n");
	ck_assert_str_eq(value("title"), "xyz");
	ck_assert_str_eq(value("summary"), "👩\u200D💻");
	read_well("+++\ntitle = \"x\\u0008\\by\\ufffez\"\nsummary = \"👩\\u200d💻\"\n+++\n");
	ck_assert_str_eq(value("title"), "xyz");
	ck_assert_str_eq(value("summary"), "👩\u200D💻");
}
END_TEST

START_TEST(yaml_values_are_read)
{
	read_well("---\ntitle: 'It''s: here'\nsummary: >\n  one\n  two\nempty:\nnothing: ~\nquoted: \"null\"\n"
		"cover:\n  image: a.png\n  alt: 图\ntags: [a, \"b, c\"]\nnumber: 12\n---\n");
	ck_assert_str_eq(value("title"), "It's: here");
	ck_assert_str_eq(value("summary"), "one two\n");
	ck_assert_ptr_null(value("empty"));
	ck_assert_ptr_null(value("nothing"));
	ck_assert_str_eq(value("quoted"), "null");
	ck_assert_str_eq(value("cover.image"), "a.png");
	ck_assert_str_eq(value("cover.alt"), "图");
	ck_assert_str_eq(value("tags"), "a");
	ck_assert_str_eq(value("number"), "12");
	ck_assert_ptr_null(value("absent"));
	ck_assert_str_eq(frontmatter_text(&front, NAMES("absent", "empty", "number"), NULL), "12");
}
END_TEST

START_TEST(errors_name_their_line)
{
	read_badly("---\ntitle: a\nlist: [a, b\n---\n", 4, "YAML parse error");
	read_badly("---\ntitle: one: two\n---\n", 2, "YAML parse error");
	read_badly("---\ntitle: a\nslug: b\ntitle: c\n---\n", 4, "\"title\" appears twice");
	read_badly("---\na: &x 1\nb: *x\n---\n", 3, "aliases");
	read_badly("---\n? [a]\n: b\n---\n", 2, "a key must be a single word");
	read_badly("---\ntitle: \"a\\0b\"\n---\n", 2, "control character");
	read_badly("+++\na = 1\nb 2\n+++\n", 3, "key = value");
	read_badly("+++\na = 'x\n+++\n", 2, "a string does not end");
	read_badly("+++\na = 1\na = 2\n+++\n", 3, "\"a\" appears twice");
	read_badly("+++\na = [1,\n2\n+++\n", 4, "an array does not end");
	read_badly("+++\na = \"\\ud800\"\n+++\n", 2, "does not encode a character");
	read_badly("+++\na = \"\\ud800\"\n+++\n", 2, "does not encode a character");
	read_badly("+++\na = 1 2\n+++\n", 2, "more on the line");
	read_badly("+++\n[a\nb = 1\n+++\n", 2, "does not end with ]");
}
END_TEST

/* Repeated bytes must not take a second, and deep nesting must not overflow the stack. */
START_TEST(hostile_front_matter_is_refused_quickly)
{
	struct str many = str_init(arena), deep = str_init(arena), list = str_init(arena);

	str_add(&deep, "---\na: ");
	for (int i = 0; i < 60000; i++)
		str_add_char(&deep, '[');
	str_add(&deep, "\n---\n");
	ck_assert_int_eq(frontmatter_read(arena, deep.bytes, &front, &problem), INVALID);
	str_add(&list, "+++\na = ");
	for (int i = 0; i < 60000; i++)
		str_add_char(&list, '[');
	str_add(&list, "\n+++\n");
	read_badly(list.bytes, 2, "too deeply");
	str_add(&many, "---\na: [");
	for (int i = 0; i < 40000; i++)
		str_add(&many, "x,");
	str_add(&many, "]\n---\n");
	read_badly(many.bytes, 2, "too many values");
}
END_TEST

/* --- TOML ------------------------------------------------------------------------ */

START_TEST(toml_of_hugo_is_read)
{
	read_well("+++\n# a comment\ntitle = \"A \\\"day\\\" \\u4e2d\" # another\ndate = 2020-01-02T10:00:00+08:00\n"
		"other = 2020-01-02 10:00:00\ndraft = false\nweight = 10\nratio = -1.5e3\ntags = [\n  'a',\n  \"b\", # c\n]\n"
		"long = \"\"\"\none\\\n   two\nthree\"\"\"\nraw = '''\nC:\\x'''\npoint = { x = 1, y.z = \"2\" }\n"
		"\"a b\" = 1\nparams.cover = 'x.png'\n[cover]\nimage = 'y.png'\n[[resources]]\nsrc = 'one'\n[[resources]]\nsrc = 'two'\n+++\nText\n");
	ck_assert_str_eq(value("title"), "A \"day\" 中");
	ck_assert_str_eq(value("date"), "2020-01-02T10:00:00+08:00");
	ck_assert_str_eq(value("other"), "2020-01-02 10:00:00");
	ck_assert_str_eq(value("draft"), "false");
	ck_assert_str_eq(value("ratio"), "-1.5e3");
	ck_assert_uint_eq(frontmatter_node(&front, NAMES("tags"))->count, 2);
	ck_assert_str_eq(value("long"), "onetwo\nthree");
	ck_assert_str_eq(value("raw"), "C:\\x");
	ck_assert_str_eq(value("params.cover"), "x.png");
	ck_assert_str_eq(value("cover.image"), "y.png");
	ck_assert_str_eq(value("a b"), "1");
	ck_assert_uint_eq(frontmatter_node(&front, NAMES("resources"))->count, 2);
	ck_assert_str_eq(data_node_text(frontmatter_node(&front, NAMES("resources"))->items[1], "src"), "two");
	ck_assert_str_eq(data_node_text(data_node_get(frontmatter_node(&front, NAMES("point")), "y"), "z"), "2");
}
END_TEST

/* --- values ------------------------------------------------------------------------ */

START_TEST(dates_are_read_in_many_spellings)
{
	static const struct { const char *text; int64_t time; } good[] = {
		{ "2020-01-02", 1577923200 }, { "2020-1-2", 1577923200 }, { "2020/01/02", 1577923200 },
		{ "2020.1.2", 1577923200 }, { "2020-01-02 10:00:00", 1577959200 }, { "2020-01-02T10:00:00Z", 1577959200 },
		{ "2020-01-02 9:05", 1577955900 }, { "2020-01-02 10:00:00 +0800", 1577930400 },
		{ "2020-01-02T10:00:00.123+08:00", 1577930400 }, { "2020-01-02 10:00 UTC", 1577959200 }, { " 2020-01-02 ", 1577923200 },
		{ "Jan 02 2020", 1577923200 }, { "January 2, 2020", 1577923200 }, { "2 January 2020", 1577923200 }, { "jan. 2, 2020", 1577923200 },
		{ "Thu, 02 Jan 2020 10:00:00 +0000", 1577959200 }, { "Thu, 02 Jan 2020 10:00:00 GMT", 1577959200 },
		{ "January 2, 2020 3:04 PM", 1577977440 }, { "January 2, 2020 12:04 AM", 1577923440 }, { "2nd January 2020", 1577923200 },
		{ "2020年1月2日", 1577923200 }, { "2020 年 1 月 2 日 10:00", 1577959200 },
	};
	static const char *const bad[] = { "", "yesterday", "2020", "2020-13-01", "2020-02-31", "2020-01-02x", "02.01.2020",
		"2020-01/02", "2020-01-02T", "20200102", "2020-001-02", "-2020-01-02", "2020-01-02 25:00",
		"January 2020", "Smarch 2, 2020", "2 2020", "February 30, 2020", "January 2, 2020 → January 3, 2020", "January 2, 20", "2020年", "2020年1月",
		"January 2, 2020 13:04 PM", "01/02/2020" };
	int64_t time;

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		ck_assert_msg(frontmatter_date(arena, good[i].text, &time), "\"%s\"", good[i].text);
		ck_assert_msg(time == good[i].time, "\"%s\" gave %lld", good[i].text, (long long)time);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ck_assert_msg(!frontmatter_date(arena, bad[i], &time), "\"%s\"", bad[i]);
}
END_TEST

static void
check_words(const char *text, bool cut_blanks, const char *expected)
{
	struct data_node *node = data_node_new(arena, DATA_NODE_SCALAR, 1);
	struct str joined = str_init(arena);
	size_t count;
	const char **words;

	node->text = text;
	words = frontmatter_words(arena, node, cut_blanks, &count);
	for (size_t i = 0; i < count; i++)
		str_printf(&joined, "%s|", words[i]);
	ck_assert_str_eq(joined.bytes, expected);
}

START_TEST(lists_of_words_are_split)
{
	size_t count;

	check_words("a, b c ,,  d", false, "a|b c|d|");
	check_words("纸，墨、印", false, "纸|墨|印|");
	check_words("a b c", false, "a b c|");
	check_words("a b c", true, "a|b|c|");
	check_words("a b, c", true, "a b|c|");
	check_words("#a, ##b", false, "a|b|");
	check_words("", false, "");
	read_well("---\ntags: [' a ', '', b, [x], {y: z}]\n---\n");
	ck_assert_str_eq(frontmatter_words(arena, frontmatter_node(&front, NAMES("tags")), false, &count)[0], "a");
	ck_assert_uint_eq(count, 2);
	ck_assert_ptr_nonnull(frontmatter_words(arena, NULL, false, &count));
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(key_names_ignore_case_and_punctuation)
{
	ck_assert(frontmatter_same_name("publishDate", "Publish_Date"));
	ck_assert(frontmatter_same_name("publish-date", "PUBLISHDATE"));
	ck_assert(frontmatter_same_name("Public?", "public"));
	ck_assert(!frontmatter_same_name("public", "publics"));
	ck_assert(!frontmatter_same_name("", "a"));
	ck_assert(frontmatter_same_name("草稿", "草稿"));
	read_well("---\nTitle: A\npublish-Date: B\nCover:\n  Image: c\ntitle: D\n---\n");
	ck_assert_str_eq(value("title"), "D"); /* the exact spelling comes first */
	ck_assert_str_eq(value("publishdate"), "B");
	ck_assert_str_eq(value("cover.image"), "c");
}
END_TEST

START_TEST(boolean_values_are_read)
{
	bool flag = false;

	ck_assert(frontmatter_flag("true", &flag) && flag);
	ck_assert(frontmatter_flag("No", &flag) && !flag);
	ck_assert(frontmatter_flag("ON", &flag) && flag);
	ck_assert(frontmatter_flag("1", &flag) && flag);
	ck_assert(frontmatter_flag("否", &flag) && !flag);
	ck_assert(!frontmatter_flag("2", &flag));
	ck_assert(!frontmatter_flag("", &flag));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("frontmatter");
	TCase *tcase = tcase_create("frontmatter");

	tcase_add_checked_fixture(tcase, setup, arena_teardown);
	tcase_add_test(tcase, values_are_split_from_text);
	tcase_add_test(tcase, a_text_that_begins_with_a_rule_stays_whole);
	tcase_add_test(tcase, control_characters_from_escapes_are_removed);
	tcase_add_test(tcase, yaml_values_are_read);
	tcase_add_test(tcase, errors_name_their_line);
	tcase_add_test(tcase, hostile_front_matter_is_refused_quickly);
	tcase_add_test(tcase, toml_of_hugo_is_read);
	tcase_add_test(tcase, dates_are_read_in_many_spellings);
	tcase_add_test(tcase, lists_of_words_are_split);
	tcase_add_test(tcase, boolean_values_are_read);
	tcase_add_test(tcase, key_names_ignore_case_and_punctuation);
	tcase_add_test(tcase, front_matter_of_many_systems_is_read);
	tcase_add_test(tcase, unreadable_front_matter_is_an_error);
	suite_add_tcase(suite, tcase);
	return suite_run(suite);
}
