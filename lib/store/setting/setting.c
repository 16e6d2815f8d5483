#include "store/setting/setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/field.h"
#include "core/str.h"
#include "core/text.h"
#include "core/token.h"
#include "store/audit/audit.h"
#include "store/user/user.h"

#define N_(message) message /* translated where it is shown */

static const struct field_choice second_factor_choices[] = {
	{ "off", N_("Optional") }, { "owners", N_("Required for owners") }, { "editors", N_("Required for owners and editors") },
	{ "moderators", N_("Required for owners, editors and moderators") }, { 0 },
};

static const struct field_choice comments_hold_choices[] = {
	{ "guests", N_("The first comment of each guest") }, { "first", N_("Everybody's first comment") }, { "all", N_("All comments") }, { 0 },
};

static const struct field_choice moderation_log_choices[] = {
	{ "off", N_("Not shown") }, { "anonymous", N_("Without names") }, { "full", N_("With the moderators' names") }, { 0 },
};

static const struct field_choice comments_from_choices[] = {
	{ "everybody", N_("Everyone") }, { "members", N_("Members") }, { "nobody", N_("Nobody") }, { 0 },
};
static const struct field_choice comment_access_choices[] = {
	{ "open", N_("Everyone") }, { "members", N_("Members") }, { "readers", N_("Readers with access to paid posts") },
	{ "closed", N_("Nobody (closed)") }, { 0 },
};

static const struct field_choice registration_choices[] = {
	{ "open", N_("Anyone") },
	{ "invitation", N_("Invitation only") },
	{ "off", N_("Nobody") },
	{ 0 },
};

static const struct field_choice votes_choices[] = { { "members", N_("Members") }, { "everybody", N_("Everybody") }, { 0 } };

