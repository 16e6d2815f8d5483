/*
 * Texts that are made to be expensive: each is rendered or refused within one second of processor time and 64 MiB of
 * memory, for the text, everything made of it and the process itself. cmark-gfm alone needs more than 20 s for several
 * of these (a megabyte of "a <!A ", one line of dashes below a megabyte of lines) and hundreds of megabytes for most.
 */
#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/str.h"
#include "page/markdown/markdown.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* A sanitizer's own memory and checks are not part of the measurement. */
enum { MEBIBYTES_MAX = SANITIZED ? 1024 : 64, MILLISECONDS_MAX = SANITIZED ? 6000 : 1000 };

/* All of them take a minute. Where that is too long, only one in EVERY runs. */
enum { EVERY = 4 };

/*
 * head, then unit repeated, then middle, then last repeated up to 1 MiB. times is how often unit is repeated; with 0,
 * as often as fits. \1 in a unit is the number of the repetition, from 0, and \2 the next one.
 */
struct sample {
	const char *name, *head, *unit, *middle, *last;
	int times; /* 0: as often as fits */
};

static const struct sample samples[] = {
	/* brackets, links, images */
	{ "opening brackets", "", "[", "", "", 0 },
	{ "closing brackets", "", "]", "", "", 0 },
	{ "bracket pairs", "", "[a]", "", "", 0 },
	{ "nested brackets", "", "[", "a", "]", 0 },
	{ "nested links", "", "[a", "", "](b)", 0 },
	{ "image openers around links", "", "![[]()", "", "", 0 },
	{ "image openers", "", "![", "", "", 0 },
	{ "nested images", "", "![", "a", "](b)", 0 },
	{ "links without end", "", "[a](", "", "", 0 },
	{ "links with angle brackets without end", "", "[a](<", "", "", 0 },
	{ "links with titles without end", "", "[a](b \"", "", "", 0 },
	{ "links with parentheses without end", "", "[a](((", "", "", 0 },
	{ "links", "", "[a](b)", "", "", 0 },
	{ "images", "", "![a](b)", "", "", 0 },
	{ "figures", "", "![a](b \"c\")\n\n", "", "", 0 },
	{ "links in emphasis", "", "*[a](b)*", "", "", 0 },
	{ "emphasis in links", "", "[*a*](b)", "", "", 0 },
	/* emphasis */
	{ "stars", "", "*", "", "", 0 },
	{ "star and letter", "", "a*", "", "", 0 },
	{ "stars that open", "", "*a ", "", "", 0 },
	{ "stars and underscores that open", "", "*a _a ", "", "", 0 },
	{ "two lengths that open", "", "**a *a ", "", "", 0 },
	{ "lengths that never match", "", "a***a **b*c", "", "", 0 },
	{ "underscores", "", "_a__", "", "", 0 },
	{ "nested emphasis", "", "*a ", "a", " a*", 0 },
	{ "nested strikethrough", "", "~~a ", "a", " a~~", 0 },
	{ "three marks", "", "*~~_", "", "", 0 },
	{ "tildes", "", "~~a~ ", "", "", 0 },
	{ "Chinese emphasis", "", "中*文", "", "", 0 },
	{ "Chinese bold", "", "**中：**文", "", "", 0 },
	/* code */
	{ "backticks", "", "`", "", "", 0 },
	{ "backticks and spaces", "", "` ", "", "", 0 },
	{ "code spans", "", "`a`", "", "", 0 },
	{ "fences", "", "```\n", "", "", 0 },
	{ "fences in quotations", "", "> ```\n", "", "", 0 },
	{ "a fence without end", "```", "a\n", "", "", 0 },
	{ "a long word behind a fence", "``` ", "a", "", "", 0 },
	/* blocks */
	{ "quotations in one line", "", ">", "", "", 0 },
	{ "quotations and lists in one line", "", ">- ", "", "", 0 },
	{ "lists in one line", "", "* ", "", "", 0 },
	{ "numbered lists in one line", "", "1. ", "", "", 0 },
	{ "lists and quotations in many lines", "", ">- >- >- >- >- >- >- >- a\n", "", "", 0 },
	{ "deep quotation, then lines", "", ">", "a\n", "a\n", 5000 },
	{ "deep quotation, then empty ones", "", ">", "a\n", ">\n", 50000 },
	{ "deep lists, then blank lines", "* * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * a\n", "\n", "", "", 0 },
	{ "lists, then many lines", "", "* ", "a\n", "\n\n\n\n\n\n\n\n\n\n", 500 },
	{ "deep quotations in many lines", "", ">>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>a\n", "", "", 0 },
	{ "lazy quotations", "", "> a\na\n", "", "", 0 },
	{ "list items", "", "- a\n", "", "", 0 },
	{ "loose list items", "", "- a\n\n", "", "", 0 },
	{ "empty list items", "", "-\n", "", "", 0 },
	{ "tasks", "", "- [ ] a\n", "", "", 0 },
	{ "numbered items", "", "123456789. a\n", "", "", 0 },
	{ "one item of many lines", "- a\n", "  a\n", "", "", 0 },
	{ "paragraphs", "", "a\n\n", "", "", 0 },
	{ "lines", "", "a\n", "", "", 0 },
	{ "Chinese lines", "", "中\n", "", "", 0 },
	{ "hard breaks", "", "a  \n", "", "", 0 },
	{ "backslash breaks", "", "\\\n", "", "", 0 },
	{ "headings", "", "# a\n", "", "", 0 },
	{ "headings in order", "", "# a\n\n### b\n\n", "", "", 0 },
	{ "headings with numbers", "", "# a-\2\n\n# a\n\n", "", "", 0 },
	{ "underlined headings", "", "a\n=\n", "", "", 0 },
	{ "equals signs", "", "=\n", "", "", 0 },
	{ "rules", "", "---\n", "", "", 0 },
	{ "closing marks of a heading", "# a", " #", "", "", 0 },
	{ "indented code", "    a\n", "    \n", "", "", 0 },
	{ "tabs and quotations", "", ">\t", "", "", 0 },
	{ "blank lines", "", "\n", "", "", 0 },
	{ "spaces", "", " ", "", "", 0 },
	{ "one word", "", "a", "", "", 0 },
	{ "one Chinese word", "", "中", "", "", 0 },
	/* HTML */
	{ "less-than signs", "", "<", "", "", 0 },
	{ "declarations without end", "", "a <!A ", "", "", 0 },
	{ "CDATA without end", "", "a <![CDATA[", "", "", 0 },
	{ "processing instructions without end", "", "a <?", "", "", 0 },
	{ "comments without end", "", "a <!--", "", "", 0 },
	{ "comments", "", "<!-- a -->\n", "", "", 0 },
	{ "tags without end", "", "<a ", "", "", 0 },
	{ "attributes without end", "a <a", " b", "", "", 0 },
	{ "values without end", "", "a <a b=\"", "", "", 0 },
	{ "tags", "", "<a>", "", "", 0 },
	{ "tags that survive", "", "<kbd>a</kbd>", "", "", 0 },
	{ "tags that open", "", "<sub><sup>", "", "", 0 },
	{ "tags that close", "", "</kbd>", "", "", 0 },
	{ "a block of HTML", "<div>", "a b\n", "", "", 0 },
	{ "markers", "", "<!--more-->\n\n", "", "", 0 },
	{ "autolinks without end", "", "<a@", "", "", 0 },
	/* characters */
	{ "ampersands", "", "&", "", "", 0 },
	{ "character references", "", "&amp;", "", "", 0 },
	{ "combining marks", "", "&#769;&#790;", "", "", 0 },
	{ "backslashes", "", "\\*", "", "", 0 },
	{ "exclamation marks", "", "!", "", "", 0 },
	{ "quotation marks", "", "\"", "", "", 0 },
	/* references */
	{ "definitions", "", "[\1]: b\n", "", "", 0 },
	{ "the same definition", "", "[a]: b\n", "", "", 0 },
	{ "references to many definitions", "", "[\1]: b\n", "\n", "[\1]", 0 },
	{ "a long address, used often", "[a]: /", "u", "\n\n", "[a] ", 262144 },
	{ "a longer address, used sometimes", "[a]: javascript:", "u", "\n\n[a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a]", " ", 900000 },
	{ "long labels", "", "[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\1]: b\n", "", "", 0 },
	/* notes */
	{ "references to notes", "", "[^\1]", "", "", 0 },
	{ "notes", "", "[^\1]: a\n", "", "", 0 },
	{ "the same note", "[^1]: a\n\n", "[^1] ", "", "", 0 },
	{ "notes in a chain", "", "[^\1]: [^\2]\n\n", "", "", 0 },
	{ "a chain that begins in the text", "[^0]\n\n", "[^\1]: [^\2]\n\n", "", "", 0 },
	{ "notes that name themselves", "", "[^\1]: [^\1]\n", "", "", 0 },
	{ "notes in notes", "", "[^a\1]: ", "", "", 0 },
	{ "text and notes", "", "a[^\1]\n\n[^\1]: b\n\n", "", "", 0 },
	/* tables */
	{ "a wide table", "", "|x", "\n", "|-", 0 },
	{ "rows of dashes", "", "|-|\n", "", "", 0 },
	{ "a row of dashes below many lines", "", "a\n", "|-|\n", "", 500000 },
	{ "rows of dashes among lines", "", "a\n-|-\n", "", "", 0 },
	{ "dashes with colons among lines", "", "a\n:-\n", "", "", 0 },
	{ "lines with pipes", "", "a|b\n", "-|-\n", "a|b\n", 0 },
	{ "pipes in a row", "", "|", "\n|-|\n", "", 500000 },
	{ "escaped pipes", "", "\\|", "\n", "-|", 0 },
	{ "short rows", "|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a\n"
		"|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-\n", "|\n", "", "", 0 },
	{ "tables", "", "|a|b\n|-|-\n|c\n\n", "", "", 0 },
	/* extensions of renown */
	{ "dollars", "", "$", "", "", 0 },
	{ "formulas", "", "$a$ ", "", "", 0 },
	{ "formulas in a quotation", "", ">", "", "$a$ ", 500000 },
	{ "formulas in a row", "|", "$a$|", "", "", 0 },
	{ "formulas that open", "", "$a ", "", "", 0 },
	{ "displays that open", "", "$$a", "", "", 0 },
	{ "round formulas that open", "", "\\(a", "", "", 0 },
	{ "square formulas that open", "", "\\\\[ ", "", "", 0 },
	{ "addresses", "", "http://a ", "", "", 0 },
	{ "starts of addresses", "", "http://", "", "", 0 },
	{ "addresses with parentheses", "", "http://a(", "", "", 0 },
	{ "an address with parentheses", "http://a", "(", "", ")", 0 },
	{ "h", "", "h", "", "", 0 },
};

