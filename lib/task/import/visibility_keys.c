/* The table of keys that restrict the visibility of a text, and of their values. */
#include "task/import/visibility_internal.h"

#include <string.h>

#include "core/str.h"
#include "task/frontmatter/frontmatter.h"

/* --- keys ---------------------------------------------------------------------------- */

/*
 * Names are compared by frontmatter_same_name(). LOOSE: the key has other uses too, so only a value that clearly says
 * "not public" counts. A text that is left out of lists (sitemap, feed, search) was reachable but not announced. Here
 * every public post is announced, so such a text is not public.
 */
enum { STRICT, LOOSE };

static const struct visibility_rule rules[] = {
	/* Hugo, Jekyll, Hexo, Zola, Astro, Docusaurus, Eleventy, Gatsby, Bear, Logseq, Obsidian, Notion, Metalsmith */
	{ "draft", HIDES, STRICT }, { "isdraft", HIDES, STRICT }, { "private", HIDES, STRICT }, { "isprivate", HIDES, STRICT },
	{ "hidden", HIDES, STRICT }, { "ishidden", HIDES, STRICT }, { "unlisted", HIDES, STRICT }, { "unpublished", HIDES, STRICT },
	{ "nopublish", HIDES, STRICT }, { "donotpublish", HIDES, STRICT }, { "encrypted", HIDES, STRICT }, { "encrypt", HIDES, STRICT },
	{ "protected", HIDES, STRICT }, { "protect", HIDES, STRICT }, { "restricted", HIDES, STRICT }, { "deleted", HIDES, STRICT },
	{ "trashed", HIDES, STRICT }, { "headless", HIDES, STRICT }, { "internal", HIDES, LOOSE }, { "confidential", HIDES, STRICT },
	{ "saveasdraft", HIDES, STRICT }, { "delisted", HIDES, STRICT }, { "emailonly", HIDES, STRICT }, { "locked", HIDES, LOOSE },
	{ "disable", HIDES, LOOSE }, { "eleventyexcludefromcollections", HIDES, STRICT }, { "archived", HIDES, LOOSE }, { "expired", HIDES, LOOSE },
	{ "passwordprotected", HIDES, STRICT }, { "inprogress", HIDES, LOOSE }, { "ready", SHOWS, LOOSE },
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
	{ "allowfeed", SHOWS, LOOSE }, { "allowrss", SHOWS, LOOSE }, { "showinrss", SHOWS, LOOSE }, { "showinhome", SHOWS, LOOSE },
	{ "showinsitemap", SHOWS, LOOSE }, { "listing", STATES, LOOSE }, { "archive", SHOWS, LOOSE },
	{ "showinindex", SHOWS, LOOSE }, { "showinsearch", SHOWS, LOOSE }, { "sitemap", SHOWS, LOOSE }, { "robots", ROBOTS, LOOSE },
	{ "metarobots", ROBOTS, LOOSE }, { "robotsmeta", ROBOTS, LOOSE }, { "googlebot", ROBOTS, LOOSE },
	{ "insearchindex", SHOWS, LOOSE }, { "discoverable", SHOWS, LOOSE }, { "makediscoverable", SHOWS, LOOSE },
	/* a word: Pelican, Nikola, Ghost, and what converters from WordPress and Typecho write */
	{ "status", STATES, STRICT }, { "poststatus", STATES, STRICT }, { "publishstatus", STATES, STRICT },
	{ "publishingstatus", STATES, STRICT }, { "publicationstatus", STATES, STRICT }, { "pagestatus", STATES, STRICT },
	{ "articlestatus", STATES, STRICT }, { "contentstatus", STATES, STRICT }, { "state", STATES, LOOSE }, { "stage", STATES, LOOSE },
	{ "layout", KINDS, LOOSE }, { "type", KINDS, LOOSE }, { "posttype", KINDS, LOOSE }, { "template", KINDS, LOOSE },
	/* access */
	{ "access", ADMITS, STRICT }, { "visibility", ADMITS, STRICT }, { "postvisibility", ADMITS, STRICT },
	{ "accesslevel", ADMITS, STRICT }, { "accesscontrol", ADMITS, STRICT }, { "contentaccess", ADMITS, STRICT },
	{ "restrictedto", ADMITS, STRICT }, { "visibleto", ADMITS, STRICT }, { "audience", ADMITS, LOOSE }, { "privacy", ADMITS, STRICT },
	{ "membersonly", MEMBERS, STRICT }, { "memberonly", MEMBERS, STRICT }, { "formembers", MEMBERS, STRICT },
	{ "requirelogin", MEMBERS, STRICT }, { "requireslogin", MEMBERS, STRICT }, { "loginrequired", MEMBERS, STRICT },
	{ "needlogin", MEMBERS, STRICT }, { "requireauth", MEMBERS, STRICT }, { "requiresauth", MEMBERS, STRICT },
	{ "authrequired", MEMBERS, STRICT }, { "login", MEMBERS, LOOSE }, { "member", MEMBERS, LOOSE }, { "members", MEMBERS, LOOSE }, { "vip", PAID, LOOSE },
	{ "permission", ADMITS, LOOSE }, { "permissions", ADMITS, LOOSE }, { "readpermission", ADMITS, LOOSE }, { "registeredonly", MEMBERS, STRICT }, { "paid", PAID, STRICT }, { "ispaid", PAID, STRICT },
	{ "paidonly", PAID, STRICT }, { "paidmembersonly", PAID, STRICT }, { "premium", PAID, STRICT }, { "ispremium", PAID, STRICT },
	{ "paywall", PAID, STRICT }, { "paywalled", PAID, STRICT }, { "subscribersonly", PAID, STRICT }, { "subscriberonly", PAID, STRICT },
	{ "subscriptiononly", PAID, STRICT }, { "patrononly", PAID, STRICT }, { "patronsonly", PAID, STRICT },
	{ "password", LOCKS, STRICT }, { "passwd", LOCKS, STRICT }, { "pwd", LOCKS, STRICT }, { "passphrase", LOCKS, STRICT },
	{ "postpassword", LOCKS, STRICT }, { "pagepassword", LOCKS, STRICT }, { "accesscode", LOCKS, STRICT }, { "secret", LOCKS, STRICT },
	{ "keys", LOCKS, STRICT },
	/* times */
	{ "publishdate", BEGINS, STRICT }, { "pubdate", BEGINS, STRICT }, { "pubdatetime", BEGINS, STRICT }, { "publishat", BEGINS, STRICT }, { "publishedat", BEGAN, STRICT },
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
	/* maps that may contain such keys */
	{ "build", HOLDS, LOOSE }, { "params", HOLDS, LOOSE }, { "extra", HOLDS, LOOSE }, { "seo", HOLDS, LOOSE }, { "meta", HOLDS, LOOSE },
	{ "publishing", HOLDS, LOOSE }, { "post", HOLDS, LOOSE }, { "metadata", HOLDS, LOOSE }, { "eleventycomputed", HOLDS, LOOSE },
	{ "<<", HOLDS, LOOSE },
};

const struct visibility_rule *
visibility_rule_of(const char *key)
{
	const char *start = key + strspn(key, "-_ ?");
	char first = (char)(*start >= 'A' && *start <= 'Z' ? *start | 0x20 : *start);

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (rules[i].key[0] == first && frontmatter_same_name(rules[i].key, key))
			return &rules[i];
	return NULL;
}

/* --- words -------------------------------------------------------------------------- */


static const struct {
	const char *word;
	enum visibility_reach reach;
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

enum visibility_reach
visibility_reach_of(struct arena *arena, const char *text)
{
	const char *word = str_trim(arena, text);
	bool flag;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (frontmatter_same_name(words[i].word, word))
			return words[i].reach;
	if (frontmatter_flag(word, &flag))
		return flag ? REACH_ALL : REACH_NOBODY;
	return REACH_UNKNOWN;
}
