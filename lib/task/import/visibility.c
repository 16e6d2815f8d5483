/* Evaluates the values of keys that restrict the visibility of a text. See visibility_keys.c for the keys. */
#include "task/import/visibility_internal.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "task/frontmatter/frontmatter.h"
#include "page/lang/lang.h"

enum { DETAIL_MAX = 60, DEEPEST = 4, NOTES_MAX = 20 };

/* --- notes --------------------------------------------------------------------------- */

struct reading {
	struct arena *arena;
	const char *source;
	int64_t now;
	struct visibility *to;
	/* the current key */
	const char *prefix, *key;
	const struct data_node *node;
	const struct visibility_rule *rule;
};

void
visibility_add(struct arena *arena, struct visibility *visibility, enum visibility_kind kind, const char *said, int line,
	const char *detail)
{
	visibility->hidden = visibility->hidden || kind == VISIBILITY_HIDDEN;
	if (visibility->note_count == NOTES_MAX)
		return;
	if (visibility->notes == NULL)
		visibility->notes = arena_array(arena, NOTES_MAX, sizeof(*visibility->notes));
	visibility->notes[visibility->note_count++] =
		(struct visibility_note){ .words = said, .detail = detail, .line = line, .kind = kind };
}

static void
say(const struct reading *reading, enum visibility_kind kind, const char *said)
{
	struct arena *arena = reading->arena;
	const struct data_node *node = reading->node;
	const char *value = node->type != DATA_NODE_SCALAR ? "…" : text_collapse(arena, node->text);
	const char *detail = arena_printf(arena, "%s%s", reading->prefix, reading->key);

	if (reading->rule->meaning != LOCKS)
		detail = arena_printf(arena, "%s: %s", detail, value);
	detail = text_shorten(arena, text_clean(arena, detail, strlen(detail), TEXT_LINE), DETAIL_MAX);
	if (reading->source != NULL)
		detail = arena_printf(arena, "%s (%s)", detail, reading->source);
	visibility_add(arena, reading->to, kind, said, node->line, detail);
}

static void
hide(const struct reading *reading)
{
	say(reading, VISIBILITY_HIDDEN, N_("not public where it comes from; it became a draft"));
}

/* A strict key with an unknown value. */
static void
hide_unknown(const struct reading *reading)
{
	if (reading->rule->loose)
		return;
	say(reading, VISIBILITY_HIDDEN, N_("unknown value that may mean \"not public\"; it became a draft"));
}

static void
add_access(const struct reading *reading, enum visibility_reach reach)
{
	struct visibility *to = reading->to;

	if (reach == REACH_PAID)
		to->access = "paid";
	else if (reach == REACH_MEMBERS && !str_equal(to->access, "paid"))
		to->access = "members";
	/* "access" is this site's own key, so <!--more--> keeps its meaning. */
	if (frontmatter_same_name(reading->key, "access"))
		return;
	to->is_foreign = true;
	say(reading, VISIBILITY_ACCESS, reach == REACH_PAID ? N_("only for paying members; its access is \"paid\"")
		: N_("only for members; its access is \"members\""));
}

/* --- the meaning of values ------------------------------------------------------------- */

static void
read_word(const struct reading *reading, const char *text)
{
	enum visibility_reach reach = visibility_reach_of(reading->arena, text);

	if (reach == REACH_NOBODY)
		hide(reading);
	else if (reach == REACH_UNKNOWN)
		hide_unknown(reading);
	else if (reach == REACH_ALL)
		reading->to->shown = reading->to->shown || !reading->rule->loose;
	else if (!reading->rule->loose || reading->rule->meaning == ADMITS)
		add_access(reading, reach);
}

/* Reads one word, several words separated by commas, or a list. Each word counts. */
static void
read_words(const struct reading *reading)
{
	size_t count = 0;
	const char **all = frontmatter_words(reading->arena, reading->node, false, &count);

	if (count == 0 && (reading->node->type == DATA_NODE_MAP || reading->node->count > 0))
		hide_unknown(reading);
	for (size_t i = 0; i < count; i++)
		read_word(reading, all[i]);
}

static void
read_flag(const struct reading *reading, bool hides)
{
	enum visibility_reach reach = visibility_reach_of(reading->arena, reading->node->text);
	struct visibility *to = reading->to;
	bool flag;
	int64_t time;

	if (frontmatter_flag(str_trim(reading->arena, reading->node->text), &flag)) {
		if (flag == hides) {
			hide(reading);
			return;
		}
		to->shown = to->shown || !reading->rule->loose;
		to->chosen = to->chosen || reading->rule->meaning == CHOOSES;
	} else if (frontmatter_date(reading->arena, reading->node->text, &time)) {
		/* "published: 2020-01-02" gives a time and does not hide the text. "hidden: 2020-01-02" is unclear. */
		if (hides)
			hide_unknown(reading);
	} else if (reach == REACH_NOBODY && !(hides && reading->rule->loose)) {
		hide(reading);
	} else if (reach != REACH_ALL || hides) {
		hide_unknown(reading);
	}
}

static void
read_right(const struct reading *reading, enum visibility_reach reach)
{
	bool flag;

	if (!frontmatter_flag(str_trim(reading->arena, reading->node->text), &flag))
		hide_unknown(reading);
	else if (flag)
		add_access(reading, reach);
}

static void
read_begin(const struct reading *reading)
{
	const char *text = str_trim(reading->arena, reading->node->text);
	int64_t time;
	bool flag;

	if (frontmatter_date(reading->arena, text, &time)) {
		if (time > reading->to->from)
			reading->to->from = time;
		if (time > reading->now)
			say(reading, VISIBILITY_LATER, N_("date in the future; it is published then"));
	} else if (!frontmatter_flag(text, &flag) || flag) {
		hide_unknown(reading);
	}
}

