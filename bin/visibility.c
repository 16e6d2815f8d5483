/* The table of all keys that say who may see a text, and what their values mean. */
#include "visibility.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "frontmatter.h"
#include "page/lang.h"

enum { DETAIL_MOST = 60, DEEPEST = 4, NOTES_MOST = 20 };

enum meaning {
	HIDES = 1, /* true: not public */
	SHOWS,     /* false: not public */
	CHOOSES,   /* the same; and true is what its system asks for before it shows anything */
	STATES,    /* a word: draft, published, scheduled … */
	ADMITS,    /* a word or a list of words: public, members, paid, private … */
	MEMBERS,   /* true: for members */
	PAID,      /* true: for those who pay */
	LOCKS,     /* any value: not public, and the value is a secret */
	BEGINS,    /* a time: not public before */
	ENDS,      /* a time: not public after */
	ROBOTS,    /* words for search engines */
	KINDS,     /* what the post is: a draft, or something else that says nothing about it */
	EXISTS,    /* its address, or false */
	HOLDS,     /* a map with such keys */
};

/*
 * Names are compared by front_same_name(). LOOSE: the key has other uses as well, so only a value that clearly says "not public" counts.
 * Where lists are left (sitemap, feed, search): it was reachable, but nobody was told of it; here a public post is told of to everybody.
 */
enum { STRICT, LOOSE };