const struct setting settings[] = {
	{ "title", GROUP_GENERAL, N_("Site name"), SETTING_LINE, "My site", N_("Shown in the header, in browser tabs and in feeds."), NULL },
	{ "tagline", GROUP_GENERAL, N_("Tagline"), SETTING_LINE, "", N_("One sentence shown below the site name on the home page."), NULL },
	{ "description", GROUP_GENERAL, N_("Site description"), SETTING_LINE, "",
		N_("Used by search engines and feed readers. If empty, the tagline is used."), NULL },
	{ "author_name", GROUP_GENERAL, N_("Author name"), SETTING_LINE, "",
		N_("Your name as readers see it on the home page. If empty, the first owner's name is used."), NULL },
	{ "logo_letter", GROUP_GENERAL, N_("Logo letter"), SETTING_CHARACTER, "",
		N_("The single character used as the site's logo. If empty, the first character of the author name is used."), NULL },
	{ "logo", GROUP_BRANDING, N_("Logo"), SETTING_PICTURE, "",
		N_("Shown at the top of every page instead of the logo letter."), NULL },
	{ "author_photo", GROUP_BRANDING, N_("Author photo"), SETTING_PICTURE, "", N_("A photo of you, shown on the home page."), NULL },
	{ "author_photo_alt", GROUP_BRANDING, N_("Author photo alt text"), SETTING_LINE, "", N_("Describes the photo for readers who can't see it."), NULL },
	{ "social_image", GROUP_BRANDING, N_("Social sharing image"), SETTING_PICTURE, "",
		N_("Shown when someone shares a link to this site, or to a post without a cover. Works best at twice as wide as high."), NULL },
	{ "social_image_alt", GROUP_BRANDING, N_("Social sharing image alt text"), SETTING_LINE, "", N_("Describes the social sharing image for readers who can't see it."), NULL },
	{ "theme", GROUP_THEME, N_("Theme"), SETTING_THEME, "default",
		N_("Sets the look of all pages: default, or the name of a folder in the site's themes folder. Themes that don't work are rejected."), NULL },
	{ "accent_colour", GROUP_THEME, N_("Accent colour"), SETTING_COLOUR, "#a8281c",
		N_("Used for the logo letter, links, buttons and lines. Enter it as #rrggbb, with a contrast of at least 4.5 to 1 "
			"against the page background, #fbfaf7."), NULL },
	{ "accent_colour_dark", GROUP_THEME, N_("Accent colour (dark mode)"), SETTING_COLOUR_DARK, "#ff8e78",
		N_("Used in dark mode. Choose a lighter colour, with a contrast of at least 4.5 to 1 against #171614."), NULL },
	{ "home_intro", GROUP_GENERAL, N_("Home page introduction"), SETTING_TEXT, "", N_("Shown at the top of the home page. Supports Markdown."), NULL },
	{ "member_benefits", GROUP_GENERAL, N_("Member benefits"), SETTING_TEXT, "", N_("Shown on the home page and in posts with restricted access. Supports Markdown."), NULL },
	{ "footer", GROUP_GENERAL, N_("Footer text"), SETTING_LINE, "", N_("Shown at the bottom of every page, such as a licence or a company name."), NULL },
	{ "navigation", GROUP_NAVIGATION, N_("Menu"), SETTING_LINKS, "",
		N_("One item per line: its label, then its address, such as Essays /tag/essays or Shop https://example.org. If "
			"empty, the menu shows posts, tags, the archive and your pages."), NULL },
	{ "language", GROUP_LANGUAGE, N_("Site language"), SETTING_LANGUAGE, "en", N_("The language of pages that aren't posts."),
		"The language of pages that aren't posts: en or zh." },
	{ "languages", GROUP_LANGUAGE, N_("Available languages"), SETTING_LANGUAGES, "en zh", N_("The languages that readers can choose from."),
		"The languages that readers can choose from: en, zh or \"en zh\"." },
	{ "time_zone", GROUP_LANGUAGE, N_("Time zone"), SETTING_ZONE, "UTC", N_("Used to show and enter dates. Enter a name such as "
		"Asia/Shanghai."), NULL },
	{ "posts_per_page", GROUP_MEMBERSHIP, N_("Posts per page"), SETTING_COUNT, "20",
		N_("Applies to lists of all posts and of posts by tag, author or month. From 1 to 50."), NULL },
	{ "posts_per_feed", GROUP_MEMBERSHIP, N_("Posts per feed"), SETTING_COUNT, "20",
		N_("How many of the newest posts a feed contains, from 1 to 50."), NULL },
	{ "registration", GROUP_MEMBERSHIP, N_("Member sign-up"), SETTING_CHOICE, "invitation",
		N_("Who can become a member: anyone with an email address, anyone with an invitation link, or nobody."),
		"Who can become a member: open (anyone with an email address), invitation (anyone with an invitation link) or off." },
	{ "search_engines", GROUP_MEMBERSHIP, N_("Search engine indexing"), SETTING_FLAG, "yes", N_("Whether search engines may index the "
		"site (set in robots.txt)."),
		"Whether search engines may index the site (set in robots.txt): yes or no." },
	{ "second_factor", GROUP_MEMBERSHIP, N_("Two-factor authentication"), SETTING_CHOICE, "off",
		N_("Who must enter a code from an authenticator app when signing in. Users without one have to set it up first."),
		"Who must enter a code from an authenticator app when signing in: off, owners, editors (owners as well) or moderators (all three). Users "
			"without one have to set it up first." },
	{ "comments_shown", GROUP_COMMENTS, N_("Show comments"), SETTING_FLAG, "yes", N_("Whether comments appear below posts."),
		"Whether comments appear below posts: yes or no." },
	{ "comments_from", GROUP_COMMENTS, N_("Who can comment"), SETTING_CHOICE, "everybody",
		N_("Applies to the whole site. Each post can restrict it further. Authors and editors can always comment on their posts."),
		"Who can comment: everybody, members (people with an account) or nobody. Each post can restrict it further. Authors and editors "
			"can always comment on their posts." },
	{ "comment_access", GROUP_COMMENTS, N_("Comments on new posts"), SETTING_CHOICE, "open",
		N_("Who can comment on a new post, unless the post says something else. Existing posts keep their value."),
		"Who can comment on a new post, unless the post says something else: open (everybody), members (people with an account), readers "
			"(people who can read paid posts like it) or closed. Existing posts keep their value." },
	{ "comments_days", GROUP_COMMENTS, N_("Close comments after (days)"), SETTING_NUMBER, "0",
		N_("Posts close for new comments this many days after they were published. Enter 0 to keep them open."), NULL },
	{ "rules_page", GROUP_COMMENTS, N_("Comment rules"), SETTING_LINE, "",
		N_("The URL slug of a page with your rules, such as comment-rules. Its headings are shown above the comment form."), NULL },
	{ "votes_from", GROUP_COMMENTS, N_("Who can vote"), SETTING_CHOICE, "members",
		N_("Who can mark posts and comments as helpful or not helpful. A vote from a guest counts a quarter of a member's vote."),
		"Who can mark posts and comments as helpful or not helpful: members or everybody. A vote from a guest counts a quarter of a member's vote." },
	{ "comments_pause", GROUP_COMMENTS, N_("Seconds between two comments"), SETTING_NUMBER, "15",
		N_("How long a person has to wait before writing another comment. Enter 0 for no wait."), NULL },
	{ "comments_burst", GROUP_COMMENTS, N_("Comments in ten minutes"), SETTING_NUMBER, "10",
		N_("How many comments a person, or a guest's network, can write in ten minutes. Enter 0 for no limit."), NULL },
	{ "comments_flood", GROUP_COMMENTS, N_("Guest comments per hour"), SETTING_NUMBER, "60",
		N_("When guests write more comments than this in an hour, all their comments are held for moderation, and nobody gets an email about them. Enter 0 for no limit."), NULL },
	{ "comments_hold", GROUP_COMMENTS, N_("Comments to hold"), SETTING_CHOICE, "guests",
		N_("Which comments wait for a moderator although nothing speaks against them. Comments by moderators and by the author of the post are "
			"always shown at once."),
		"Which comments wait for a moderator: guests (the first comment of each guest), first (everybody's first comment) or all." },
	{ "comments_links", GROUP_COMMENTS, N_("Links in a comment"), SETTING_NUMBER, "2",
		N_("A comment with more links waits for a moderator."), NULL },
	{ "spam_hold", GROUP_COMMENTS, N_("Hold possible spam from (%)"), SETTING_NUMBER, "60",
		N_("A comment that is spam with at least this probability waits for a moderator. Enter 0 to turn this off."), NULL },
	{ "spam_certain", GROUP_COMMENTS, N_("Mark as spam from (%)"), SETTING_NUMBER, "98",
		N_("A comment that is spam with at least this probability is marked as spam and doesn't appear in the moderation queue. Enter 0 to turn this "
			"off."), NULL },
	{ "comments_flags", GROUP_COMMENTS, N_("Flags that hide a comment"), SETTING_NUMBER, "5",
		N_("When members flag a comment, it is hidden at this weight until a moderator decides. A flag by a new member has the weight 1, by a member "
			"who was often right more. Enter 0 to never hide."), NULL },
	{ "trust_basic_comments", GROUP_COMMENTS, N_("Trust level Basic: comments"), SETTING_NUMBER, "1",
		N_("Approved comments that a person needs. From this level on, comments aren't held as a first comment or as possible spam."), NULL },
	{ "trust_basic_days", GROUP_COMMENTS, N_("Trust level Basic: days"), SETTING_NUMBER, "0",
		N_("Days since the first approved comment."), NULL },
	{ "trust_regular_comments", GROUP_COMMENTS, N_("Trust level Regular: comments"), SETTING_NUMBER, "10",
		N_("Approved comments that a member needs. From this level on, comments aren't held for their links."), NULL },
	{ "trust_regular_days", GROUP_COMMENTS, N_("Trust level Regular: days"), SETTING_NUMBER, "14",
		N_("Days since the first approved comment."), NULL },
	{ "trust_trusted_comments", GROUP_COMMENTS, N_("Trust level Trusted: comments"), SETTING_NUMBER, "50",
		N_("Approved comments that a member needs. From this level on, there is no limit to how fast somebody may comment."), NULL },
	{ "trust_trusted_days", GROUP_COMMENTS, N_("Trust level Trusted: days"), SETTING_NUMBER, "90",
		N_("Days since the first approved comment."), NULL },
	{ "moderation_log", GROUP_COMMENTS, N_("Public moderation log"), SETTING_CHOICE, "off",
		N_("Shows readers at /moderation what moderators did, and why."),
		"Whether readers see at /moderation what moderators did: off, anonymous (without names) or full (with the moderators' names)." },
	{ "moderation_email", GROUP_COMMENTS, N_("Email about held comments"), SETTING_FLAG, "yes",
		N_("Whether moderators get an email for each held comment, with links to approve or reject it."),
		"Whether moderators get an email for each held comment: yes or no." },
	{ "moderation_digest", GROUP_COMMENTS, N_("Reminder after (hours)"), SETTING_NUMBER, "24",
		N_("Moderators get one email a day when comments have been waiting for longer than this. Enter 0 to turn it off."), NULL },
	{ "onboarding", GROUP_STORAGE, N_("Getting started"), SETTING_FLAG, "yes",
		N_("Whether the dashboard shows the getting-started list until every step is done."),
		"Whether the dashboard (/admin) shows the getting-started list until every step is done: yes or no." },
	{ "media_quota", GROUP_STORAGE, N_("Storage limit for files (MiB)"), SETTING_NUMBER, "10000",
		N_("The total size of all uploaded files, in MiB. Enter 0 to use all the disk space."), NULL },
	{ "backups_kept", GROUP_STORAGE, N_("Backups to keep"), SETTING_COUNT, "3",
		N_("How many of the backups created on the Backups page are kept, from 1 to 50. Older ones are deleted."),
		"How many of the backups requested at /admin/backups are kept, from 1 to 50. Older ones are deleted." },
	{ 0 },
};

