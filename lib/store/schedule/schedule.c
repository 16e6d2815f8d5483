/* The publishing schedule: its rules, its time slots, the posts in them, and past weeks. */
#include "store/schedule/schedule.h"

#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "core/token.h"
#include "store/audit/audit.h"
#include "store/post/post_columns.h"
#include "store/user/user_columns.h"

/* --- rules ------------------------------------------------------------------- */

static const struct column rule_columns[] = {
	COLUMN_INT(struct schedule_rule, id),
	COLUMN_TEXT(struct schedule_rule, rule),
	COLUMN_INT(struct schedule_rule, since),
	{ 0 },
};
static const struct row rule_row = { sizeof(struct schedule_rule), rule_columns };

/* There are at most SCHEDULE_RULES_MAX. */
QUERY_WITH(QUERY_SORTS, rules, "SELECT id, rule, since FROM schedule_rule ORDER BY id LIMIT :most");

enum status
schedule_rules(struct db *db, struct arena *arena, struct schedule_rule **ret_rules, size_t *ret_count)
{
	return query_list(db, arena, rules, &rule_row, ret_rules, ret_count, BIND(INT("most", SCHEDULE_RULES_MAX)));
}

QUERY(add_rule, "INSERT INTO schedule_rule (rule, since) VALUES (:rule, :now)");

enum status
schedule_rule_add(struct db *db, struct arena *arena, const char *rule, int64_t now)
{
	struct schedule_rule *there;
	struct rrule rrule;
	size_t count;

	TRY(rrule_read(rule, &rrule));
	rule = rrule_write(arena, &rrule);
	TRY(schedule_rules(db, arena, &there, &count));
	if (count == SCHEDULE_RULES_MAX)
		return TOO_LARGE;
	TRY(query_run(db, add_rule, BIND(TEXT("rule", rule), INT("now", now))));
	return audit_add(db, AUDIT_SCHEDULE_RULE_ADDED, rule, NULL, NULL);
}

QUERY(remove_rule, "DELETE FROM schedule_rule WHERE id = :id");

enum status
schedule_rule_remove(struct db *db, struct arena *arena, int64_t id)
{
	struct schedule_rule *there;
	size_t count;

	TRY(schedule_rules(db, arena, &there, &count));
	for (size_t i = 0; i < count; i++)
		if (there[i].id == id) {
			TRY(query_run(db, remove_rule, BIND(INT("id", id))));
			return audit_add(db, AUDIT_SCHEDULE_RULE_REMOVED, there[i].rule, NULL, NULL);
		}
	return NOT_FOUND;
}

/* --- slots ------------------------------------------------------------------- */

static enum status
slots_between(struct db *db, struct arena *arena, int64_t after, int64_t until, int64_t **ret_times, size_t *ret_count)
{
	struct schedule_rule *stored;
	struct rrule_since *given;
	size_t count;

	TRY(schedule_rules(db, arena, &stored, &count));
	given = arena_array(arena, count + 1, sizeof(*given));
	for (size_t i = 0; i < count; i++)
		given[i] = (struct rrule_since){ stored[i].rule, stored[i].since };
	return rrule_between(arena, given, count, after, until, ret_times, ret_count);
}

#define IN_SCHEDULE " p.state = 'published' AND p.kind <> 'page' AND p.published > :after AND p.published <= :until"

QUERY(posts_between,
	"SELECT" POST_COLUMNS " FROM post AS p" POST_JOINS " WHERE" IN_SCHEDULE " ORDER BY p.published, p.id LIMIT :most");

enum status
schedule_entries(struct db *db, struct arena *arena, const struct user *user, int64_t after, int64_t until,
	struct schedule_entry **ret_entries, size_t *ret_count)
{
	size_t slot_count, post_count, count = 0, slot = 0;
	struct schedule_entry *entries;
	struct post *posts;
	int64_t *slots;