static const struct rule {
	const char *key;
	enum meaning meaning;
	int loose;
} rules[] = {
	/* Hugo, Jekyll, Hexo, Zola, Astro, Docusaurus, Eleventy, Gatsby, Bear, Logseq, Obsidian, Notion, Metalsmith */
	{ "draft", HIDES, STRICT }, { "isdraft", HIDES, STRICT }, { "private", HIDES, STRICT }, { "isprivate", HIDES, STRICT },
	{ "hidden", HIDES, STRICT }, { "ishidden", HIDES, STRICT }, { "unlisted", HIDES, STRICT }, { "unpublished", HIDES, STRICT },
	{ "nopublish", HIDES, STRICT }, { "donotpublish", HIDES, STRICT }, { "encrypted", HIDES, STRICT }, { "encrypt", HIDES, STRICT },
	{ "protected", HIDES, STRICT }, { "protect", HIDES, STRICT }, { "restricted", HIDES, STRICT }, { "deleted", HIDES, STRICT },
	{ "trashed", HIDES, STRICT }, { "headless", HIDES, STRICT }, { "internal", HIDES, LOOSE }, { "confidential", HIDES, STRICT },
	{ "saveasdraft", HIDES, STRICT }, { "delisted", HIDES, STRICT }, { "emailonly", HIDES, STRICT }, { "locked", HIDES, LOOSE },
	{ "disable", HIDES, LOOSE }, { "eleventyexcludefromcollections", HIDES, STRICT }, { "archived", HIDES, LOOSE }, { "expired", HIDES, LOOSE },
	{ "disabled", HIDES, LOOSE }, { "wip", HIDES, LOOSE }, { "hide", HIDES, LOOSE }, { "exclude", HIDES, LOOSE },
	{ "excluded", HIDES, LOOSE }, { "ignore", HIDES, LOOSE }, { "ignored", HIDES, LOOSE },
	{ "publish", CHOOSES, STRICT }, { "dgpublish", CHOOSES, STRICT }, { "public", CHOOSES, STRICT }, { "ispublic", CHOOSES, STRICT },
	{ "published", SHOWS, STRICT }, { "ispublished", SHOWS, STRICT }, { "routable", SHOWS, STRICT }, { "visible", SHOWS, STRICT }, { "isvisible", SHOWS, STRICT },
	{ "live", SHOWS, LOOSE }, { "enabled", SHOWS, LOOSE }, { "active", SHOWS, LOOSE }, { "show", SHOWS, LOOSE },
	{ "display", SHOWS, LOOSE }, { "render", SHOWS, LOOSE }, { "permalink", EXISTS, LOOSE }, { "url", EXISTS, LOOSE },
	{ "article", EXISTS, LOOSE }, { "timeline", EXISTS, LOOSE }, { "navigation", EXISTS, LOOSE },
	/* left out of lists, feeds, search and search engines */
	{ "noindex", HIDES, LOOSE }, { "nofeed", HIDES, LOOSE }, { "norss", HIDES, LOOSE }, { "nosearch", HIDES, LOOSE },
	{ "nositemap", HIDES, LOOSE }, { "robotsnoindex", HIDES, LOOSE }, { "searchhidden", HIDES, LOOSE },
	{ "hiddeninhomelist", HIDES, LOOSE }, { "hiddeninlist", HIDES, LOOSE }, { "hiddenfromlist", HIDES, LOOSE },
	{ "hiddeninrss", HIDES, LOOSE }, { "hiddenfromhomepage", HIDES, LOOSE }, { "hiddenfromsearch", HIDES, LOOSE },
	{ "hiddenfromfeed", HIDES, LOOSE }, { "hiddenfromrss", HIDES, LOOSE }, { "hiddenfromsitemap", HIDES, LOOSE },
	{ "hidefromhome", HIDES, LOOSE }, { "hidefromlist", HIDES, LOOSE }, { "hidefromsearch", HIDES, LOOSE },
	{ "hidefromfeed", HIDES, LOOSE }, { "hidefromindex", HIDES, LOOSE }, { "excludefromcollections", HIDES, LOOSE },
	{ "excludefromsearch", HIDES, LOOSE }, { "excludefromfeed", HIDES, LOOSE }, { "excludefromrss", HIDES, LOOSE },
	{ "excludefromindex", HIDES, LOOSE }, { "excludefromlist", HIDES, LOOSE }, { "excludefromsitemap", HIDES, LOOSE },
	{ "sitemapexclude", HIDES, LOOSE }, { "sitemapignore", HIDES, LOOSE }, { "searchexclude", HIDES, LOOSE },
	{ "navexclude", HIDES, LOOSE }, { "unindexed", HIDES, LOOSE },
	{ "listed", SHOWS, LOOSE }, { "list", SHOWS, LOOSE }, { "index", SHOWS, LOOSE }, { "indexing", SHOWS, LOOSE },
	{ "indexable", SHOWS, LOOSE }, { "search", SHOWS, LOOSE }, { "searchable", SHOWS, LOOSE }, { "feed", SHOWS, LOOSE },
	{ "rss", SHOWS, LOOSE }, { "showinlist", SHOWS, LOOSE }, { "showinfeed", SHOWS, LOOSE }, { "showonhome", SHOWS, LOOSE },
	{ "showinindex", SHOWS, LOOSE }, { "showinsearch", SHOWS, LOOSE }, { "sitemap", SHOWS, LOOSE }, { "robots", ROBOTS, LOOSE },
	{ "metarobots", ROBOTS, LOOSE }, { "robotsmeta", ROBOTS, LOOSE }, { "googlebot", ROBOTS, LOOSE },
	{ "insearchindex", SHOWS, LOOSE }, { "discoverable", SHOWS, LOOSE }, { "makediscoverable", SHOWS, LOOSE },
	/* a word: Pelican, Nikola, Ghost, and what converters from WordPress and Typecho write */
	{ "status", STATES, STRICT }, { "poststatus", STATES, STRICT }, { "publishstatus", STATES, STRICT },
	{ "publishingstatus", STATES, STRICT }, { "publicationstatus", STATES, STRICT }, { "pagestatus", STATES, STRICT },
	{ "articlestatus", STATES, STRICT }, { "contentstatus", STATES, STRICT }, { "state", STATES, LOOSE }, { "stage", STATES, LOOSE },
	{ "layout", KINDS, LOOSE }, { "type", KINDS, LOOSE }, { "posttype", KINDS, LOOSE }, { "template", KINDS, LOOSE },
	/* who may read it */
	{ "access", ADMITS, STRICT }, { "visibility", ADMITS, STRICT }, { "postvisibility", ADMITS, STRICT },
	{ "accesslevel", ADMITS, STRICT }, { "accesscontrol", ADMITS, STRICT }, { "contentaccess", ADMITS, STRICT },
	{ "restrictedto", ADMITS, STRICT }, { "visibleto", ADMITS, STRICT }, { "audience", ADMITS, LOOSE }, { "privacy", ADMITS, STRICT },
	{ "membersonly", MEMBERS, STRICT }, { "memberonly", MEMBERS, STRICT }, { "formembers", MEMBERS, STRICT },
	{ "requirelogin", MEMBERS, STRICT }, { "requireslogin", MEMBERS, STRICT }, { "loginrequired", MEMBERS, STRICT },
	{ "needlogin", MEMBERS, STRICT }, { "requireauth", MEMBERS, STRICT }, { "requiresauth", MEMBERS, STRICT },
	{ "authrequired", MEMBERS, STRICT }, { "login", MEMBERS, LOOSE }, { "member", MEMBERS, LOOSE }, { "vip", PAID, LOOSE },
	{ "permission", ADMITS, LOOSE }, { "permissions", ADMITS, LOOSE }, { "readpermission", ADMITS, LOOSE }, { "registeredonly", MEMBERS, STRICT }, { "paid", PAID, STRICT }, { "ispaid", PAID, STRICT },
	{ "paidonly", PAID, STRICT }, { "paidmembersonly", PAID, STRICT }, { "premium", PAID, STRICT }, { "ispremium", PAID, STRICT },
	{ "paywall", PAID, STRICT }, { "paywalled", PAID, STRICT }, { "subscribersonly", PAID, STRICT }, { "subscriberonly", PAID, STRICT },
	{ "subscriptiononly", PAID, STRICT }, { "patrononly", PAID, STRICT }, { "patronsonly", PAID, STRICT },
	{ "password", LOCKS, STRICT }, { "passwd", LOCKS, STRICT }, { "pwd", LOCKS, STRICT }, { "passphrase", LOCKS, STRICT },
	{ "postpassword", LOCKS, STRICT }, { "pagepassword", LOCKS, STRICT }, { "accesscode", LOCKS, STRICT }, { "secret", LOCKS, STRICT },
	{ "keys", LOCKS, STRICT },
	/* times */
	{ "publishdate", BEGINS, STRICT }, { "pubdate", BEGINS, STRICT }, { "pubdatetime", BEGINS, STRICT }, { "publishat", BEGINS, STRICT }, { "publishedat", BEGINS, STRICT },
	{ "publishon", BEGINS, STRICT }, { "publishedon", BEGINS, STRICT }, { "publishtime", BEGINS, STRICT },
	{ "publicationdate", BEGINS, STRICT }, { "datepublished", BEGINS, STRICT }, { "scheduledat", BEGINS, STRICT },
	{ "scheduled", BEGINS, STRICT }, { "scheduledfor", BEGINS, STRICT }, { "scheduledate", BEGINS, STRICT },
	{ "embargo", BEGINS, STRICT }, { "embargodate", BEGINS, STRICT }, { "embargountil", BEGINS, STRICT },
	{ "notbefore", BEGINS, STRICT }, { "visiblefrom", BEGINS, STRICT }, { "availablefrom", BEGINS, LOOSE },
	{ "releasedate", BEGINS, LOOSE }, { "releaseat", BEGINS, LOOSE },
	{ "expirydate", ENDS, STRICT }, { "expires", ENDS, STRICT }, { "expiresat", ENDS, STRICT }, { "expireson", ENDS, STRICT },
	{ "expiry", ENDS, STRICT }, { "expiration", ENDS, STRICT }, { "expirationdate", ENDS, STRICT }, { "expiredate", ENDS, STRICT },
	{ "unpublish", ENDS, STRICT }, { "unpublishdate", ENDS, STRICT }, { "unpublishat", ENDS, STRICT }, { "unpublishon", ENDS, STRICT },
	{ "publishuntil", ENDS, STRICT }, { "visibleuntil", ENDS, STRICT }, { "removeat", ENDS, STRICT }, { "deleteat", ENDS, STRICT },
	{ "deletedat", ENDS, STRICT }, { "validuntil", ENDS, LOOSE },
	/* in Chinese */
	{ "草稿", HIDES, STRICT }, { "隐藏", HIDES, STRICT }, { "私密", HIDES, STRICT }, { "加密", HIDES, STRICT }, { "发布", SHOWS, STRICT },
	{ "已发布", SHOWS, STRICT }, { "公开", SHOWS, STRICT }, { "是否公开", SHOWS, STRICT }, { "是否发布", SHOWS, STRICT },
	{ "状态", STATES, STRICT }, { "发布状态", STATES, STRICT }, { "可见性", ADMITS, STRICT }, { "可见范围", ADMITS, STRICT },
	{ "权限", ADMITS, STRICT }, { "阅读权限", ADMITS, STRICT }, { "访问权限", ADMITS, STRICT }, { "仅会员", MEMBERS, STRICT },
	{ "付费", PAID, STRICT }, { "密码", LOCKS, STRICT }, { "访问密码", LOCKS, STRICT }, { "发布时间", BEGINS, STRICT },
	{ "发布日期", BEGINS, STRICT }, { "定时发布", BEGINS, STRICT }, { "过期时间", ENDS, STRICT }, { "到期时间", ENDS, STRICT },
	/* maps in which such keys stand */
	{ "build", HOLDS, LOOSE }, { "params", HOLDS, LOOSE }, { "extra", HOLDS, LOOSE }, { "seo", HOLDS, LOOSE }, { "meta", HOLDS, LOOSE },
	{ "publishing", HOLDS, LOOSE },
};