const struct setting_group_name setting_groups[] = {
	{ GROUP_GENERAL, "general", N_("General") },
	{ GROUP_BRANDING, "branding", N_("Branding") },
	{ GROUP_THEME, "theme", N_("Theme and colours") },
	{ GROUP_NAVIGATION, "navigation", N_("Menu") },
	{ GROUP_LANGUAGE, "language", N_("Language and time") },
	{ GROUP_MEMBERSHIP, "membership", N_("Membership") },
	{ GROUP_COMMENTS, "comments", N_("Comments") },
	{ GROUP_STORAGE, "storage", N_("Storage and backups") },
	{ 0 },
};

enum { SETTINGS = sizeof(settings) / sizeof(settings[0]) - 1 };

const struct setting *
setting_find(const char *name)
{
	for (size_t i = 0; i < SETTINGS; i++)
		if (str_equal(settings[i].name, name))
			return &settings[i];
	return NULL;
}

const char *
setting_command_help(const struct setting *setting)
{
	return setting->command_help != NULL ? setting->command_help : setting->help;
}

const struct field_choice *
setting_choices(const struct setting *setting)
{
	static const struct { const char *name; const struct field_choice *choices; } all[] = { { "second_factor", second_factor_choices },
		{ "registration", registration_choices }, { "comments_from", comments_from_choices }, { "comment_access", comment_access_choices },
		{ "votes_from", votes_choices }, { "comments_hold", comments_hold_choices }, { "moderation_log", moderation_log_choices } };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (str_equal(all[i].name, setting->name))
			return all[i].choices;
	abort(); /* a choice setting is missing in the table above */
}