static void
add_unit(struct str *text, const char *unit, int number)
{
	for (; *unit != '\0'; unit++) {
		if (*unit == '\1' || *unit == '\2')
			str_printf(text, "%d", number + (*unit == '\2'));
		else
			str_add_char(text, *unit);
	}
}

/* The whole text; cut at 1 MiB, which may be inside a unit but not inside a character. */
static char *
build(struct arena *arena, const struct sample *sample)
{
	struct str text = str_init(arena);
	bool both = *sample->last != '\0';
	size_t half = sample->times == 0 && both ? MARKDOWN_MAX_BYTES / 2 : MARKDOWN_MAX_BYTES;
	int count = 0;

	str_add(&text, sample->head);
	while (text.length < half && (sample->times == 0 || count < sample->times))
		add_unit(&text, sample->unit, count++);
	str_add(&text, sample->middle);
	for (int i = 0; both && text.length < MARKDOWN_MAX_BYTES; i++)
		add_unit(&text, sample->last, i);
	if (text.length > MARKDOWN_MAX_BYTES) {
		text.length = MARKDOWN_MAX_BYTES;
		while (((unsigned char)text.bytes[text.length] & 0xC0) == 0x80)
			text.length--;
		text.bytes[text.length] = '\0';
	}
	return text.bytes;
}

