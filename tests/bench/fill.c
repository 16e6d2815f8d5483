/*
 * Fills a site's database with generated posts for the benchmark, with the
 * function that an import uses:
 *
 *     fill SITE COUNT [BYTES]
 *
 * All numbers come from a fixed sequence, so two runs make the same site.
 * Posts alternate between Chinese and English, over twenty years; each has three of
 * 200 tags. The word 墨香 is in ten posts, 印泥 in 1,000, 纸张 in nine of ten.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/conf.h"
#include "core/log.h"
#include "core/str.h"
#include "core/text.h"
#include "core/token.h"
#include "page/post/post_render.h"
#include "store/user/user.h"

enum { BATCH = 500, TAGS = 200, YEARS = 20 };

static const char *const english[] = { "paper", "ink", "seal", "carving", "river", "morning", "the", "a", "of",
	"and", "slowly", "teacher", "brush", "stone", "learned", "reading", "letter", "winter", "window", "hand",
	"quiet", "old", "workshop", "page", "line", "binding", "thread", "colour", "light", "dust", "was", "had",
	"remembered", "careful", "margin", "shelf", "visitor", "question", "answer", "year" };
static const char *const chinese[] = { "纸", "墨", "印章", "篆刻", "河水", "早晨", "老师", "毛笔", "石头", "学会",
	"阅读", "书信", "冬天", "窗户", "手艺", "安静", "旧时", "作坊", "书页", "线条", "装订", "丝线", "颜色", "光线",
	"灰尘", "记得", "仔细", "页边", "书架", "来客", "问题", "回答", "年份", "我们", "他们", "因为", "所以", "慢慢" };

static uint64_t state = 88172645463325252u;

static size_t
next(size_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (size_t)(state % below);
}

static void
add_sentence(struct str *text, bool zh)
{
	size_t words = 6 + next(12);

	for (size_t i = 0; i < words; i++) {
		if (zh)
			str_add(text, chinese[next(sizeof(chinese) / sizeof(*chinese))]);
		else
			str_printf(text, "%s%s", i == 0 ? "" : " ", english[next(sizeof(english) / sizeof(*english))]);
	}
	str_add(text, zh ? "。" : ". ");
}

static char *
make_body(struct arena *arena, size_t number, size_t bytes, bool zh)
{
	struct str text = str_init(arena);
	size_t paragraph = 0;

	while (text.length < bytes) {
		if (paragraph % 6 == 5)
			str_printf(&text, "## %s %zu\n\n", zh ? "小节" : "Section", paragraph / 6 + 1);
		for (size_t i = 0; i < 4 && text.length < bytes; i++)
			add_sentence(&text, zh);
		if (paragraph % 4 == 3)
			str_add(&text, zh ? "**要点**见[此处](https://example.org/a)。" : "*Note* the [source](https://example.org/a).");
		str_add(&text, "\n\n");
		paragraph++;
	}
	if (number % 10000 == 5)
		str_add(&text, "墨香\n");
	if (number % 100 == 7)
		str_add(&text, "印泥\n");
	if (number % 10 != 3)
		str_add(&text, "纸张\n");
	return text.bytes;
}

static enum status
add_post(struct db *db, struct arena *arena, const struct conf *conf, int64_t author, size_t number, size_t total,
	size_t bytes)
{
	bool zh = number % 2 == 0;
	int64_t now = clock_now(), span = (int64_t)YEARS * 365 * 86400;
	/* A call for one post makes the newest post of the site, which the benchmark reads. */
	int64_t published = total == 1 ? now - 60
		: now - span + (int64_t)((double)span * ((double)number + 1) / ((double)total + 1));
	const char *tags[3], *problem;
	struct post_save save = { .tags = tags, .tag_count = 3, .reason = "fill" };
	int64_t id;

	for (size_t i = 0; i < 3; i++)
		tags[i] = arena_printf(arena, "topic %zu", (number * 7 + i * 61) % TAGS);
	save.post = (struct post){ .slug = arena_printf(arena, "post-%zu", number), .kind = "article",
		.state = "published", .access = "public", .lang = zh ? "zh" : "en", .author_id = author,
		.title = arena_printf(arena, zh ? "第 %zu 篇：关于%s与%s" : "No. %zu: on %s and %s", number,
			zh ? chinese[next(30)] : english[next(30)], zh ? chinese[next(30)] : english[next(30)]),
		.published = published, .updated = published, .created = published };
	save.text.markdown = make_body(arena, number, bytes, zh);
	TRY(post_render_prepare(arena, conf, &save, NULL, &problem));
	return post_save(db, arena, &save, &id);
}

static enum status
fill(struct db *db, const struct conf *conf, size_t count, size_t bytes)
{
	struct arena *arena = arena_new();
	struct user owner;

	TRY(user_owner(db, arena, &owner));
	for (size_t number = 0; number < count; number++) {
		struct arena *one = arena_new();
		if (number % BATCH == 0)
			TRY(db_begin_write(db));
		TRY(add_post(db, one, conf, owner.id, number, count, bytes));
		if (number % BATCH == BATCH - 1 || number + 1 == count)
			TRY(db_commit(db));
		arena_free(one);
	}
	arena_free(arena);
	return OK;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	const char *problem = "";
	struct conf conf;
	struct db *db;
	int64_t began;
	size_t count;

	if (argc < 3) {
		(void)fprintf(stderr, "usage: fill SITE COUNT [BYTES]\n");
		return 2;
	}
	token_init();
	log_open("fill", LOG_WARNING);
	count = strtoul(argv[2], NULL, 10);
	if (conf_read(arena, conf_find_site(arena, argv[1]), &conf, &problem) != OK ||
		db_open(conf.store, DB_TOOL, &db, &problem) != OK) {
		(void)fprintf(stderr, "fill: %s\n", problem);
		return 1;
	}
	began = clock_micros();
	if (fill(db, &conf, count, argc > 3 ? strtoul(argv[3], NULL, 10) : 600) != OK) {
		(void)fprintf(stderr, "fill: failed, see above\n");
		return 1;
	}
	(void)printf("%zu posts in %.1f s\n", count, (double)(clock_micros() - began) / 1e6);
	db_close(db);
	arena_free(arena);
	return 0;
}
