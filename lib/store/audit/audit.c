#include "store/audit/audit.h"

#include <stdlib.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/text.h"

#define N_(message) message /* translated where it is shown */

const struct audit_area audit_areas[] = {
	{ "settings", N_("Settings") },
	{ "users", N_("Users") },
	{ "security", N_("Sign-in and security") },
	{ "posts", N_("Posts") },
	{ "maintenance", N_("Backups and checks") },
	{ "comments", N_("Comments") },
	{ 0 },
};

const struct audit_kind audit_kinds[AUDIT_EVENTS] = {
	[AUDIT_SETTING] = { "setting", "settings", N_("Setting changed") },
	[AUDIT_SCHEDULE_RULE_ADDED] = { "schedule-rule-added", "settings", N_("Publishing schedule rule added") },
	[AUDIT_SCHEDULE_RULE_REMOVED] = { "schedule-rule-removed", "settings", N_("Publishing schedule rule removed") },
	[AUDIT_USER_ADDED] = { "user-added", "users", N_("User added") },
	[AUDIT_ROLE] = { "role", "users", N_("Role changed") },
	[AUDIT_USER_SUSPENDED] = { "user-suspended", "users", N_("User suspended") },
	[AUDIT_USER_REACTIVATED] = { "user-reactivated", "users", N_("User reactivated") },
	[AUDIT_USER_CHANGED] = { "user-changed", "users", N_("Profile changed") },
	[AUDIT_ADDRESS] = { "address", "users", N_("Email address changed") },
	[AUDIT_USER_DELETED] = { "user-deleted", "users", N_("User deleted") },
	[AUDIT_ACCESS_GRANTED] = { "access-granted", "users", N_("Access granted") },
	[AUDIT_ACCESS_ENDED] = { "access-ended", "users", N_("Access ended") },
	[AUDIT_SIGN_IN_LINK] = { "sign-in-link", "security", N_("Sign-in link created") },
	[AUDIT_INVITED] = { "invited", "users", N_("Invitation created") },
	[AUDIT_INVITATION_REVOKED] = { "invitation-revoked", "users", N_("Invitation revoked") },
	[AUDIT_MAIL_TESTED] = { "mail-tested", "maintenance", N_("Test email requested") },
	[AUDIT_SESSION] = { "session", "security", N_("Session created") },
	[AUDIT_SESSIONS_ENDED] = { "sessions-ended", "security", N_("User signed out everywhere") },
	[AUDIT_PASSWORD] = { "password", "security", N_("Password set") },
	[AUDIT_SECOND_FACTOR_ON] = { "second-factor-on", "security", N_("Two-factor authentication turned on") },
	[AUDIT_SECOND_FACTOR_OFF] = { "second-factor-off", "security", N_("Two-factor authentication turned off") },
	[AUDIT_PUBLISHED] = { "published", "posts", N_("Post published") },
	[AUDIT_UNPUBLISHED] = { "unpublished", "posts", N_("Post unpublished") },
	[AUDIT_DELETED] = { "deleted", "posts", N_("Post deleted") },
	[AUDIT_IMPORTED] = { "imported", "posts", N_("Posts imported") },
	[AUDIT_SAMPLE] = { "sample", "posts", N_("Sample content removed") },
	[AUDIT_BACKUP_REQUESTED] = { "backup-requested", "maintenance", N_("Backup requested") },
	[AUDIT_BACKUP_MADE] = { "backup-made", "maintenance", N_("Backup created") },
	[AUDIT_BACKUP_DOWNLOADED] = { "backup-downloaded", "maintenance", N_("Backup downloaded") },
	[AUDIT_CHECK_REQUESTED] = { "check-requested", "maintenance", N_("Database check requested") },
	[AUDIT_RULE_ADDED] = { "moderation-rule-added", "comments", N_("Moderation rule added") },
	[AUDIT_RULE_REMOVED] = { "moderation-rule-removed", "comments", N_("Moderation rule removed") },
	[AUDIT_BAN_ADDED] = { "ban-added", "comments", N_("Banned from commenting") },
	[AUDIT_BAN_ENDED] = { "ban-ended", "comments", N_("Ban ended") },
	[AUDIT_TRUST] = { "trust", "comments", N_("Trust level set") },
};

const struct audit_kind *
audit_kind_of(const char *code)
{
	for (size_t i = 1; i < AUDIT_EVENTS; i++)
		if (str_equal(audit_kinds[i].code, code))
			return &audit_kinds[i];
	return NULL;
}

/* --- adding -------------------------------------------------------------------------- */

QUERY(add_line,
	"INSERT INTO audit (time, user_id, area, event, target_user_id, subject, before, after)"
	" VALUES (:now, :user, :area, :event, :target, :subject, :before, :after)");