/* Runs in its own process, with the steps of publishing a text. */
static void
render_and_exit(const struct sample *sample)
{
	struct rlimit processor = { 20, 20 }, memory = { 512 * 1024 * 1024, 512 * 1024 * 1024 };
	struct arena *arena = arena_new();
	char *text = build(arena, sample);
	struct markdown *markdown;
	const char *problem = NULL;
	enum status status;

	(void)setrlimit(RLIMIT_CPU, &processor);
	if (!SANITIZED)
		(void)setrlimit(RLIMIT_AS, &memory);
	status = markdown_render(arena, text, MARKDOWN_ARTICLE, "", NULL, &markdown, &problem);
	if (status == OK)
		(void)fragment_write(arena, markdown->full);
	else if (status != TOO_LARGE || problem == NULL)
		_exit(3);
	_exit(status == OK ? 0 : 1);
}

START_TEST(an_expensive_text_stays_within_the_limits)
{
	const struct sample *sample = &samples[_i];
	struct rusage used = { 0 };
	int status = 0;
	long milliseconds;
	pid_t child;

	if ((SANITIZED || getenv("RENOWN_QUICK") != NULL) && _i % EVERY != 0)
		return;
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0)
		render_and_exit(sample);
	ck_assert_int_eq(wait4(child, &status, 0, &used), child);
	milliseconds = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000
		+ (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
	if (getenv("RENOWN_SHOW_LIMITS") != NULL)
		printf("%-40s %5ld ms %4ld MiB %s\n", sample->name, milliseconds, used.ru_maxrss / 1024,
			WIFEXITED(status) && WEXITSTATUS(status) == 0 ? "rendered" : "refused");
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) <= 1, "%s ended with %d", sample->name, status);
	ck_assert_msg(milliseconds <= MILLISECONDS_MAX, "%s took %ld ms", sample->name, milliseconds);
	ck_assert_msg(used.ru_maxrss / 1024 <= MEBIBYTES_MAX, "%s took %ld MiB", sample->name, used.ru_maxrss / 1024);
}
END_TEST