/* For example "off, owners or editors". */
static const char *
choice_words(struct arena *arena, const struct field_choice *choices)
{
	struct str words = str_init(arena);

	for (size_t i = 0; choices[i].value != NULL; i++)
		str_printf(&words, "%s%s", i == 0 ? "" : choices[i + 1].value == NULL ? " or " : ", ", choices[i].value);
	return words.bytes;
}

const char *
setting_type_text(struct arena *arena, const struct setting *setting)
{
	switch (setting->type) {
	case SETTING_LINE: return "one line of text";
	case SETTING_TEXT: return "text in Markdown";
	case SETTING_LANGUAGE: return "en or zh";
	case SETTING_LANGUAGES: return "en, zh or both, as in: en zh";
	case SETTING_ZONE: return "the name of a time zone";
	case SETTING_COLOUR:
	case SETTING_COLOUR_DARK: return "a colour as #rrggbb";
	case SETTING_FLAG: return "yes or no";
	case SETTING_NUMBER: return "a whole number";
	case SETTING_COUNT: return "a number from 1 to 50";
	case SETTING_CHARACTER: return "one character";
	case SETTING_LINKS: return "lines, each with a label and an address";
	case SETTING_PICTURE: return "an image in the media library: its address after /media/";
	case SETTING_CHOICE: return choice_words(arena, setting_choices(setting));
	case SETTING_THEME: return "the name of a theme";
	}
	abort();
}

