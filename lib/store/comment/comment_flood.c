#include "store/comment/comment_flood.h"

#include "core/str.h"
#include "store/comment/rate_limit.h"

static const struct rate_limit guests = { .name = "guests", .seconds = 3600 };

enum status
comment_flood_level(struct db *db, struct arena *arena, const struct setting_values *values, int64_t now, int *ret_level)
{
	long long most = 0;
	int64_t count;

	TRY(rate_limit_recent(db, arena, &guests, now, &count));
	if (!str_to_integer(setting_value(values, "comments_flood", ""), &most))
		most = 0;
	*ret_level = most <= 0 || count <= most ? 0 : count <= 2 * most ? 1 : 2;
	return OK;
}

enum status
comment_flood_count(struct db *db, struct arena *arena, int64_t now)
{
	return rate_limit_count(db, arena, &guests, now);
}

enum status
comment_flood_age(struct db *db, struct arena *arena, const struct setting_values *values, bool guest, int64_t now, int64_t *ret_seconds)
{
	static const int64_t ages[] = { 3, 30, 120 };
	int level = 0;

	if (guest)
		TRY(comment_flood_level(db, arena, values, now, &level));
	*ret_seconds = ages[level];
	return OK;
}
