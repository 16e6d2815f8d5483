#include "store/account/personal_data.h"

#include <stddef.h>

#include "core/str.h"
#include "store/auth/throttle_count.h"

#define N_(message) message /* translated where it is shown */

#define NUMBER(name, place) { name, VALUE_INTEGER, offsetof(struct personal_data_record, number[place]) }
#define TIME(name, place) { name, VALUE_INTEGER, offsetof(struct personal_data_record, time[place]) }
#define WORDS(name, place) { name, VALUE_TEXT, offsetof(struct personal_data_record, text[place]) }

static const struct column
	account[] = { WORDS("name", 0), WORDS("email", 1), WORDS("role", 2), WORDS("slug", 3), WORDS("bio", 4), TIME("created", 0),
		NUMBER("disabled", 0), { 0 } },
	sessions[] = { TIME("created", 0), TIME("expires", 1), WORDS("agent", 0), { 0 } },
	credentials[] = { TIME("changed", 0), { 0 } },
	links[] = { TIME("created", 0), TIME("expires", 1), { 0 } },
	second_factors[] = { TIME("created", 0), TIME("confirmed", 1), { 0 } },
	codes[] = { TIME("created", 0), { 0 } },
	throttles[] = { NUMBER("failed", 0), TIME("last", 0), { 0 } },
	grants[] = { WORDS("scope", 0), WORDS("what", 1), TIME("starts", 0), TIME("ends", 1), WORDS("source", 2), TIME("created", 2), { 0 } },
	posts[] = { WORDS("slug", 0), WORDS("kind", 1), WORDS("state", 2), WORDS("access", 3), WORDS("lang", 4), WORDS("title", 5),
		WORDS("summary", 6), TIME("published", 0), TIME("created", 1), TIME("updated", 2), { 0 } },
	revisions[] = { WORDS("post", 0), NUMBER("number", 0), WORDS("reason", 1), WORDS("title", 2), TIME("created", 0), { 0 } },
	comments[] = { WORDS("post", 0), WORDS("name", 1), WORDS("state", 2), WORDS("text", 3), TIME("created", 0), { 0 } },
	votes[] = { WORDS("post", 0), NUMBER("comment", 0), NUMBER("value", 1), TIME("created", 0), { 0 } },
	reply_mails[] = { WORDS("mode", 0), TIME("changed", 0), { 0 } },
	files[] = { WORDS("name", 0), WORDS("alt", 1), WORDS("type", 2), NUMBER("bytes", 0), TIME("created", 0), { 0 } },
	calendars[] = { TIME("created", 0), { 0 } },
	verifications[] = { TIME("created", 0), TIME("expires", 1), { 0 } },
	invitations[] = { WORDS("role", 0), WORDS("email", 1), TIME("created", 0), TIME("expires", 1), { 0 } },
	mails[] = { WORDS("kind", 0), WORDS("subject", 1), WORDS("state", 2), TIME("created", 0), { 0 } },
	autosaves[] = { WORDS("title", 0), WORDS("summary", 1), WORDS("tags", 2), WORDS("text", 3), TIME("saved", 0), { 0 } },
	exports[] = { TIME("asked", 0), TIME("made", 1), NUMBER("bytes", 0), { 0 } },
	imports[] = { TIME("asked", 0), TIME("ended", 1), NUMBER("texts", 0), { 0 } },
	fetches[] = { WORDS("address", 0), TIME("asked", 0), TIME("ended", 1), { 0 } },
	feed_addresses[] = { WORDS("name", 0), TIME("created", 0), { 0 } },
	flags[] = { WORDS("post", 0), WORDS("reason", 1), WORDS("note", 2), WORDS("outcome", 3), TIME("created", 0), { 0 } },
	bans[] = { TIME("created", 0), TIME("expires", 1), { 0 } },
	trust[] = { NUMBER("level", 0), TIME("created", 0), { 0 } },
	rules[] = { WORDS("field", 0), WORDS("pattern", 1), WORDS("action", 2), WORDS("note", 3), TIME("created", 0), { 0 } },
	decisions[] = { WORDS("action", 0), WORDS("heading", 1), WORDS("note", 2), TIME("created", 0), TIME("undone", 1), { 0 } },
	experiments[] = { WORDS("post", 0), WORDS("goal", 1), TIME("started", 0), TIME("ends", 1), { 0 } };