/* --- words -------------------------------------------------------------------------- */

/* What a word says about who may see a text. */
enum reach { REACH_UNKNOWN, REACH_NOBODY, REACH_PAID, REACH_MEMBERS, REACH_ALL };

static const struct {
	const char *word;
	enum reach reach;
} words[] = {
	{ "published", REACH_ALL }, { "publish", REACH_ALL }, { "public", REACH_ALL }, { "everyone", REACH_ALL }, { "everybody", REACH_ALL },
	{ "anyone", REACH_ALL }, { "all", REACH_ALL }, { "open", REACH_ALL }, { "free", REACH_ALL }, { "live", REACH_ALL },
	{ "online", REACH_ALL }, { "posted", REACH_ALL }, { "released", REACH_ALL }, { "visible", REACH_ALL }, { "listed", REACH_ALL }, { "guest", REACH_ALL }, { "featured", REACH_ALL },
	{ "done", REACH_ALL }, { "complete", REACH_ALL }, { "completed", REACH_ALL }, { "finished", REACH_ALL }, { "final", REACH_ALL },
	{ "scheduled", REACH_ALL }, { "future", REACH_ALL }, { "公开", REACH_ALL }, { "发布", REACH_ALL }, { "已发布", REACH_ALL },
	{ "所有人", REACH_ALL }, { "已完成", REACH_ALL },
	{ "members", REACH_MEMBERS }, { "member", REACH_MEMBERS }, { "membersonly", REACH_MEMBERS }, { "registered", REACH_MEMBERS }, { "onlyfree", REACH_MEMBERS }, { "signedin", REACH_MEMBERS },
	{ "users", REACH_MEMBERS }, { "loggedin", REACH_MEMBERS }, { "会员", REACH_MEMBERS }, { "仅会员", REACH_MEMBERS },
	{ "paid", REACH_PAID }, { "tiers", REACH_PAID }, { "premium", REACH_PAID }, { "paidmembers", REACH_PAID }, { "onlypaid", REACH_PAID },
	{ "subscribers", REACH_PAID }, { "subscriber", REACH_PAID }, { "founding", REACH_PAID }, { "patrons", REACH_PAID },
	{ "付费", REACH_PAID }, { "付费会员", REACH_PAID }, { "订阅者", REACH_PAID },
	{ "draft", REACH_NOBODY }, { "drafts", REACH_NOBODY }, { "private", REACH_NOBODY }, { "hidden", REACH_NOBODY },
	{ "pending", REACH_NOBODY }, { "trash", REACH_NOBODY }, { "trashed", REACH_NOBODY }, { "deleted", REACH_NOBODY },
	{ "archived", REACH_NOBODY }, { "unlisted", REACH_NOBODY }, { "unpublished", REACH_NOBODY }, { "withdrawn", REACH_NOBODY },
	{ "expired", REACH_NOBODY }, { "internal", REACH_NOBODY }, { "review", REACH_NOBODY }, { "inreview", REACH_NOBODY },
	{ "inprogress", REACH_NOBODY }, { "wip", REACH_NOBODY }, { "todo", REACH_NOBODY }, { "idea", REACH_NOBODY },
	{ "password", REACH_NOBODY }, { "protected", REACH_NOBODY }, { "secret", REACH_NOBODY }, { "autodraft", REACH_NOBODY },
	{ "sent", REACH_NOBODY }, { "friends", REACH_NOBODY }, { "me", REACH_NOBODY }, { "owner", REACH_NOBODY }, { "queue", REACH_NOBODY }, { "queued", REACH_NOBODY }, { "onlyme", REACH_NOBODY }, { "none", REACH_NOBODY },
	{ "never", REACH_NOBODY }, { "local", REACH_NOBODY }, { "link", REACH_NOBODY }, { "nobody", REACH_NOBODY },
	{ "disabled", REACH_NOBODY }, { "excluded", REACH_NOBODY }, { "exclude", REACH_NOBODY }, { "noindex", REACH_NOBODY },
	{ "草稿", REACH_NOBODY }, { "私密", REACH_NOBODY }, { "隐藏", REACH_NOBODY }, { "仅自己可见", REACH_NOBODY },
	{ "未发布", REACH_NOBODY }, { "待发布", REACH_NOBODY }, { "未完成", REACH_NOBODY },
};