/* --- reading ---------------------------------------------------------------- */

/* The languages for which a value can be set. "" is for all languages. */
static const char *const value_languages[] = { "", "en", "zh" };
enum { VALUE_LANGUAGES = sizeof(value_languages) / sizeof(value_languages[0]) };

struct setting_values {
	const char *values[SETTINGS][VALUE_LANGUAGES]; /* NULL: not set */
	const char *digest; /* set by setting_read() */
};

struct stored {
	const char *name, *lang, *value;
};
static const struct column stored_columns[] = {
	COLUMN_TEXT(struct stored, name),
	COLUMN_TEXT(struct stored, lang),
	COLUMN_TEXT(struct stored, value),
	{ 0 },
};
static const struct row stored_row = { sizeof(struct stored), stored_columns };

/* The index of a language in value_languages; that of "" for an unknown language. */
static size_t
language_place(const char *lang)
{
	for (size_t i = 0; i < VALUE_LANGUAGES; i++)
		if (str_equal(value_languages[i], lang))
			return i;
	return 0;
}

/* The values of a setting, one per language. */
static const char **
values_of(struct setting_values *values, const char *name)
{
	return values->values[setting_find(name) - settings];
}

/* Fills in empty settings from others, separately for each language, as their help says. */
static enum status
fill_in(struct db *db, struct arena *arena, struct setting_values *values)
{
	const char **author = values_of(values, "author_name"), **description = values_of(values, "description");
	const char **seal = values_of(values, "logo_letter"), **tagline = values_of(values, "tagline");
	struct user owner;

	if (str_empty(author[0])) {
		enum status status = user_owner(db, arena, &owner);
		if (status == OK)
			author[0] = owner.name;
		else if (status != NOT_FOUND)
			return status;
	}
	for (size_t i = 0; i < VALUE_LANGUAGES; i++) {
		if (str_empty(description[i]))
			description[i] = tagline[i];
		if (str_empty(seal[i]) && str_empty(seal[0]) && !str_empty(author[i])) {
			const char *end = author[i];
			(void)text_next(&end);
			seal[i] = arena_bytes(arena, author[i], (size_t)(end - author[i]));
		}
	}
	return OK;
}

QUERY_WITH(QUERY_SCANS | QUERY_UNORDERED, everything, "SELECT name, lang, value FROM setting");

enum status
setting_stored(struct db *db, struct arena *arena, struct setting_values **ret_values)
{
	struct setting_values *values = arena_new_of(arena, struct setting_values);
	struct stored *rows;
	size_t count;

	TRY(query_list(db, arena, everything, &stored_row, &rows, &count, BIND()));
	for (size_t i = 0; i < count; i++) {
		const struct setting *setting = setting_find(rows[i].name);
		size_t place = language_place(rows[i].lang);
		if (setting == NULL || !str_equal(value_languages[place], rows[i].lang))
			continue; /* written by a later version, or for a language that no longer exists */
		values->values[setting - settings][place] = rows[i].value;
	}
	*ret_values = values;
	return OK;
}