/* QUERY_UNORDERED: these return one row at most. */
QUERY_WITH(QUERY_UNORDERED, own_account, "SELECT name, email, role, slug, bio, created, disabled FROM site_user WHERE id = :user LIMIT :most");
QUERY(own_sessions, "SELECT created, expires, agent FROM session WHERE user_id = :user ORDER BY created DESC LIMIT :most");
QUERY_WITH(QUERY_UNORDERED, own_credentials, "SELECT changed FROM credential WHERE user_id = :user LIMIT :most");
QUERY_WITH(QUERY_SORTS, own_links, "SELECT created, expires FROM sign_in_link WHERE user_id = :user ORDER BY created, id LIMIT :most");
QUERY_WITH(QUERY_UNORDERED, own_second_factors, "SELECT created, confirmed FROM second_factor WHERE user_id = :user LIMIT :most");
QUERY_WITH(QUERY_SORTS, own_codes, "SELECT created FROM recovery_code WHERE user_id = :user ORDER BY created, id LIMIT :most");
QUERY(own_grants,
	"SELECT g.scope, coalesce(t.name, p.title, '') AS what, g.starts, coalesce(g.ends, 0) AS ends, g.source, g.created"
	" FROM grant_right AS g LEFT JOIN tag AS t ON t.id = g.tag_id LEFT JOIN post AS p ON p.id = g.post_id"
	" WHERE g.user_id = :user ORDER BY g.id DESC LIMIT :most");
QUERY(own_posts,
	"SELECT slug, kind, state, access, lang, title, summary, published, created, updated FROM post"
	" WHERE author_id = :user ORDER BY id DESC LIMIT :most");
QUERY(own_revisions,
	"SELECT p.slug AS post, r.number, r.reason, r.title, r.created FROM revision AS r JOIN post AS p ON p.id = r.post_id"
	" WHERE r.user_id = :user ORDER BY r.id DESC LIMIT :most");
QUERY(own_comments,
	"SELECT p.slug AS post, c.name, c.state, c.text, c.created FROM comment AS c JOIN post AS p ON p.id = c.post_id"
	" WHERE c.user_id = :user ORDER BY c.id DESC LIMIT :most");

QUERY(own_feed_addresses, "SELECT name, created FROM feed_address WHERE user_id = :user ORDER BY id DESC LIMIT :most");
QUERY_WITH(QUERY_SORTS, own_flags,
	"SELECT p.slug AS post, f.reason, f.note, f.outcome, f.created FROM comment_flag AS f JOIN comment AS c ON c.id = f.comment_id"
	" JOIN post AS p ON p.id = c.post_id WHERE f.user_id = :user ORDER BY f.id DESC LIMIT :most");
QUERY_WITH(QUERY_UNORDERED, own_bans, "SELECT created, expires FROM moderation_ban WHERE user_id = :user LIMIT :most");
QUERY_WITH(QUERY_UNORDERED, own_trust, "SELECT level, created FROM moderation_trust WHERE user_id = :user LIMIT :most");
QUERY(own_rules,
	"SELECT field, pattern, action, note, created FROM moderation_rule WHERE created_by = :user ORDER BY id DESC LIMIT :most");
QUERY(own_decisions,
	"SELECT action, heading, note, created, undone FROM moderation_decision WHERE user_id = :user ORDER BY id DESC LIMIT :most");

QUERY(own_votes,
	"SELECT coalesce(p.slug, q.slug, '') AS post, coalesce(v.comment_id, 0) AS comment, v.value, v.created FROM vote AS v"
	" LEFT JOIN post AS p ON p.id = v.post_id LEFT JOIN comment AS c ON c.id = v.comment_id LEFT JOIN post AS q ON q.id = c.post_id"
	" WHERE v.user_id = :user ORDER BY v.id DESC LIMIT :most");
QUERY_WITH(QUERY_UNORDERED, own_reply_mails, "SELECT mode, changed FROM reply_preference WHERE user_id = :user LIMIT :most");
QUERY(own_files,
	"SELECT m.name, m.alt, m.type, m.bytes, m.created FROM media_owner AS o JOIN media AS m ON m.id = o.media_id"
	" WHERE o.user_id = :user ORDER BY o.media_id DESC LIMIT :most");