static enum reach
reach_of(struct arena *arena, const char *text)
{
	const char *word = str_trim(arena, text);
	bool flag;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (front_same_name(words[i].word, word))
			return words[i].reach;
	if (front_flag(word, &flag))
		return flag ? REACH_ALL : REACH_NOBODY;
	return REACH_UNKNOWN;
}

/* --- notes --------------------------------------------------------------------------- */

struct reading {
	struct arena *arena;
	const char *origin;
	int64_t now;
	struct visibility *to;
	/* of the key that is looked at */
	const char *prefix, *key;
	const struct node *node;
	const struct rule *rule;
};

void
visibility_add(struct arena *arena, struct visibility *visibility, enum visibility_kind kind, const char *said, int line,
	const char *detail)
{
	visibility->hidden = visibility->hidden || kind == VISIBILITY_HIDDEN;
	if (visibility->note_count == NOTES_MOST)
		return;
	if (visibility->notes == NULL)
		visibility->notes = arena_array(arena, NOTES_MOST, sizeof(*visibility->notes));
	visibility->notes[visibility->note_count++] =
		(struct visibility_note){ .words = said, .detail = detail, .line = line, .kind = kind };
}

static void
say(const struct reading *reading, enum visibility_kind kind, const char *said)
{
	struct arena *arena = reading->arena;
	const struct node *node = reading->node;
	const char *value = node->type != NODE_SCALAR ? "…" : text_collapse(arena, node->text);
	const char *detail = arena_printf(arena, "%s%s", reading->prefix, reading->key);

	if (reading->rule->meaning != LOCKS)
		detail = arena_printf(arena, "%s: %s", detail, value);
	detail = text_shorten(arena, text_clean(arena, detail, strlen(detail), TEXT_LINE), DETAIL_MOST);
	if (reading->origin != NULL)
		detail = arena_printf(arena, "%s (%s)", detail, reading->origin);
	visibility_add(arena, reading->to, kind, said, node->line, detail);
}