	TRY(slots_between(db, arena, after, until, &slots, &slot_count));
	TRY(post_many(db, arena, posts_between, &posts, &post_count,
		BIND(INT("after", after), INT("until", until), INT("most", SCHEDULE_POSTS_MAX))));
	entries = arena_array(arena, slot_count + post_count + 1, sizeof(*entries));
	for (size_t i = 0; i < post_count; i++) {
		bool held = false;
		for (; slot < slot_count && slots[slot] <= posts[i].published; slot++) {
			held = slots[slot] == posts[i].published;
			if (!held)
				entries[count++] = (struct schedule_entry){ .time = slots[slot], .slot = true, .may = true };
		}
		/* A second post at the same time is in the same slot. */
		held = held || (slot > 0 && slots[slot - 1] == posts[i].published);
		entries[count++] = (struct schedule_entry){ .time = posts[i].published, .slot = held, .post = &posts[i],
			.may = user_may(user, RIGHT_EDIT) || (user_may(user, RIGHT_WRITE) && posts[i].author_id == user->id) };
	}
	for (; slot < slot_count; slot++)
		entries[count++] = (struct schedule_entry){ .time = slots[slot], .slot = true, .may = true };
	*ret_entries = entries;
	*ret_count = count;
	return OK;
}

QUERY(last_published,
	"SELECT published FROM post WHERE state = 'published' AND kind <> 'page' AND published > :now ORDER BY published DESC LIMIT 1");

enum status
schedule_last(struct db *db, int64_t now, int64_t *ret_time)
{
	enum status status = query_integer(db, last_published, ret_time, BIND(INT("now", now)));

	if (status == NOT_FOUND)
		*ret_time = 0;
	return status == NOT_FOUND ? OK : status;
}

QUERY(held_at,
	"SELECT id FROM post WHERE state = 'published' AND kind <> 'page' AND published = :time AND id <> :except LIMIT 1");

enum status
schedule_next_free(struct db *db, struct arena *arena, int64_t now, int64_t post_id, int64_t *ret_time)
{
	enum { YEARS_MAX = 5 };

	for (int64_t after = now; after < now + (int64_t)YEARS_MAX * RRULE_SPAN_MAX; after += RRULE_SPAN_MAX) {
		int64_t *slots, holder;
		size_t count;
		TRY(slots_between(db, arena, after, after + RRULE_SPAN_MAX, &slots, &count));
		for (size_t i = 0; i < count; i++) {
			enum status status = query_integer(db, held_at, &holder, BIND(INT("time", slots[i]), INT("except", post_id)));
			if (status == NOT_FOUND)
				*ret_time = slots[i];
			if (status != OK)
				return status == NOT_FOUND ? OK : status;
		}
		if (count == 0)
			break;
	}
	return NOT_FOUND;
}

/* --- past weeks ----------------------------------------------------------------- */

struct published_time {
	int64_t published;
};
static const struct column came_out_columns[] = { COLUMN_INT(struct published_time, published), { 0 } };
static const struct row came_out_row = { sizeof(struct published_time), came_out_columns };

QUERY(times_between, "SELECT p.published FROM post AS p WHERE" IN_SCHEDULE " ORDER BY p.published LIMIT :most");

/* The local day of a time, as days since 1970. */
static int64_t
day_of(int64_t time)
{
	return clock_to_local(time) / (24 * 3600);
}

/* The local Monday of a time's week, as days since 1970. 1 January 1970 was a Thursday. */
static int64_t
monday_of(int64_t time)
{
	return day_of(time) - (day_of(time) + 3) % 7;
}

enum status
schedule_history(struct db *db, struct arena *arena, int64_t now, struct schedule_week **ret_weeks)
{
	enum { POSTS_READ = 5000, DAY = 24 * 3600 };
	struct schedule_week *weeks = arena_array(arena, SCHEDULE_RECORD_WEEKS, sizeof(*weeks));
	int64_t first = monday_of(now) - 7 * (SCHEDULE_RECORD_WEEKS - 1), begin = clock_from_local(first * DAY), *slots;
	size_t slot_count, post_count, at = 0;
	struct published_time *posts;

	for (int64_t i = 0; i < SCHEDULE_RECORD_WEEKS; i++)
		weeks[i] = (struct schedule_week){ .start = clock_from_local((first + 7 * i) * DAY) };
	TRY(slots_between(db, arena, begin - 1, now, &slots, &slot_count));
	TRY(query_list(db, arena, times_between, &came_out_row, &posts, &post_count,
		BIND(INT("after", begin - 1), INT("until", now), INT("most", POSTS_READ))));
	for (size_t i = 0; i < slot_count; i++) {
		struct schedule_week *week = &weeks[(day_of(slots[i]) - first) / 7];
		week->slots++;
		while (at < post_count && day_of(posts[at].published) < day_of(slots[i]))
			at++;
		if (at < post_count && day_of(posts[at].published) == day_of(slots[i])) {
			week->used++;
			at++;
		}
	}
	*ret_weeks = weeks;
	return OK;
}