QUERY_WITH(QUERY_UNORDERED, own_calendars, "SELECT created FROM schedule_link WHERE user_id = :user LIMIT :most");
#define TYPED(field) "coalesce((SELECT value FROM autosave_field WHERE autosave_id = a.id AND name = '" field "'), '') AS " field
QUERY(own_autosaves,
	"SELECT a.title, " TYPED("summary") ", " TYPED("tags") ", " TYPED("text") ", a.saved FROM autosave AS a WHERE a.user_id = :user"
	" ORDER BY a.saved DESC, a.id DESC LIMIT :most");
QUERY_WITH(QUERY_UNORDERED, own_exports, "SELECT requested AS asked, finished AS made, bytes FROM export_job WHERE user_id = :user LIMIT :most");
QUERY(own_imports, "SELECT requested AS asked, finished AS ended, total AS texts FROM import_job WHERE user_id = :user ORDER BY id DESC LIMIT :most");
QUERY(own_fetches, "SELECT address, requested AS asked, finished AS ended FROM fetch_job WHERE user_id = :user ORDER BY post_id LIMIT :most");
QUERY(own_experiments,
	"SELECT p.slug AS post, t.goal, t.started, t.ends FROM experiment AS t JOIN post AS p ON p.id = t.post_id"
	" WHERE t.user_id = :user ORDER BY t.id DESC LIMIT :most");

QUERY_WITH(QUERY_SORTS, own_verifications, "SELECT created, expires FROM email_verification WHERE user_id = :user ORDER BY created, id LIMIT :most");
QUERY_WITH(QUERY_SORTS, own_invitations, "SELECT role, email, created, expires FROM invitation WHERE user_id = :user ORDER BY created, id LIMIT :most");
QUERY(own_mails,
	"SELECT kind, subject, state, created FROM outbox WHERE recipient = (SELECT email FROM site_user WHERE id = :user)"
	" ORDER BY id DESC LIMIT :most");

#define FOUND_BY(query) &query##_query_