static void
hide(const struct reading *reading)
{
	say(reading, VISIBILITY_HIDDEN, N_("not public where it comes from; it became a draft"));
}

/* A strict key with a value that means nothing to us. */
static void
hide_unknown(const struct reading *reading)
{
	if (reading->rule->loose)
		return;
	say(reading, VISIBILITY_HIDDEN, N_("unknown value that may mean \"not public\"; it became a draft"));
}

static void
admit(const struct reading *reading, enum reach reach)
{
	struct visibility *to = reading->to;

	if (reach == REACH_PAID)
		to->access = "paid";
	else if (reach == REACH_MEMBERS && !str_equal(to->access, "paid"))
		to->access = "members";
	/* "access" is this site's own key. */
	if (front_same_name(reading->key, "access"))
		return;
	to->is_foreign = true;
	say(reading, VISIBILITY_ACCESS, reach == REACH_PAID ? N_("only for paying members; its access is \"paid\"")
		: N_("only for members; its access is \"members\""));
}

/* --- what values mean ------------------------------------------------------------------ */

static void
read_word(const struct reading *reading, const char *text)
{
	enum reach reach = reach_of(reading->arena, text);

	if (reach == REACH_NOBODY)
		hide(reading);
	else if (reach == REACH_UNKNOWN)
		hide_unknown(reading);
	else if (reach == REACH_ALL)
		reading->to->shown = reading->to->shown || !reading->rule->loose;
	else if (!reading->rule->loose || reading->rule->meaning == ADMITS)
		admit(reading, reach);
}