static void
read_end(const struct reading *reading)
{
	const char *text = str_trim(reading->arena, reading->node->text);
	int64_t time;
	bool flag;

	if (frontmatter_date(reading->arena, text, &time)) {
		reading->to->ended = reading->to->ended || time <= reading->now;
		if (time <= reading->now)
			say(reading, VISIBILITY_ENDED, N_("expired; it is unpublished"));
		else
			say(reading, VISIBILITY_ENDS, N_("end date, which this site does not follow; unpublish it then, or import it again"));
	} else if (!frontmatter_same_name(text, "never") && (!frontmatter_flag(text, &flag) || flag)) {
		hide_unknown(reading);
	}
}

static void
read_lock(const struct reading *reading)
{
	const struct data_node *node = reading->node;

	/* hexo-blog-encrypt treats "" and false as "no password". */
	if (node->type == DATA_NODE_SCALAR && (*node->text == '\0' || (!node->quoted && frontmatter_same_name(node->text, "false"))))
		return;
	say(reading, VISIBILITY_HIDDEN, N_("password, which a post here cannot have; it became a draft"));
}

static void
read_robots(const struct reading *reading)
{
	size_t count;
	const char **all = frontmatter_words(reading->arena, reading->node, true, &count);

	for (size_t i = 0; i < count; i++)
		if (frontmatter_same_name(all[i], "noindex") || frontmatter_same_name(all[i], "none")) {
			hide(reading);
			return;
		}
}

/* True for a word that by itself says that a text is not public. */
static bool
is_hiding_word(struct arena *arena, const char *text)
{
	static const char *const words[] = { "draft", "drafts", "private", "hidden", "unlisted", "unpublished", "post_draft", "page_draft",
		"autodraft", "revision", "草稿", "私密", NULL };

	for (size_t i = 0; words[i] != NULL; i++)
		if (frontmatter_same_name(words[i], str_trim(arena, text)))
			return true;
	return false;
}

static void
read_kind(const struct reading *reading)
{
	if (is_hiding_word(reading->arena, reading->node->text))
		hide(reading);
}

/* --- all keys ------------------------------------------------------------------------- */

bool
visibility_knows(const char *key)
{
	return visibility_rule_of(key) != NULL;
}

static void
read_scalar(const struct reading *reading)
{
	switch (reading->rule->meaning) {
	case HIDES:
	case SHOWS:
	case CHOOSES:
		read_flag(reading, reading->rule->meaning == HIDES);
		break;
	case MEMBERS:
		read_right(reading, REACH_MEMBERS);
		break;
	case PAID:
		read_right(reading, REACH_PAID);
		break;
	case BEGINS:
	case BEGAN:
		read_begin(reading);
		break;
	case ENDS:
		read_end(reading);
		break;
	case STATES:
	case ADMITS:
		read_words(reading);
		break;
	case ROBOTS:
		read_robots(reading);
		break;
	case KINDS:
		read_kind(reading);
		break;
	case EXISTS:
	case HOLDS:
		if (strcasecmp(reading->node->text, "false") == 0)
			hide(reading);
		break;
	case LOCKS:
		read_lock(reading);
		break;
	}
}

static void read_map(struct reading *reading, const struct data_node *map, const char *prefix, int depth);

static void
read_key(struct reading *reading, int depth)
{
	const struct data_node *node = reading->node;
	const struct visibility_rule *rule = reading->rule;

	if (rule->meaning == LOCKS)
		read_lock(reading);
	else if (node->type == DATA_NODE_SCALAR && *node->text != '\0')
		read_scalar(reading);
	else if (node->type == DATA_NODE_SCALAR && rule->meaning == BEGAN)
		hide(reading);
	else if (node->type == DATA_NODE_LIST && (rule->meaning == STATES || rule->meaning == ADMITS || rule->meaning == ROBOTS))
		read_scalar(reading);
	else if (node->type == DATA_NODE_MAP && rule->loose)
		read_map(reading, node, arena_printf(reading->arena, "%s%s.", reading->prefix, reading->key), depth + 1);
	else if (node->type != DATA_NODE_SCALAR && node->count > 0)
		hide_unknown(reading);
}

static void
read_map(struct reading *reading, const struct data_node *map, const char *prefix, int depth)
{
	if (depth > DEEPEST)
		return;
	for (size_t i = 0; i < map->count; i++) {
		const struct visibility_rule *rule = visibility_rule_of(map->keys[i]);
		if (rule == NULL)
			continue;
		reading->prefix = prefix;
		reading->key = map->keys[i];
		reading->node = map->items[i];
		reading->rule = rule;
		read_key(reading, depth);
	}
}

struct visibility
visibility_init(void)
{
	return (struct visibility){ .access = "public" };
}

void
visibility_read(struct arena *arena, const struct data_node *values, const char *source, int64_t now, struct visibility *visibility)
{
	struct reading reading = { .arena = arena, .source = source, .now = now, .to = visibility };

	if (values->type == DATA_NODE_MAP)
		read_map(&reading, values, "", 0);
}

void
visibility_read_unknown(struct arena *arena, const char *key, const struct data_node *node, struct visibility *visibility)
{
	static const struct visibility_rule rule = { "", STATES, 0 };
	const struct reading reading = { .arena = arena, .to = visibility, .prefix = "", .key = key, .node = node, .rule = &rule };

	if (node->type == DATA_NODE_SCALAR && is_hiding_word(arena, node->text))
		hide_unknown(&reading);
}
