#include "store/moderation/trust_record.h"

#include "core/str.h"
#include "store/audit/audit.h"
#include "store/user/user.h"

/* count(*) over at most :most rows of an index range. */
#define COUNT_OF(condition) \
	"SELECT count(*) FROM (SELECT 1 FROM comment WHERE " condition " AND state = :state LIMIT :most) AS few"
QUERY(count_of_user, COUNT_OF("user_id = :user"));
QUERY(count_of_person, COUNT_OF("person = :person AND person <> ''"));

#define FLAGGED_OF(condition) \
	"SELECT count(*) FROM (SELECT id FROM comment WHERE " condition " AND state = :state ORDER BY id DESC LIMIT :most) AS few" \
	" WHERE EXISTS (SELECT 1 FROM comment_flag AS f WHERE f.comment_id = few.id)"
QUERY(flagged_of_user, FLAGGED_OF("user_id = :user"));
QUERY(flagged_of_person, FLAGGED_OF("person = :person AND person <> ''"));

QUERY(first_of_user, "SELECT created FROM comment WHERE user_id = :user AND state = 'shown' ORDER BY id LIMIT 1");
QUERY(first_of_person, "SELECT created FROM comment WHERE person = :person AND person <> '' AND state = 'shown' ORDER BY id LIMIT 1");

QUERY(set_level, "SELECT level + 1 FROM moderation_trust WHERE user_id = :user");

static enum status
count(struct db *db, const struct query *of_user, const struct query *of_person, const struct trust_person *person, const char *state, int64_t *total)
{
	int64_t number;

	if (person->user_id != 0)
		TRY(query_integer(db, of_user, &number, BIND(INT("user", person->user_id), TEXT("state", state), INT("most", TRUST_COUNT_MAX))));
	else
		TRY(query_integer(db, of_person, &number, BIND(TEXT("person", person->person), TEXT("state", state), INT("most", TRUST_COUNT_MAX))));
	*total += number;
	return OK;
}

static enum status
number_or_zero(enum status status)
{
	return status == NOT_FOUND ? OK : status;
}

enum status
trust_record_read(struct db *db, const struct trust_person *person, struct trust_record *ret_record)
{
	struct trust_record record = { 0 };

	if (person->user_id != 0 || *person->person != '\0') {
		TRY(count(db, count_of_user, count_of_person, person, "shown", &record.approved));
		TRY(count(db, count_of_user, count_of_person, person, "rejected", &record.rejected));
		TRY(count(db, count_of_user, count_of_person, person, "spam", &record.rejected));
		TRY(count(db, flagged_of_user, flagged_of_person, person, "rejected", &record.upheld));
		TRY(count(db, flagged_of_user, flagged_of_person, person, "spam", &record.upheld));
		TRY(number_or_zero(person->user_id != 0
			? query_integer(db, first_of_user, &record.first, BIND(INT("user", person->user_id)))
			: query_integer(db, first_of_person, &record.first, BIND(TEXT("person", person->person)))));
	}
	if (person->user_id != 0)
		TRY(number_or_zero(query_integer(db, set_level, &record.set, BIND(INT("user", person->user_id)))));
	*ret_record = record;
	return OK;
}

QUERY(put_level,
	"INSERT INTO moderation_trust (user_id, level, created, created_by) VALUES (:user, :level, :now, :by)"
	" ON CONFLICT (user_id) DO UPDATE SET level = excluded.level, created = excluded.created, created_by = excluded.created_by");
QUERY(remove_level, "DELETE FROM moderation_trust WHERE user_id = :user");

enum status
trust_set(struct db *db, struct arena *arena, int64_t user_id, enum trust_level level, int64_t by, int64_t now)
{
	struct user user;
	int64_t before = 0;

	TRY(user_by_id(db, arena, user_id, &user));
	TRY(number_or_zero(query_integer(db, set_level, &before, BIND(INT("user", user_id)))));
	if (level >= TRUST_LEVELS)
		TRY(query_run(db, remove_level, BIND(INT("user", user_id))));
	else
		TRY(query_run(db, put_level, BIND(INT("user", user_id), INT("level", level), INT("now", now), REFERENCE("by", by))));
	return audit_add_user(db, AUDIT_TRUST, user_id, before == 0 ? NULL : trust_names[before - 1].words,
		level >= TRUST_LEVELS ? NULL : trust_names[level].words);
}