static const char *
digest_of(struct arena *arena, const struct setting_values *values)
{
	struct digest *digest = digest_new(arena);

	for (size_t i = 0; i < SETTINGS; i++)
		for (size_t place = 0; place < VALUE_LANGUAGES; place++) {
			const char *value = values->values[i][place];
			/* A value that is not set differs from an empty one; each ends with a zero byte. */
			digest_add(digest, value == NULL ? "-" : "=", 1);
			digest_add(digest, value == NULL ? "" : value, value == NULL ? 1 : strlen(value) + 1);
		}
	return digest_end(arena, digest);
}

enum status
setting_read(struct db *db, struct arena *arena, struct setting_values **ret_values)
{
	struct setting_values *values;

	TRY(setting_stored(db, arena, &values));
	TRY(fill_in(db, arena, values));
	values->digest = digest_of(arena, values);
	*ret_values = values;
	return OK;
}

const char *
setting_digest(const struct setting_values *values)
{
	return values->digest;
}

const char *
setting_for_language(const struct setting_values *values, const struct setting *setting, const char *lang)
{
	return values->values[setting - settings][language_place(lang)];
}

bool
setting_has_lines(const struct setting *setting)
{
	return setting->type == SETTING_TEXT || setting->type == SETTING_LINKS;
}

bool
setting_differs(const struct setting *setting)
{
	return setting->type == SETTING_LINE || setting->type == SETTING_TEXT || setting->type == SETTING_CHARACTER ||
		setting->type == SETTING_LINKS;
}

const char *
setting_value(const struct setting_values *values, const char *name, const char *lang)
{
	const struct setting *setting = setting_find(name);
	const char *const *found;

	if (setting == NULL) {
		(void)fprintf(stderr, "renown: there is no setting %s\n", name);
		abort();
	}
	found = values->values[setting - settings];
	if (found[language_place(lang)] != NULL)
		return found[language_place(lang)];
	return found[0] != NULL ? found[0] : setting->default_value;
}

size_t
setting_count(const struct setting_values *values, const char *name)
{
	long long count;

	if (!str_to_integer(setting_value(values, name, ""), &count) || count < 1 || count > SETTING_COUNT_MAX)
		(void)str_to_integer(setting_find(name)->default_value, &count);
	return (size_t)count;
}

/* --- writing ---------------------------------------------------------------- */

QUERY(put,
	"INSERT INTO setting (name, lang, value, updated) VALUES (:name, :lang, :value, :now)"
	" ON CONFLICT (name, lang) DO UPDATE SET value = excluded.value, updated = excluded.updated");
QUERY(drop, "DELETE FROM setting WHERE name = :name AND lang = :lang");

static const struct column value_columns[] = { COLUMN_TEXT(struct stored, value), { 0 } };
static const struct row value_row = { sizeof(struct stored), value_columns };

QUERY(get, "SELECT value FROM setting WHERE name = :name AND lang = :lang");

/* Adds a line to the audit log. NOT_MODIFIED when the value does not change. */
static enum status
note_change(struct db *db, struct arena *arena, const char *name, const char *lang, const char *value)
{
	struct stored old = { .value = NULL };
	enum status status = query_one(db, arena, get, &value_row, &old, BIND(TEXT("name", name), TEXT("lang", lang)));

	if (status != NOT_FOUND)
		TRY(status);
	if (value == NULL ? old.value == NULL : old.value != NULL && str_equal(old.value, value))
		return NOT_MODIFIED;
	return audit_add(db, AUDIT_SETTING, *lang == '\0' ? name : arena_printf(arena, "%s (%s)", name, lang), old.value, value);
}

enum status
setting_save(struct db *db, const char *name, const char *lang, const char *value)
{
	struct arena *arena = arena_new();
	enum status status;

	if (lang == NULL)
		lang = "";
	status = note_change(db, arena, name, lang, value);
	arena_free(arena);
	if (status == NOT_MODIFIED)
		return OK;
	TRY(status);
	if (value == NULL)
		return query_run(db, drop, BIND(TEXT("name", name), TEXT("lang", lang)));
	return query_run(db, put, BIND(TEXT("name", name), TEXT("lang", lang), TEXT("value", value),
		INT("now", clock_now())));
}