const struct personal_data_table personal_data_tables[] = {
	{ "site_user", N_("Your name, email address, role and join date"), account, FOUND_BY(own_account), NULL },
	{ "session", N_("Browsers you're signed in on: name and sign-in time"), sessions, FOUND_BY(own_sessions), NULL },
	{ "credential", N_("When you set your password (the password itself is stored only as a hash)"), credentials, FOUND_BY(own_credentials), NULL },
	{ "sign_in_link", N_("Sign-in links you haven't used yet"), links, FOUND_BY(own_links), NULL },
	{ "second_factor", N_("When you turned on two-factor authentication (the secret is encrypted and never shown)"), second_factors,
		FOUND_BY(own_second_factors), NULL },
	{ "recovery_code", N_("Unused recovery codes (stored only as hashes)"), codes, FOUND_BY(own_codes), NULL },
	{ "sign_in_challenge", NULL, NULL, NULL, "a sign-in that was begun: a digest and an end within ten minutes" },
	{ "throttle", N_("Number of recent failed attempts to sign in to your account"), throttles, NULL, NULL },
	{ "grant_right", N_("What you have access to, since when, and how you got it"), grants, FOUND_BY(own_grants), NULL },
	{ "post", N_("Your posts (to get their full text, export them on the Posts page)"), posts, FOUND_BY(own_posts), NULL },
	{ "revision", N_("Versions of posts you saved"), revisions, FOUND_BY(own_revisions), NULL },
	{ "comment", N_("Your comments"), comments, FOUND_BY(own_comments), NULL },
	{ "media_owner", N_("Files you uploaded"), files, FOUND_BY(own_files), NULL },
	{ "schedule_link", N_("When you created your private calendar address (the address itself is stored only as a hash)"), calendars,
		FOUND_BY(own_calendars), NULL },
	{ "autosave", N_("Unsaved changes in the editor"), autosaves, FOUND_BY(own_autosaves), NULL },
	{ "export_job", N_("When you requested an export of all your posts"), exports, FOUND_BY(own_exports), NULL },
	{ "import_job", N_("When you imported files, and how many posts they contained"), imports, FOUND_BY(own_imports), NULL },
	{ "fetch_job", N_("Audio and video files to be downloaded for your posts"), fetches, FOUND_BY(own_fetches), NULL },
	{ "experiment", N_("A/B tests you started"), experiments, FOUND_BY(own_experiments), NULL },
	{ "email_verification", N_("Sign-in emails you haven't used yet (stored only as hashes)"), verifications, FOUND_BY(own_verifications), NULL },
	{ "invitation", N_("Your pending invitations"), invitations, FOUND_BY(own_invitations), NULL },
	{ "feed_address", N_("Your private feed addresses: name and date (the addresses themselves are stored only as hashes)"), feed_addresses,
		FOUND_BY(own_feed_addresses), NULL },
	{ "vote", N_("Your votes on posts and comments"), votes, FOUND_BY(own_votes), NULL },
	{ "reply_preference", N_("Whether you get emails about replies"), reply_mails, FOUND_BY(own_reply_mails), NULL },
	{ "comment_flag", N_("Comments you flagged"), flags, FOUND_BY(own_flags), NULL },
	{ "moderation_ban", N_("Whether you may comment: since when and until when you may not"), bans, FOUND_BY(own_bans), NULL },
	{ "moderation_trust", N_("A trust level that a moderator set for you"), trust, FOUND_BY(own_trust), NULL },
	{ "moderation_rule", N_("Moderation rules you added"), rules, FOUND_BY(own_rules), NULL },
	{ "moderation_decision", N_("Your decisions as a moderator"), decisions, FOUND_BY(own_decisions), NULL },
	{ "moderation_link", NULL, NULL, NULL, "a link in an email to a moderator: a digest and an end within 48 hours" },
	{ "moderation_digest", NULL, NULL, NULL, "when a moderator last got an email about comments that wait" },
	{ "moderation_purge", NULL, NULL, NULL, "a job that has not ended: which ban it is about" },
	{ "outbox", N_("Emails sent to you in the last few days"), mails, FOUND_BY(own_mails), NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

/*
 * The downloaded file keeps the names that it had before these tables were renamed, so that programs which read it go on working. For the
 * same reason the queries above give renamed columns their former names.
 */
static const struct { const char *table, *name; } renamed[] = { { "site_user", "user" }, { "fetch_job", "fetch" }, { "throttle", "attempt" },
	{ "schedule_link", "plan_link" }, { "experiment", "trial" }, { "email_verification", "pending" } };

const char *
personal_data_name(const struct personal_data_table *table)
{
	for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++)
		if (str_equal(table->table, renamed[i].table))
			return renamed[i].name;
	return table->table;
}

bool
personal_data_is_time(const struct column *column)
{
	return column->offset >= offsetof(struct personal_data_record, time) && column->offset < offsetof(struct personal_data_record, text);
}

/*
 * Attempts are stored under keyed digests, so they are found only by the account's email address. Those of a known
 * browser or a session are found only with that browser's cookie or token, and are left out.
 */
static enum status
find_throttles(struct db *db, struct arena *arena, const struct user *user, struct personal_data_record **ret_records, size_t *ret_count)
{
	const struct { enum throttle_kind kind; const char *name; } counters[] = {
		{ THROTTLE_ACCOUNT, user->email },
		{ THROTTLE_ACCOUNT, throttle_code_name(arena, user, BY_PASSWORD) },
		{ THROTTLE_ACCOUNT, throttle_code_name(arena, user, BY_LINK) },
		{ THROTTLE_MAIL, throttle_mail_name(arena, user->email, false) },
		{ THROTTLE_MAIL, throttle_mail_name(arena, user->email, true) },
	};
	struct personal_data_record *records = arena_array(arena, sizeof(counters) / sizeof(*counters), sizeof(*records));
	size_t count = 0;

	for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++) {
		enum status status = throttle_read(db, arena, counters[i].kind, counters[i].name, &records[count].number[0],
			&records[count].time[0]);
		if (status != NOT_FOUND)
			TRY(status);
		count += status == OK;
	}
	*ret_records = records;
	*ret_count = count;
	return OK;
}

enum status
personal_data_list(struct db *db, struct arena *arena, const struct personal_data_table *table, const struct user *user,
	struct personal_data_record **ret_records, size_t *ret_count, bool *ret_more)
{
	const struct row row = { sizeof(struct personal_data_record), table->columns };

	if (str_equal(table->table, "throttle"))
		TRY(find_throttles(db, arena, user, ret_records, ret_count));
	else
		TRY(query_list(db, arena, table->query, &row, ret_records, ret_count, BIND(INT("user", user->id), INT("most", PERSONAL_DATA_MAX + 1))));
	*ret_more = *ret_count > PERSONAL_DATA_MAX;
	if (*ret_more)
		*ret_count = PERSONAL_DATA_MAX;
	return OK;
}