/* One word, several with commas between, or a list of them: each counts. */
static void
read_words(const struct reading *reading)
{
	size_t count = 0;
	const char **all = front_words(reading->arena, reading->node, false, &count);

	if (count == 0 && (reading->node->type == NODE_MAP || reading->node->count > 0))
		hide_unknown(reading);
	for (size_t i = 0; i < count; i++)
		read_word(reading, all[i]);
}

static void
read_flag(const struct reading *reading, bool hides)
{
	enum reach reach = reach_of(reading->arena, reading->node->text);
	struct visibility *to = reading->to;
	bool flag;
	int64_t time;

	if (front_flag(str_trim(reading->arena, reading->node->text), &flag)) {
		if (flag == hides) {
			hide(reading);
			return;
		}
		to->shown = to->shown || !reading->rule->loose;
		to->chosen = to->chosen || reading->rule->meaning == CHOOSES;
	} else if (front_date(reading->arena, reading->node->text, &time)) {
		/* "published: 2020-01-02" is when, not whether; "hidden: 2020-01-02" is whatever it is. */
		if (hides)
			hide_unknown(reading);
	} else if (reach == REACH_NOBODY && !(hides && reading->rule->loose)) {
		hide(reading);
	} else if (reach != REACH_ALL || hides) {
		hide_unknown(reading);
	}
}

static void
read_right(const struct reading *reading, enum reach reach)
{
	bool flag;

	if (!front_flag(str_trim(reading->arena, reading->node->text), &flag))
		hide_unknown(reading);
	else if (flag)
		admit(reading, reach);
}