/* Deletes a few old lines with every new one, so that the log needs no cleanup job. */
QUERY(sweep_lines, "DELETE FROM audit WHERE id < (SELECT min(id) + 20 FROM audit) AND time <= :until");

static const char *
cut(struct arena *arena, const char *text)
{
	if (text == NULL)
		return "";
	return text_length(text) <= AUDIT_VALUE_MAX ? text
		: arena_printf(arena, "%s…", text_cut(arena, text, AUDIT_VALUE_MAX));
}

static enum status
add(struct db *db, enum audit_event event, int64_t person, const char *subject, const char *before, const char *after)
{
	const struct audit_kind *kind;
	struct arena *arena = arena_new();
	int64_t now = clock_now();
	enum status status;

	if ((unsigned)event >= AUDIT_EVENTS || audit_kinds[event].code == NULL)
		abort(); /* an event without a row in the table */
	kind = &audit_kinds[event];
	status = query_run(db, sweep_lines, BIND(INT("until", now - AUDIT_SECONDS)));
	if (status == OK)
		status = query_run(db, add_line, BIND(INT("now", now), INT("user", db_actor(db)), TEXT("area", kind->area),
			TEXT("event", kind->code), INT("target", person), TEXT("subject", cut(arena, subject)), TEXT("before", cut(arena, before)),
			TEXT("after", cut(arena, after))));
	arena_free(arena);
	return status;
}

enum status
audit_add(struct db *db, enum audit_event event, const char *subject, const char *before, const char *after)
{
	return add(db, event, 0, subject, before, after);
}

enum status
audit_add_user(struct db *db, enum audit_event event, int64_t user_id, const char *before, const char *after)
{
	return add(db, event, user_id, "", before, after);
}

/* --- reading ------------------------------------------------------------------------- */

static const struct column line_columns[] = {
	COLUMN_INT(struct audit_line, id),
	COLUMN_INT(struct audit_line, time),
	COLUMN_INT(struct audit_line, user_id),
	COLUMN_TEXT(struct audit_line, user_name),
	COLUMN_TEXT(struct audit_line, event),
	COLUMN_TEXT(struct audit_line, subject),
	COLUMN_TEXT(struct audit_line, before),
	COLUMN_TEXT(struct audit_line, after),
	{ 0 },
};
static const struct row line_row = { sizeof(struct audit_line), line_columns };

#define FROM_AUDIT \
	"SELECT a.id, a.time, a.user_id, u.name AS user_name, a.event," \
	" CASE a.target_user_id WHEN 0 THEN a.subject ELSE coalesce(p.name, '#' || a.target_user_id) END AS subject, a.before, a.after" \
	" FROM audit AS a LEFT JOIN site_user AS u ON u.id = a.user_id LEFT JOIN site_user AS p ON p.id = a.target_user_id WHERE a.id < :before"
#define NEWEST_FIRST " ORDER BY a.id DESC LIMIT :most"

QUERY(all_lines, FROM_AUDIT NEWEST_FIRST);
QUERY(lines_of_user, FROM_AUDIT " AND a.user_id = :user" NEWEST_FIRST);
QUERY(lines_of_area, FROM_AUDIT " AND a.area = :area" NEWEST_FIRST);
QUERY(lines_of_both, FROM_AUDIT " AND a.user_id = :user AND a.area = :area" NEWEST_FIRST);

enum status
audit_list(struct db *db, struct arena *arena, int64_t user_id, const char *area, int64_t before, int64_t limit,
	struct audit_line **ret_lines, size_t *ret_count)
{
	int64_t last = before == 0 ? INT64_MAX : before;

	if (user_id == AUDIT_ANYONE && *area == '\0')
		return query_list(db, arena, all_lines, &line_row, ret_lines, ret_count, BIND(INT("before", last), INT("most", limit)));
	if (*area == '\0')
		return query_list(db, arena, lines_of_user, &line_row, ret_lines, ret_count,
			BIND(INT("before", last), INT("most", limit), INT("user", user_id)));
	if (user_id == AUDIT_ANYONE)
		return query_list(db, arena, lines_of_area, &line_row, ret_lines, ret_count,
			BIND(INT("before", last), INT("most", limit), TEXT("area", area)));
	return query_list(db, arena, lines_of_both, &line_row, ret_lines, ret_count,
		BIND(INT("before", last), INT("most", limit), INT("user", user_id), TEXT("area", area)));
}

QUERY(happened, "SELECT EXISTS (SELECT 1 FROM audit WHERE area = :area AND event = :event)");

enum status
audit_has(struct db *db, enum audit_event event, bool *ret_has)
{
	int64_t found;

	TRY(query_integer(db, happened, &found, BIND(TEXT("area", audit_kinds[event].area), TEXT("event", audit_kinds[event].code))));
	*ret_has = found != 0;
	return OK;
}