/* A long ordinary text must be accepted. */
START_TEST(a_mebibyte_of_prose_is_rendered)
{
	static const char *const paragraph =
		"## A heading with `code`\n\nSome **words** that say what is to be said, with [a link](https://example.org/) and a note.[^1]\n"
		"中文的句子，**加粗：**后面还有字，公式$x_1$也在。\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
		"And then a longer paragraph, as people write them who have something to tell and the time for it; it\n"
		"runs over several lines and holds nothing but words, because most of what is written is words, and no\n"
		"amount of markup makes up for a lack of them. So it goes on, and on, to the end of its last line.\n\n";
	struct arena *arena = arena_new();
	struct str text = str_init(arena);
	struct markdown *markdown;
	const char *problem = "";

	while (text.length + strlen(paragraph) < MARKDOWN_MAX_BYTES / (SANITIZED ? 8 : 1) - 20)
		str_add(&text, paragraph);
	str_add(&text, "\n[^1]: A note.\n");
	ck_assert_msg(markdown_render(arena, text.bytes, MARKDOWN_ARTICLE, "", NULL, &markdown, &problem) == OK, "%s", problem);
	arena_free(arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("markdown_limits");
	TCase *tests = tcase_create("markdown_limits");

	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, an_expensive_text_stays_within_the_limits, 0, (int)(sizeof(samples) / sizeof(samples[0])));
	tcase_add_test(tests, a_mebibyte_of_prose_is_rendered);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