static void
read_begin(const struct reading *reading)
{
	const char *text = str_trim(reading->arena, reading->node->text);
	int64_t time;
	bool flag;

	if (front_date(reading->arena, text, &time)) {
		if (time > reading->to->from)
			reading->to->from = time;
		if (time > reading->now)
			say(reading, VISIBILITY_LATER, N_("date in the future; it is published then"));
	} else if (!front_flag(text, &flag) || flag) {
		hide_unknown(reading);
	}
}

static void
read_end(const struct reading *reading)
{
	const char *text = str_trim(reading->arena, reading->node->text);
	int64_t time;
	bool flag;

	if (front_date(reading->arena, text, &time)) {
		reading->to->ended = reading->to->ended || time <= reading->now;
		if (time <= reading->now)
			say(reading, VISIBILITY_ENDED, N_("expired; it is unpublished"));
		else
			say(reading, VISIBILITY_ENDS, N_("end date, which this site does not follow; unpublish it then, or import it again"));
	} else if (!front_same_name(text, "never") && (!front_flag(text, &flag) || flag)) {
		hide_unknown(reading);
	}
}

static void
read_lock(const struct reading *reading)
{
	const struct node *node = reading->node;

	/* hexo-blog-encrypt takes "" and false for "no password". */
	if (node->type == NODE_SCALAR && (*node->text == '\0' || (!node->quoted && front_same_name(node->text, "false"))))
		return;
	say(reading, VISIBILITY_HIDDEN, N_("password, which a post here cannot have; it became a draft"));
}

static void
read_robots(const struct reading *reading)
{
	size_t count;
	const char **all = front_words(reading->arena, reading->node, true, &count);

	for (size_t i = 0; i < count; i++)
		if (front_same_name(all[i], "noindex") || front_same_name(all[i], "none")) {
			hide(reading);
			return;
		}
}

static void
read_kind(const struct reading *reading)
{
	static const char *const kinds[] = { "draft", "drafts", "private", "hidden", "unlisted", "草稿", "私密", NULL };

	for (size_t i = 0; kinds[i] != NULL; i++)
		if (front_same_name(kinds[i], str_trim(reading->arena, reading->node->text)))
			hide(reading);
}

/* --- all keys ------------------------------------------------------------------------- */

static const struct rule *
find_rule(const char *key)
{
	const char *start = key + strspn(key, "-_ ?");
	char first = (char)(*start >= 'A' && *start <= 'Z' ? *start | 0x20 : *start);

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (rules[i].key[0] == first && front_same_name(rules[i].key, key))
			return &rules[i];
	return NULL;
}

bool
visibility_knows(const char *key)
{
	return find_rule(key) != NULL;
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

static void read_map(struct reading *reading, const struct node *map, const char *prefix, int depth);

static void
read_key(struct reading *reading, int depth)
{
	const struct node *node = reading->node;
	const struct rule *rule = reading->rule;

	if (rule->meaning == LOCKS)
		read_lock(reading);
	else if (node->type == NODE_SCALAR && *node->text != '\0')
		read_scalar(reading);
	else if (node->type == NODE_LIST && (rule->meaning == STATES || rule->meaning == ADMITS || rule->meaning == ROBOTS))
		read_scalar(reading);
	else if (node->type == NODE_MAP && rule->loose)
		read_map(reading, node, arena_printf(reading->arena, "%s%s.", reading->prefix, reading->key), depth + 1);
	else if (node->type != NODE_SCALAR && node->count > 0)
		hide_unknown(reading);
}

static void
read_map(struct reading *reading, const struct node *map, const char *prefix, int depth)
{
	if (depth > DEEPEST)
		return;
	for (size_t i = 0; i < map->count; i++) {
		const struct rule *rule = find_rule(map->keys[i]);
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
visibility_read(struct arena *arena, const struct node *values, const char *origin, int64_t now, struct visibility *visibility)
{
	struct reading reading = { .arena = arena, .origin = origin, .now = now, .to = visibility };

	if (values->type == NODE_MAP)
		read_map(&reading, values, "", 0);
}
